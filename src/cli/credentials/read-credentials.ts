import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { CliContext } from '../cli-context.ts'
import { exitCodes } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import type { ConnectionFlags } from './credential-flags.ts'
import { oauth2Names, readProfiles } from './profiles.ts'

/** The names of the variables that the command line reads, in the environment, in files and in profiles. */
export const credentialNames = [
  'X_CONSUMER_KEY',
  'X_CONSUMER_SECRET',
  'X_BEARER_TOKEN',
  'X_ACCESS_TOKEN',
  'X_ACCESS_TOKEN_SECRET',
  'X_CLIENT_ID',
  'X_CLIENT_SECRET',
  'X_BASE_URL',
] as const

export type CredentialName = (typeof credentialNames)[number]

/** The OAuth 2.0 tokens of a user in a profile. */
export interface ProfileTokens {
  readonly profile: string
  readonly bearerToken: string
  readonly refreshToken?: string | undefined
  readonly expiresAt: Date
  readonly scopes: readonly string[]
}

/** The credentials that a command uses. */
export interface Credentials {
  /** The value, or `undefined` where no source has one. */
  readonly get: (name: CredentialName) => string | undefined
  /** Where the value comes from, as words: `the environment`, `.env`, `the profile "bot"`, `--base-url`. */
  readonly sourceOf: (name: CredentialName) => string | undefined
  /** @throws CliError with exit code 4 that names what is missing, when no source has a value. */
  readonly require: (name: CredentialName) => string
  /** The OAuth 2.0 tokens of the user. Absent where an earlier source has an access token of OAuth 1.0a. */
  readonly oauth2: ProfileTokens | undefined
  /** What the user should know about the sources, in sentences without a secret. */
  readonly warnings: readonly string[]
}

interface Source {
  readonly description: string
  readonly values: Readonly<Record<string, string | undefined>>
  /** Whether it may name another host for secrets to be sent to. A file of the working folder may not. */
  readonly canMoveSecrets: boolean
  /** The name of the profile. Absent where the source is not a profile. */
  readonly profile?: string
}

/**
 * Reads the credentials from, in this order: flags, the profile of `--profile`, the environment, the file of `--env` or
 * `.env`, and the default profile. A base URL counts in a file only where it leads to this machine. An empty value is no
 * value.
 */
export async function readCredentials(
  context: Pick<CliContext, 'env' | 'cwd' | 'configFolder'>,
  flags: ConnectionFlags,
): Promise<Credentials> {
  const sources = await readSources(context, flags)
  const indexOf = (name: CredentialName) => sources.findIndex((source) => canGive(source, name))
  const find = (name: CredentialName): Source | undefined => {
    const index = indexOf(name)
    // The bearer token of a later source than the key belongs to another app.
    if (name === 'X_BEARER_TOKEN' && indexOf('X_CONSUMER_KEY') !== -1 && index > indexOf('X_CONSUMER_KEY')) return
    return sources[index]
  }
  const get = (name: CredentialName) => find(name)?.values[name]
  return {
    get,
    sourceOf: (name) => find(name)?.description,
    require: (name) => {
      const value = get(name)
      if (value === undefined) throw missing(name)
      return value
    },
    oauth2: findTokens(sources),
    warnings: [...ignoredBaseUrls(sources, get('X_BASE_URL')), ...splitPairs(find)],
  }
}

function canGive({ values, canMoveSecrets }: Source, name: CredentialName): boolean {
  const value = values[name]
  if (value === undefined || value === '') return false
  return name !== 'X_BASE_URL' || canMoveSecrets || isLoopback(value)
}

