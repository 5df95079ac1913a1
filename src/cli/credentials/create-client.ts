import type {
  AccountActivityClient,
  Client,
  ClientHooks,
  ClientOptions,
  EnterpriseClient,
  OAuth2UserCredentials,
  UserCredentials,
  UserSource,
} from '../../entries/index.ts'
import { exitCodes } from '../cli-context.ts'
import { CliError, usageError } from '../cli-error.ts'
import type { CommandRun } from '../define-command.ts'
import type { ApiFlags, ConnectionFlags } from './credential-flags.ts'
import { oauth2Names, updateProfile } from './profiles.ts'
import { type Credentials, readCredentials } from './read-credentials.ts'

/** What decides how the clients are made. */
export interface ClientSettings {
  /** Whether the command acts for a user. Without a token of a user, the command ends with exit code 4. */
  readonly needsUser?: boolean
  readonly hooks?: ClientHooks
}

/** A client for the API of `--api`, with the credentials of the command. */
export async function createApiClient(
  run: CommandRun<ApiFlags>,
  settings: ClientSettings = {},
): Promise<AccountActivityClient> {
  const { api, environment } = run.flags
  if (environment !== undefined && api !== 'premium') throw usageError('Only --api premium has an --environment.')
  if (api === 'v2') return createV2Client(run, settings)
  if (api === 'enterprise') return createEnterpriseClientOf(run, settings)
  if (environment === undefined) {
    throw usageError(
      '--api premium needs an environment.',
      'Pass its label with --environment, as the developer portal shows it.',
    )
  }
  const { createPremiumClient } = await import('../../entries/index.ts')
  return createPremiumClient({ ...(await readLegacyOptions(run, settings)), environment })
}

/** A client for v2, with the credentials of the command. */
export async function createV2Client(run: CommandRun<ConnectionFlags>, settings: ClientSettings = {}): Promise<Client> {
  const { createClient } = await import('../../entries/index.ts')
  return createClient(await readClientOptions(run, settings))
}

/** A client that starts replay jobs. The premium API has none. */
export async function createReplayClient(run: CommandRun<ApiFlags>): Promise<Client | EnterpriseClient> {
  const { api, environment } = run.flags
  if (api === 'premium') throw usageError('The premium API has no replay.', 'Use --api v2 or --api enterprise.')
  if (environment !== undefined) throw usageError('Only --api premium has an --environment.')
  return api === 'v2' ? createV2Client(run) : createEnterpriseClientOf(run, {})
}

async function createEnterpriseClientOf(
  run: CommandRun<ApiFlags>,
  settings: ClientSettings,
): Promise<EnterpriseClient> {
  const { createEnterpriseClient } = await import('../../entries/index.ts')
  return createEnterpriseClient(await readLegacyOptions(run, settings))
}

/** The options of a client for v1.1, which accepts only tokens of OAuth 1.0a. */
async function readLegacyOptions(run: CommandRun<ApiFlags>, settings: ClientSettings): Promise<ClientOptions> {
  const { user, ...options } = await readClientOptions(run, settings)
  if (typeof user === 'function') {
    throw new CliError('credentials_missing', `--api ${run.flags.api} needs an access token of OAuth 1.0a.`, {
      hint: 'Set X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET, or run "x-account-activity login".',
      exitCode: exitCodes.credentials,
    })
  }
  return { ...options, ...(user !== undefined && { user: user as UserCredentials }) }
}

type AnyUser = UserCredentials | OAuth2UserCredentials

/** The options of a client, from the credentials and the context of the command. Warnings about them are printed. */
async function readClientOptions(
  run: CommandRun<ConnectionFlags>,
  { needsUser = false, hooks }: ClientSettings,
): Promise<ClientOptions<AnyUser>> {
  const credentials = await readCredentials(run, run.flags)
  for (const warning of credentials.warnings) run.output.warn(warning)
  const consumerKey = credentials.require('X_CONSUMER_KEY')
  const consumerSecret = credentials.require('X_CONSUMER_SECRET')
  const user = await readUser(run, credentials)
  if (needsUser && user === undefined) throw missingUser()
  return {
    ...optionsOfConnection(run, credentials),
    consumerKey,
    consumerSecret,
    bearerToken: credentials.get('X_BEARER_TOKEN'),
    ...(user !== undefined && { user }),
    hooks: {
      ...hooks,
      onRetry: ({ waitMs }) => {
        if (waitMs >= 1000) run.output.note(`Waiting ${Math.ceil(waitMs / 1000)} s before the next attempt …`)
      },
    },
  }
}

/** The options of each call to X that come from the context of the command. */
export function optionsOfConnection(
  { fetch, now }: Pick<CommandRun<ConnectionFlags>, 'fetch' | 'now'>,
  credentials: Credentials,
) {
  return { fetch, now, baseUrl: credentials.get('X_BASE_URL') }
}

/** The user that the command acts for. OAuth 2.0 tokens are renewed when they expire, and stored in their profile. */
export async function readUser(
  run: CommandRun<ConnectionFlags>,
  credentials: Credentials,
): Promise<UserSource<AnyUser> | undefined> {
  const { oauth2 } = credentials
  if (oauth2 !== undefined) {
    const { profile, ...tokens } = oauth2
    const { createOAuth2User } = await import('../../entries/index.ts')
    const onRefresh = (renewed: OAuth2TokensToStore) => updateProfile(run, profile, toProfileValues(renewed))
    return createOAuth2User(
      {
        clientId: credentials.require('X_CLIENT_ID'),
        clientSecret: credentials.get('X_CLIENT_SECRET'),
        tokens,
        onRefresh,
      },
      optionsOfConnection(run, credentials),
    )
  }
  const accessToken = credentials.get('X_ACCESS_TOKEN')
  if (accessToken === undefined) return undefined
  return { accessToken, accessTokenSecret: credentials.require('X_ACCESS_TOKEN_SECRET') }
}

interface OAuth2TokensToStore {
  readonly bearerToken: string
  readonly refreshToken?: string | undefined
  readonly expiresAt: Date
  readonly scopes: readonly string[]
}

/** OAuth 2.0 tokens in the form of a profile. */
export function toProfileValues({ bearerToken, refreshToken, expiresAt, scopes }: OAuth2TokensToStore) {
  return {
    [oauth2Names.accessToken]: bearerToken,
    [oauth2Names.refreshToken]: refreshToken,
    [oauth2Names.expiresAt]: expiresAt.toISOString(),
    [oauth2Names.scopes]: scopes.join(' '),
  }
}

function missingUser(): CliError {
  return new CliError('credentials_missing', 'This command acts for a user, and no access token is set.', {
    hint: 'Set X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET in the environment or in .env, or run "x-account-activity login".',
    exitCode: exitCodes.credentials,
  })
}
