import { timingSafeEqual } from '#hmac'
import type { Platform } from '../platform.ts'
import type { AppState, Grant } from '../state/state.ts'
import { type ApiRequest, isForm } from './api-request.ts'
import { type Parameter, parseForm, parseOAuthHeader, signature } from './oauth1-signature.ts'

/** How far the clock of a client may be off, in seconds. */
const toleranceSeconds = 300

/** Why credentials are refused: a token that is not valid any more is told apart from everything else. */
export type Refused = 'credentials' | 'token'

/** A signature that is right. */
export interface VerifiedSignature {
  readonly app: AppState
  /** The token it was made for; empty when there was none. */
  readonly token: string
  /** All parameters of the request, those of OAuth included; of a repeated one the last. */
  readonly parameters: ReadonlyMap<string, string>
}

/** Who signed a request: an app, on behalf of a user where there is a token. */
export interface Signer {
  readonly app: AppState
  readonly grant: Grant | undefined
}

/** Who signed a request with the token of a user, or with none; or why nobody did. */
export function authenticateOAuth1(platform: Platform, request: ApiRequest): Signer | Refused {
  const { state } = platform
  const signed = verifyOAuth1(platform, request, (token, app) => {
    const grant = state.grantByToken(token)
    // The token of OAuth 2.0 that came with it is none for OAuth 1.0a.
    return grant?.appId === app.id && grant.accessToken === token ? grant.accessTokenSecret : undefined
  })
  return typeof signed === 'string' ? signed : { app: signed.app, grant: state.grantByToken(signed.token) }
}

/**
 * Checks the signature of a request, its timestamp and its nonce.
 *
 * @param secretOf - The secret of a token that was given to an app, if it was.
 */
export function verifyOAuth1(
  platform: Platform,
  request: ApiRequest,
  secretOf: (token: string, app: AppState) => string | undefined,
): VerifiedSignature | Refused {
  const parameters = readParameters(request)
  const protocol = parameters && readOAuthParameters(parameters)
  const app = platform.state.appByConsumerKey(protocol?.consumerKey ?? '')
  if (!parameters || !protocol || !app) return 'credentials'
  const tokenSecret = protocol.token === '' ? '' : secretOf(protocol.token, app)
  if (tokenSecret === undefined) return 'token'
  if (!isFresh(platform, protocol.timestamp)) return 'credentials'
  const wanted = signature(
    { method: request.method, url: request.url, parameters: parameters.filter(([name]) => name !== 'oauth_signature') },
    { consumerSecret: app.consumerSecret, tokenSecret },
  )
  // The nonce is spent by the one who could sign with it, by nobody else.
  const isRight = timingSafeEqual(protocol.signature, wanted) && isFirstUse(platform, protocol)
  return isRight ? { app, token: protocol.token, parameters: new Map(parameters) } : 'credentials'
}

/** Whether a request is signed by OAuth 1.0a at all; RFC 5849, section 3.5, lets the parameters stand in three places. */
export function usesOAuth1({ url, headers, body }: ApiRequest): boolean {
  return (
    /^OAuth\s/i.test(headers.get('authorization') ?? '') || /(?:^|[?&])oauth_signature=/.test(`${url.search}&${body}`)
  )
}

/** All parameters from all places; `undefined` when one of them cannot be read. */
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
 * A parameter of OAuth that stands in two places with one value counts once: clients repeat `oauth_token` beside
 * `oauth_verifier`, but sign it once. X takes that, as what it has published of its own check shows.
 *
 * @see https://github.com/twitter/joauth
 */
function mergeParameters(...places: readonly (readonly Parameter[])[]): Parameter[] {
  let joined: readonly Parameter[] = []
  for (const place of places) {
    const known = joined
    const isNew = ([name, value]: Parameter) =>
      !name.startsWith('oauth_') || !known.some((other) => other[0] === name && other[1] === value)
    joined = [...known, ...place.filter(isNew)]
  }
  return [...joined]
}

interface OAuthParameters {
  readonly consumerKey: string
  readonly token: string
  readonly signature: string
  readonly timestamp: number
  readonly nonce: string
}

/** The parameters of OAuth itself; `undefined` when one is missing, repeated or not what X takes. */
function readOAuthParameters(parameters: readonly Parameter[]): OAuthParameters | undefined {
  const own = parameters.filter(([name]) => name.startsWith('oauth_'))
  const values = new Map(own)
  const timestamp = values.get('oauth_timestamp') ?? ''
  const protocol = {
    consumerKey: values.get('oauth_consumer_key') ?? '',
    token: values.get('oauth_token') ?? '',
    signature: values.get('oauth_signature') ?? '',
    timestamp: Number(timestamp),
    nonce: values.get('oauth_nonce') ?? '',
  }
  const usable =
    values.size === own.length &&
    values.get('oauth_signature_method') === 'HMAC-SHA1' &&
    (values.get('oauth_version') ?? '1.0') === '1.0' &&
    /^[1-9]\d{0,11}$/.test(timestamp) &&
    protocol.nonce !== ''
  return usable ? protocol : undefined
}

/** Clients live on the clock of the emulator, or on the one it was put ahead of; it stands back where it catches up. */
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
