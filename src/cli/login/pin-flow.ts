import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { accessToken, authorizeUrl, requestToken } from '../../entries/auth.ts'
import { CliError, usageError } from '../cli-error.ts'
import { optionsOfConnection } from '../credentials/create-client.ts'
import { oauth2Names, writePrivateFile } from '../credentials/profiles.ts'
import type { Credentials } from '../credentials/read-credentials.ts'
import type { LoginRun, SignedIn } from './login-run.ts'

/**
 * Signs in with OAuth 1.0a and a PIN: in a terminal in one step, else in two. Returns `undefined` after the first step.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/pin-based-oauth
 */
export async function signInWithPin(
  run: LoginRun,
  credentials: Credentials,
  profile: string,
): Promise<SignedIn | undefined> {
  const { start, pin } = run.flags
  const app = {
    consumerKey: credentials.require('X_CONSUMER_KEY'),
    consumerSecret: credentials.require('X_CONSUMER_SECRET'),
  }
  const options = { ...optionsOfConnection(run, credentials), signal: run.signal }
  const finish = async (token: StartedSignIn, oauthVerifier: string): Promise<SignedIn> => {
    const { userId, screenName, ...user } = await accessToken(app, { ...token, oauthVerifier }, options)
    return { values: { ...toValues(user), ...noOAuth2Tokens }, userId, screenName }
  }
  if (pin !== undefined) {
    const signedIn = await finish(await readStarted(run, profile), pin)
    await rm(startedFile(run, profile), { force: true })
    return signedIn
  }
  if (!start && !run.isInteractive) {
    throw usageError(
      'Without a terminal, "login" cannot ask for the PIN.',
      'Run "x-account-activity login --start", open the URL that it prints, then run "x-account-activity login --pin <pin>". Or use --oauth2 --timeout 5m.',
    )
  }
  const { oauthToken, oauthTokenSecret } = await requestToken(app, { callback: 'oob' }, options)
  const url = authorizeUrl({ oauthToken, baseUrl: options.baseUrl })
  if (start) {
    await writePrivateFile(startedFile(run, profile), JSON.stringify({ oauthToken, oauthTokenSecret }))
    run.output.print({ url }, () => url)
    run.output.note(`Open the URL and allow the app. Then run: ${nextStep(run)}`)
    return undefined
  }
  run.output.note(`Open this URL, allow the app, and type the PIN that X shows:\n\n  ${url}\n`)
  return finish({ oauthToken, oauthTokenSecret }, await run.prompts.text('PIN'))
}

/** A sign-in between `--start` and `--pin`. */
interface StartedSignIn {
  readonly oauthToken: string
  readonly oauthTokenSecret: string
}

function startedFile({ configFolder }: LoginRun, profile: string): string {
  return join(configFolder, `login-${profile}.json`)
}

async function readStarted(run: LoginRun, profile: string): Promise<StartedSignIn> {
  try {
    const { oauthToken, oauthTokenSecret } = JSON.parse(await readFile(startedFile(run, profile), 'utf8'))
    return { oauthToken, oauthTokenSecret }
  } catch {
    throw new CliError('login_not_started', `No sign-in for the profile "${profile}" was started.`, {
      hint: 'Run "x-account-activity login --start" first, with the same --profile.',
    })
  }
}

function nextStep({ flags: { profile } }: LoginRun): string {
  return `x-account-activity login --pin <pin>${profile === undefined ? '' : ` --profile ${profile}`}`
}

function toValues(user: { readonly accessToken: string; readonly accessTokenSecret: string }) {
  return { X_ACCESS_TOKEN: user.accessToken, X_ACCESS_TOKEN_SECRET: user.accessTokenSecret }
}

/** A profile has one kind of token of a user. */
const noOAuth2Tokens = Object.fromEntries(Object.values(oauth2Names).map((name) => [name, undefined]))
