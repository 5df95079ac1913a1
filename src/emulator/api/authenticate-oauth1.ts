import { timingSafeEqual } from '#hmac'
import type { Platform } from '../platform.ts'
import type { Refusal, RequestCheck } from '../requests/request-log.ts'
import type { AppState, Grant } from '../state/tables.ts'
import { type ApiRequest, isForm } from './api-request.ts'
import { type Parameter, parseForm, parseOAuthHeader, signature } from './oauth1-signature.ts'

/** How far the timestamp of a request may differ from the clock, in seconds. */
const toleranceSeconds = 300

/** Why credentials were refused. */
export interface AuthenticationFailure extends Refusal {
  /**
   * What X's answer says. X distinguishes a request without credentials, an invalid token, and all other problems. Only
   * version 1.1 has an answer of its own for a request without credentials.
   */
  readonly answer: 'absent' | 'credentials' | 'token'
}

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
    return grant?.appId === app.id ? grant.accessTokenSecret : undefined
  })
  return 'failedCheck' in signed ? signed : { app: signed.app, grant: state.grantByToken(signed.token) }
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
  if (!parameters) return wrongCredentials('credentials', 'An OAuth 1.0a parameter is malformed.')
  const oauth = readOAuthParameters(parameters)
  if (typeof oauth === 'string') return wrongCredentials('credentials', oauth)
  const app = platform.state.appByConsumerKey(oauth.consumerKey)
  if (!app) return wrongCredentials('consumer-key', 'No app of the emulator has this consumer key.')
  const tokenSecret = oauth.token === '' ? '' : secretOf(oauth.token, app)
  if (tokenSecret === undefined) return unknownToken
  const skew = findSkew(platform, oauth.timestamp)
  if (skew !== undefined) return wrongCredentials('timestamp', skew)
  const expected = signature(
    { method: request.method, url: request.url, parameters: parameters.filter(([name]) => name !== 'oauth_signature') },
    { consumerSecret: app.consumerSecret, tokenSecret },
  )
  if (!timingSafeEqual(oauth.signature, expected)) return wrongSignature
  // After the signature: only a valid request may use up a nonce.
  if (!isFirstUse(platform, oauth)) {
    return wrongCredentials('nonce', 'The nonce was already used with this timestamp.')
  }
  return { app, token: oauth.token, parameters: new Map(parameters) }
}

const unknownToken: AuthenticationFailure = {
  answer: 'token',
  failedCheck: 'token',
  reason: 'The OAuth token is unknown, was revoked or has expired, or it belongs to another app.',
}

const wrongSignature = wrongCredentials(
  'signature',
  'The signature does not match. Check the consumer secret, the token secret, and the method, URL and parameters that the client signs.',
)

/** A failure that X answers as wrong credentials. */
export function wrongCredentials(failedCheck: RequestCheck, reason: string): AuthenticationFailure {
  return { answer: 'credentials', failedCheck, reason }
}

/** A request without credentials of any kind. */
export const noCredentials: AuthenticationFailure = {
  answer: 'absent',
  failedCheck: 'credentials',
  reason: 'The request has no bearer token and no OAuth 1.0a parameters.',
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

/** The parameters of OAuth, or the problem with one that X does not accept, in one sentence. */
function readOAuthParameters(parameters: readonly Parameter[]): OAuthParameters | string {
  const own = parameters.filter(([name]) => name.startsWith('oauth_'))
  const values = new Map(own)
  const read = (name: string) => values.get(`oauth_${name}`) ?? ''
  if (values.size < own.length) return 'An OAuth 1.0a parameter occurs twice.'
  if (read('signature_method') !== 'HMAC-SHA1') return '`oauth_signature_method` must be HMAC-SHA1.'
  if (!isVersion(values.get('oauth_version') ?? '1.0')) return '`oauth_version` must be 1.0 or 1.0a, or absent.'
  if (!/^[1-9]\d{0,11}$/.test(read('timestamp'))) return '`oauth_timestamp` must be in whole seconds since 1970.'
  if (read('nonce') === '') return '`oauth_nonce` must not be empty.'
  return {
    consumerKey: read('consumer_key'),
    token: read('token'),
    signature: read('signature'),
    timestamp: Number(read('timestamp')),
    nonce: read('nonce'),
  }
}

/**
 * X's published check accepts `1.0`, and `1.0a` in upper or lower case, which several libraries send.
 *
 * @see https://github.com/twitter/joauth
 */
function isVersion(version: string): boolean {
  return version === '1.0' || version.toLowerCase() === '1.0a'
}

/**
 * The problem with a timestamp, or `undefined` when it is accepted. The client may use the clock of the emulator, or the
 * base clock that the emulator is ahead of.
 */
function findSkew({ clock }: Platform, timestamp: number): string | undefined {
  const behind = Math.floor(clock.baseNow() / 1000) - timestamp
  const ahead = timestamp - Math.max(clock.now(), clock.baseNow()) / 1000
  if (Math.max(behind, ahead) <= toleranceSeconds) return undefined
  const skew = behind > ahead ? `${behind} seconds behind` : `${Math.ceil(ahead)} seconds ahead of`
  return `The timestamp is ${skew} the clock of the emulator. X accepts ${toleranceSeconds} seconds.`
}

function isFirstUse({ clock, nonces }: Platform, { consumerKey, token, timestamp, nonce }: OAuthParameters): boolean {
  const oldest = Math.floor(clock.baseNow() / 1000) - toleranceSeconds
  return nonces.use(JSON.stringify([consumerKey, token, timestamp, nonce]), timestamp, oldest)
}
