import { randomBytes } from 'node:crypto'
import { createPkce, exchangeOAuth2Code, oauth2AuthorizeUrl } from '../../entries/auth.ts'
import { CliError, usageError } from '../cli-error.ts'
import { optionsOfConnection, toProfileValues } from '../credentials/create-client.ts'
import type { Credentials } from '../credentials/read-credentials.ts'
import { listenForCallback } from './callback-server.ts'
import type { LoginRun, SignedIn } from './login-run.ts'

const defaultTimeoutMs = 5 * 60_000

/** What the calls of this package need, and a token to renew the access token with. */
const defaultScopes =
  'dm.read,dm.write,tweet.read,users.read,like.read,mute.read,block.read,follows.read,offline.access'

/**
 * Signs in with OAuth 2.0: X sends the browser of the user to a server on this machine, which this function starts.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export async function signInWithOAuth2(run: LoginRun, credentials: Credentials): Promise<SignedIn> {
  const { port, scopes = defaultScopes, timeout: timeoutMs = defaultTimeoutMs } = run.flags
  if (!run.isInteractive && run.flags.timeout === undefined) {
    throw usageError(
      'Without a terminal, "login --oauth2" must know how long to wait for the browser.',
      'Pass --timeout, such as --timeout 5m.',
    )
  }
  const app = { clientId: credentials.require('X_CLIENT_ID'), clientSecret: credentials.get('X_CLIENT_SECRET') }
  const { verifier, challenge } = await createPkce()
  const state = randomBytes(32).toString('base64url')
  const server = await listenForCallback({ port, state })
  try {
    const { redirectUri } = server
    const url = oauth2AuthorizeUrl({
      clientId: app.clientId,
      redirectUri,
      scopes: scopes.split(',').map((scope) => scope.trim()),
      state,
      challenge,
      baseUrl: credentials.get('X_BASE_URL'),
    })
    run.output.note(`Open this URL in a browser on this machine, and allow the app:\n\n  ${url}\n`)
    run.output.note(`The settings of the app must list the callback URL ${redirectUri}.`)
    const code = await waitForCode(run, server.code, timeoutMs)
    const options = { ...optionsOfConnection(run, credentials), signal: run.signal }
    const tokens = await exchangeOAuth2Code({ ...app, code, redirectUri, verifier }, options)
    return { values: { ...toProfileValues(tokens), X_ACCESS_TOKEN: undefined, X_ACCESS_TOKEN_SECRET: undefined } }
  } finally {
    await server.close()
  }
}

async function waitForCode(run: LoginRun, code: Promise<string>, timeoutMs: number): Promise<string> {
  const waiting = new AbortController()
  const timeout = run.sleep(timeoutMs, AbortSignal.any([run.signal, waiting.signal])).then(() => {
    throw new CliError('login_timeout', `The browser did not come back within ${timeoutMs / 1000} seconds.`, {
      hint: 'Check that the settings of the app list the callback URL, and run the command again. --timeout sets the time limit.',
    })
  })
  try {
    return await Promise.race([code, timeout])
  } finally {
    waiting.abort()
    timeout.catch(() => undefined)
  }
}
