import { timingSafeEqual } from '#hmac'
import type { Platform } from '../platform.ts'
import type { AppState, Grant } from '../state/tables.ts'
import { type ApiRequest, isForm } from './api-request.ts'
import { type Parameter, parseForm, parseOAuthHeader, signature } from './oauth1-signature.ts'

/** How far the timestamp of a request may differ from the clock, in seconds. */
const toleranceSeconds = 300

/** Why credentials were refused. X distinguishes an invalid token from all other problems. */
export type AuthenticationFailure = 'credentials' | 'token'

/** A request whose signature is valid. */
export interface VerifiedSignature {
  readonly app: AppState
  /** The token. Empty when the request has none. */
  readonly token: string
  /** All parameters of the request, including those of OAuth. The last value of a repeated one. */
  readonly parameters: ReadonlyMap<string, string>
}

/** The app that signed a request, and the grant when it signed on behalf of a user. */
export interface Signer {
  readonly app: AppState
  readonly grant: Grant | undefined
}

/** The signer of a request that has the token of a user or no token, or why the request was refused. */
export function authenticateOAuth1(platform: Platform, request: ApiRequest): Signer | AuthenticationFailure {
  const { state } = platform
  const signed = verifyOAuth1(platform, request, (token, app) => {
    const grant = state.grantByToken(token)
    // A grant also has an OAuth 2.0 token, which is not valid for OAuth 1.0a.
    return grant?.appId === app.id && grant.accessToken === token ? grant.accessTokenSecret : undefined
  })
  return typeof signed === 'string' ? signed : { app: signed.app, grant: state.grantByToken(signed.token) }
}

/**
 * Checks the OAuth 1.0a signature, the timestamp and the nonce of a request.
 *
 * @param secretOf - Returns the secret of a token of the app, or `undefined` when the token is not valid.
 */
export function verifyOAuth1(
  platform: Platform,
  request: ApiRequest,
  secretOf: (token: string, app: AppState) => string | undefined,
): VerifiedSignature | AuthenticationFailure {
  const parameters = readParameters(request)
  const oauth = parameters && readOAuthParameters(parameters)
  const app = platform.state.appByConsumerKey(oauth?.consumerKey ?? '')
  if (!parameters || !oauth || !app) return 'credentials'
  const tokenSecret = oauth.token === '' ? '' : secretOf(oauth.token, app)
  if (tokenSecret === undefined) return 'token'
  if (!isFresh(platform, oauth.timestamp)) return 'credentials'
  const expected = signature(
    { method: request.method, url: request.url, parameters: parameters.filter(([name]) => name !== 'oauth_signature') },
    { consumerSecret: app.consumerSecret, tokenSecret },
  )
  // The signature first: only a valid request may use up a nonce.
  const isValid = timingSafeEqual(oauth.signature, expected) && isFirstUse(platform, oauth)
  return isValid ? { app, token: oauth.token, parameters: new Map(parameters) } : 'credentials'
}

/** Whether a request has OAuth 1.0a parameters. RFC 5849, section 3.5, allows header, query and form body. */
export function usesOAuth1({ url, headers, body }: ApiRequest): boolean {
  return (
    /^OAuth\s/i.test(headers.get('authorization') ?? '') || /(?:^|[?&])oauth_signature=/.test(`${url.search}&${body}`)
  )
}

/** The parameters of header, query and form body. `undefined` when one of them is malformed. */
function readParameters(request: ApiRequest): Parameter[] | undefined {
  const header = request.headers.get('authorization') ?? ''
  try {
    const fromHeader = /^OAuth\s/i.test(header) ? parseOAuthHeader(header) : []
    const fromBody = isForm(request) ? parseForm(request.body) : []
    return fromHeader && mergeParameters(fromHeader, parseForm(request.url.search.slice(1)), fromBody)
  } catch {
    return undefined
  }
}

/**
 * Merges the parameters of header, query and body. An OAuth parameter that occurs in two of them with the same value
 * counts once: some clients repeat `oauth_token` beside `oauth_verifier` and sign it once. X accepts that, as the published
 * source of its check shows.
 *
 * @see https://github.com/twitter/joauth
 */
function mergeParameters(...sources: readonly (readonly Parameter[])[]): Parameter[] {
  let merged: readonly Parameter[] = []
  for (const source of sources) {
    const known = merged
    const isNew = ([name, value]: Parameter) =>
      !name.startsWith('oauth_') || !known.some((other) => other[0] === name && other[1] === value)
    merged = [...known, ...source.filter(isNew)]
  }
  return [...merged]
}

interface OAuthParameters {
  readonly consumerKey: string
  readonly token: string
  readonly signature: string
  readonly timestamp: number
  readonly nonce: string
}

/** The parameters of OAuth. `undefined` when one is missing or repeated, or has a value that X does not accept. */
function readOAuthParameters(parameters: readonly Parameter[]): OAuthParameters | undefined {
  const own = parameters.filter(([name]) => name.startsWith('oauth_'))
  const values = new Map(own)
  const timestamp = values.get('oauth_timestamp') ?? ''
  const oauth = {
    consumerKey: values.get('oauth_consumer_key') ?? '',
    token: values.get('oauth_token') ?? '',
    signature: values.get('oauth_signature') ?? '',
    timestamp: Number(timestamp),
    nonce: values.get('oauth_nonce') ?? '',
  }
  const isUsable =
    values.size === own.length &&
    values.get('oauth_signature_method') === 'HMAC-SHA1' &&
    (values.get('oauth_version') ?? '1.0') === '1.0' &&
    /^[1-9]\d{0,11}$/.test(timestamp) &&
    oauth.nonce !== ''
  return isUsable ? oauth : undefined
}

/**
 * Whether a timestamp is accepted. The client may use the clock of the emulator, or the base clock that the emulator is
 * ahead of.
 */
function isFresh({ clock }: Platform, timestamp: number): boolean {
  const latest = Math.max(clock.now(), clock.baseNow()) / 1000 + toleranceSeconds
  return timestamp >= oldestTimestamp(clock) && timestamp <= latest
}

function isFirstUse({ clock, nonces }: Platform, { consumerKey, token, timestamp, nonce }: OAuthParameters): boolean {
  return nonces.use(JSON.stringify([consumerKey, token, timestamp, nonce]), timestamp, oldestTimestamp(clock))
}

function oldestTimestamp(clock: Platform['clock']): number {
  return Math.floor(clock.baseNow() / 1000) - toleranceSeconds
}
