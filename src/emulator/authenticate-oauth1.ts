import { timingSafeEqual } from '#hmac'
import { type ApiRequest, isForm } from './api-request.ts'
import { type Parameter, parseForm, parseOAuthHeader, signature } from './oauth1.ts'
import type { Platform } from './platform.ts'
import type { AppState, Grant } from './state.ts'

/** How far the clock of a client may be off, in seconds. */
const tolerance = 300

/** Who signed a request: an app, on behalf of a user where there is a token. */
export interface Signer {
  readonly app: AppState
  readonly grant: Grant | undefined
}

/** Who signed a request; nobody when anything about its signature is wrong. */
export function authenticateOAuth1(platform: Platform, request: ApiRequest): Signer | undefined {
  const parameters = collect(request)
  const protocol = parameters && readProtocol(parameters)
  if (!parameters || !protocol) return undefined
  const signer = findSigner(platform, protocol)
  if (!signer || !isFresh(platform, protocol.timestamp)) return undefined
  const wanted = signature(
    { method: request.method, url: request.url, parameters: parameters.filter(([name]) => name !== 'oauth_signature') },
    { consumerSecret: signer.app.consumerSecret, tokenSecret: signer.grant?.accessTokenSecret ?? '' },
  )
  // The nonce is spent by the one who could sign with it, by nobody else.
  return timingSafeEqual(protocol.signature, wanted) && isFirstUse(platform, protocol) ? signer : undefined
}

/** Whether a request is signed by OAuth 1.0a at all; RFC 5849, section 3.5, lets the parameters stand in three places. */
export function usesOAuth1({ url, headers, body }: ApiRequest): boolean {
  return (
    /^OAuth\s/i.test(headers.get('authorization') ?? '') || /(?:^|[?&])oauth_signature=/.test(`${url.search}&${body}`)
  )
}

/** All parameters from all places; `undefined` when one of them cannot be read. */
function collect(request: ApiRequest): Parameter[] | undefined {
  const header = request.headers.get('authorization') ?? ''
  try {
    const fromHeader = /^OAuth\s/i.test(header) ? parseOAuthHeader(header) : []
    const fromBody = isForm(request) ? parseForm(request.body) : []
    return fromHeader && [...fromHeader, ...parseForm(request.url.search.slice(1)), ...fromBody]
  } catch {
    return undefined
  }
}

interface Protocol {
  readonly consumerKey: string
  readonly token: string
  readonly signature: string
  readonly timestamp: number
  readonly nonce: string
}

/** The parameters of OAuth itself; `undefined` when one is missing, repeated or not what X takes. */
function readProtocol(parameters: readonly Parameter[]): Protocol | undefined {
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

function findSigner({ state }: Platform, { consumerKey, token }: Protocol): Signer | undefined {
  const app = state.appByKey(consumerKey)
  const grant = state.grantByToken(token)
  // The token of OAuth 2.0 that came with it is none for OAuth 1.0a.
  if (!app || (token !== '' && (grant?.appId !== app.id || grant.accessToken !== token))) return undefined
  return { app, grant }
}

/** Clients live on the clock of the emulator, or on the one it was put ahead of. */
function isFresh({ clock }: Platform, timestamp: number): boolean {
  return timestamp >= oldest(clock) && timestamp <= clock.now() / 1000 + tolerance
}

function isFirstUse({ clock, nonces }: Platform, { consumerKey, token, timestamp, nonce }: Protocol): boolean {
  return nonces.use(JSON.stringify([consumerKey, token, timestamp, nonce]), timestamp, oldest(clock))
}

function oldest(clock: Platform['clock']): number {
  return Math.floor(clock.base() / 1000) - tolerance
}
