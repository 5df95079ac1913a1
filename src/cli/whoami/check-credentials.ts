import { isAccountActivityError, isApiError } from '../../entries/errors.ts'
import { type OAuth2UserCredentials, signOAuth1, type UserCredentials } from '../../entries/index.ts'
import { createV2Client, readUser } from '../credentials/create-client.ts'
import type { ConnectionFlags } from '../credentials/credential-flags.ts'
import type { Credentials } from '../credentials/read-credentials.ts'
import type { CommandRun } from '../define-command.ts'
import { printable } from '../output/printable.ts'

/** What X said to one kind of credentials. */
export interface CredentialCheck {
  /** `app`: the keys or the bearer token of the app. `user`: the token of the user. */
  readonly id: 'app' | 'user'
  readonly ok: boolean
  /** What was seen, in a sentence. */
  readonly seen: string
  /** What to do. */
  readonly fix?: string
}

type Run = CommandRun<ConnectionFlags>

/** Tries the keys and the bearer token of the app by listing the webhooks. */
export async function checkApp(run: Run): Promise<CredentialCheck> {
  // The client replaces a bearer token that X refuses, so that the call succeeds.
  let isTokenRefused = false
  const client = await createV2Client(run, {
    hooks: {
      onResponse: ({ endpoint, outcome }) => {
        if (endpoint === 'webhooks.list' && outcome === 401) isTokenRefused = true
      },
    },
  })
  try {
    const webhooks = await client.webhooks.list({ signal: run.signal })
    if (isTokenRefused) {
      const fix = 'Remove X_BEARER_TOKEN: the client gets a bearer token by itself.'
      return { id: 'app', ok: false, seen: 'X refused X_BEARER_TOKEN, and accepted the keys of the app.', fix }
    }
    return { id: 'app', ok: true, seen: `X accepted the app. Its webhooks: ${webhooks.length}.` }
  } catch (error) {
    return { id: 'app', ...describeFailure(error) }
  }
}

/** Tries the token of the user, where there is one, by asking X who it belongs to. */
export async function checkUser(run: Run, credentials: Credentials): Promise<CredentialCheck[]> {
  const source = await readUser(run, credentials)
  if (source === undefined) return []
  try {
    const user = typeof source === 'function' ? await source({}) : source
    const url = `${(credentials.get('X_BASE_URL') ?? 'https://api.x.com').replace(/\/+$/, '')}/2/users/me`
    const headers = { authorization: authorizationOf(user, url, credentials, run.now()) }
    const signal = AbortSignal.any([run.signal, AbortSignal.timeout(10_000)])
    const response = await run.fetch(url, { headers, signal, redirect: 'manual' })
    return [await readUserResponse(response)]
  } catch (error) {
    if (run.signal.aborted) throw error
    return [{ id: 'user', ...describeFailure(error) }]
  }
}

function authorizationOf(
  user: UserCredentials | OAuth2UserCredentials,
  url: string,
  credentials: Credentials,
  now: number,
): string {
  if (user.bearerToken !== undefined) return `Bearer ${user.bearerToken}`
  const app = {
    consumerKey: credentials.require('X_CONSUMER_KEY'),
    consumerSecret: credentials.require('X_CONSUMER_SECRET'),
  }
  return signOAuth1({ method: 'GET', url }, { ...app, ...user }, { timestamp: Math.floor(now / 1000) })
}

async function readUserResponse(response: Response): Promise<CredentialCheck> {
  const body: unknown = await response.json().catch(() => undefined)
  const { data } = Object(body) as { data?: { id?: unknown; username?: unknown } }
  if (response.ok && typeof data?.id === 'string' && typeof data.username === 'string') {
    return { id: 'user', ok: true, seen: `X accepted the user: @${printable(data.username)}, ${printable(data.id)}.` }
  }
  return {
    id: 'user',
    ok: false,
    seen: `X refused the token of the user with HTTP ${response.status}.`,
    fix: 'Run "x-account-activity login" for a new token. Check X_CONSUMER_KEY, X_CONSUMER_SECRET and the clock of this machine.',
  }
}

function describeFailure(error: unknown): Omit<CredentialCheck, 'id'> {
  if (!isAccountActivityError(error)) {
    return { ok: false, seen: `X did not respond: ${error instanceof Error ? error.message : String(error)}` }
  }
  const fix = isApiError(error) ? error.hint : undefined
  return { ok: false, seen: printable(error.message), ...(fix !== undefined && { fix }) }
}