async function readSources(
  context: Pick<CliContext, 'env' | 'cwd' | 'configFolder'>,
  { env: file, profile, baseUrl }: ConnectionFlags,
): Promise<Source[]> {
  const { default: defaultName, profiles } = await readProfiles(context)
  const toSource = (name: string): Source[] => {
    const values = Object.hasOwn(profiles, name) ? profiles[name] : undefined
    if (values === undefined) return []
    return [{ description: `the profile "${name}"`, values, canMoveSecrets: true, profile: name }]
  }
  if (profile !== undefined && !Object.hasOwn(profiles, profile)) throw unknownProfile(profile, Object.keys(profiles))
  return [
    { description: '--base-url', values: { X_BASE_URL: baseUrl }, canMoveSecrets: true },
    ...(profile === undefined ? [] : toSource(profile)),
    { description: 'the environment', values: context.env, canMoveSecrets: true },
    ...(await readEnvFile(context.cwd, file)),
    ...(profile === undefined && defaultName !== undefined ? toSource(defaultName) : []),
  ]
}

async function readEnvFile(cwd: string, file: string | undefined): Promise<Source[]> {
  const path = resolve(cwd, file ?? '.env')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (file === undefined && (error.code === 'ENOENT' || error.code === 'EISDIR')) return undefined
    throw new CliError('env_file', `The file ${file ?? '.env'} cannot be read (${error.code}).`, {
      exitCode: exitCodes.usage,
      cause: error,
    })
  })
  return text === undefined ? [] : [{ description: file ?? '.env', values: parseEnv(text), canMoveSecrets: false }]
}

/** The tokens of the first source that has a token of a user, if they are OAuth 2.0 tokens. */
function findTokens(sources: readonly Source[]): ProfileTokens | undefined {
  const source = sources.find(
    ({ values, profile }) => values.X_ACCESS_TOKEN || (profile !== undefined && values[oauth2Names.accessToken]),
  )
  const bearerToken = source?.values[oauth2Names.accessToken]
  if (source?.profile === undefined || source.values.X_ACCESS_TOKEN || !bearerToken) return undefined
  const expiresAt = new Date(source.values[oauth2Names.expiresAt] ?? 0)
  return {
    profile: source.profile,
    bearerToken,
    refreshToken: source.values[oauth2Names.refreshToken] || undefined,
    expiresAt: Number.isNaN(expiresAt.getTime()) ? new Date(0) : expiresAt,
    scopes: source.values[oauth2Names.scopes]?.split(' ').filter(Boolean) ?? [],
  }
}

/** The base URLs of files that are not used, because they lead to another machine. */
function ignoredBaseUrls(sources: readonly Source[], used: string | undefined): string[] {
  return sources.flatMap((source) => {
    const url = source.values.X_BASE_URL
    if (source.canMoveSecrets || url === undefined || url === '' || isLoopback(url) || url === used) return []
    return [
      `X_BASE_URL in ${source.description} is not used: a file may not send credentials to another machine. To use it, pass --base-url.`,
    ]
  })
}

const pairs = [
  ['X_CONSUMER_KEY', 'X_CONSUMER_SECRET'],
  ['X_ACCESS_TOKEN', 'X_ACCESS_TOKEN_SECRET'],
] as const

/** The pairs whose halves come from two sources, and so may not belong together. */
function splitPairs(find: (name: CredentialName) => Source | undefined): string[] {
  return pairs.flatMap(([key, secret]) => {
    const first = find(key)?.description
    const second = find(secret)?.description
    if (first === undefined || second === undefined || first === second) return []
    return [`${key} comes from ${first}, and ${secret} from ${second}. Check that they belong together.`]
  })
}

/** Whether a URL leads to this machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function missing(name: CredentialName): CliError {
  return new CliError('credentials_missing', `${name} is not set.`, {
    hint: `Set it in the environment, in .env, or with "x-account-activity login". "x-account-activity whoami" shows what is used.`,
    exitCode: exitCodes.credentials,
  })
}

function unknownProfile(name: string, known: readonly string[]): CliError {
  return new CliError('profile_unknown', `There is no profile "${name}".`, {
    hint: known.length === 0 ? 'Run "x-account-activity login" to make one.' : `Known profiles: ${known.join(', ')}.`,
    exitCode: exitCodes.usage,
  })
}
