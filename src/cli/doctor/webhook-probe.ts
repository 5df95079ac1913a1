import { signBody } from '../../entries/webhook.ts'
import { assertSecret } from '../../internal/assert.ts'
import { isLoopback } from '../../internal/host-list.ts'
import { parseHttpUrl } from '../../internal/http-url.ts'
import { inspectTls, type NoTls, type TlsInspection } from './probe/inspect-tls.ts'
import { type LookUp, lookUpHost, lookUpOnce, toSocketLookup } from './probe/look-up.ts'
import { type Outcome, type SendContext, sendRequest } from './probe/send-request.ts'

/** The secrets that sign and check, as far as they are known. */
export interface Secrets {
  /** The consumer secret ("API key secret") of the app. */
  readonly consumerSecret?: string | undefined
  /** The OAuth 2.0 client secret of the app. */
  readonly clientSecret?: string | undefined
}

/** How long the doctor waits, and how often it tries. */
export interface DoctorLimits {
  /** Milliseconds until a CRC must be answered. X waits 3 seconds. */
  readonly crcMs: number
  /** Milliseconds until a delivery must be answered. X waits 10 seconds in v2. */
  readonly deliveryMs: number
  /** Milliseconds until a TLS handshake must end. */
  readonly tlsMs: number
  /** How many CRC requests are sent to measure the time. */
  readonly tries: number
}

/** The limits of X. */
export const defaultLimits: DoctorLimits = { crcMs: 3_000, deliveryMs: 10_000, tlsMs: 5_000, tries: 10 }

/** The options of {@link createProbe}. */
export interface ProbeOptions extends Secrets {
  /** The webhook URL, as it is registered. */
  readonly url: string
  /**
   * Ends the diagnosis.
   *
   * @defaultValue no signal
   */
  readonly signal?: AbortSignal | undefined
  /**
   * The clock: milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: (() => number) | undefined
  /**
   * Resolves host names.
   *
   * @defaultValue the resolver of this machine
   */
  readonly lookUp?: LookUp | undefined
  /**
   * The certificates of authorities to trust, as PEM.
   *
   * @defaultValue the authorities that Node.js trusts
   */
  readonly ca?: string | undefined
  /**
   * Whether loopback and private addresses are judged like public ones.
   *
   * @defaultValue false
   */
  readonly isEveryAddressPublic?: boolean | undefined
  /**
   * How long the doctor waits, and how often it tries.
   *
   * @defaultValue the limits of X
   */
  readonly limits?: Partial<DoctorLimits> | undefined
}

/** Everything that the checks of a webhook need: it sends requests to the URL, and signs them. */
export interface WebhookProbe {
  readonly url: URL
  /** The URL as the user wrote it. */
  readonly written: string
  /** Whether the host is this machine, so that the rules for public URLs are skipped. */
  readonly isLoopback: boolean
  readonly isEveryAddressPublic: boolean
  readonly secrets: Secrets
  readonly limits: DoctorLimits
  readonly now: () => number
  readonly lookUp: LookUp
  readonly inspectTls: () => Promise<TlsInspection | NoTls>
  /** Sends a CRC request as X does, signed where a secret is known. */
  readonly sendCrc: (token: string, options?: CrcRequestOptions) => Promise<Outcome>
  /** Sends a delivery. */
  readonly sendDelivery: (delivery: ProbeDelivery) => Promise<Outcome>
  /** Sends a request without a body. */
  readonly sendMethod: (method: string) => Promise<Outcome>
}

/** How a CRC request differs from that of X. */
export interface CrcRequestOptions {
  /** Additional headers. */
  readonly headers?: Readonly<Record<string, string>>
  /** Whether the query is signed. A forger cannot sign it. */
  readonly isSigned?: boolean
}

/** A delivery to send. */
export interface ProbeDelivery {
  /** The body in the pieces that it is sent in. */
  readonly pieces: readonly Uint8Array[]
  /** The headers with the signatures. */
  readonly signatures: Readonly<Record<string, string>>
}

const userAgent = 'x-account-activity doctor'

/**
 * Prepares the checks of a webhook URL. It sends nothing yet.
 *
 * @throws TypeError or RangeError when the URL is not an absolute http or https URL, or contains a user name or password,
 *   or when a secret is empty or begins or ends with white space.
 */
export function createProbe(options: ProbeOptions): WebhookProbe {
  const url = parseWebhookUrl(options.url)
  const { consumerSecret, clientSecret, isEveryAddressPublic = false } = options
  const { now = Date.now, ca, signal } = options
  const lookUp = lookUpOnce(options.lookUp ?? lookUpHost)
  if (consumerSecret !== undefined) assertSecret(consumerSecret, 'consumerSecret')
  if (clientSecret !== undefined) assertSecret(clientSecret, 'clientSecret')
  const secrets = { consumerSecret, clientSecret }
  const limits = { ...defaultLimits, ...options.limits }
  const context: SendContext = { lookup: toSocketLookup(lookUp), ca: ca === undefined ? undefined : [ca], now, signal }
  const send = (method: string, target: URL, headers: Record<string, string>, timeoutMs: number) =>
    sendRequest(
      { url: target, method, headers: { 'user-agent': userAgent, ...headers }, pieces: [], timeoutMs },
      context,
    )
  return {
    url,
    written: options.url,
    isLoopback: isLoopback(url.hostname) && !isEveryAddressPublic,
    isEveryAddressPublic,
    secrets,
    limits,
    now,
    lookUp,
    inspectTls: () => inspectTls(url, limits.tlsMs, context),
    sendCrc: (token, { headers = {}, isSigned = true } = {}) => {
      const target = new URL(url)
      target.searchParams.set('crc_token', token)
      target.searchParams.set('nonce', crypto.randomUUID())
      const signatures = isSigned ? signaturesOf(target.search.slice(1), secrets) : {}
      return send('GET', target, { ...signatures, ...headers }, limits.crcMs)
    },
    sendDelivery: ({ pieces, signatures }) => {
      const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
      const headers = {
        'user-agent': userAgent,
        'content-type': 'application/json',
        'content-length': String(size),
        ...signatures,
      }
      return sendRequest({ url, method: 'POST', headers, pieces, timeoutMs: limits.deliveryMs }, context)
    },
    sendMethod: (method) => send(method, url, {}, limits.deliveryMs),
  }
}

/** The signature headers of X for a message: one for each secret that is known. */
export function signaturesOf(
  message: string | Uint8Array,
  { consumerSecret, clientSecret }: Secrets,
): Record<string, string> {
  return {
    ...(consumerSecret !== undefined && { 'x-twitter-webhooks-signature': signBody(message, consumerSecret) }),
    ...(clientSecret !== undefined && { 'x-twitter-webhooks-signature-oauth2': signBody(message, clientSecret) }),
  }
}

/**
 * Reads the URL of a webhook, without its fragment.
 *
 * @throws TypeError or RangeError when it is not an absolute http or https URL, or contains a user name or password.
 */
export function parseWebhookUrl(text: string): URL {
  if (/^[^/?#]*\/\/[^/?#]*@/.test(text)) {
    throw new RangeError('"url" must not contain a user name or a password: X does not send them.')
  }
  const url = parseHttpUrl(text, 'url')
  url.hash = ''
  return url
}
