/**
 * OAuth 1.0a signatures, written from RFC 5849 and from nothing else in this package: what signs the requests of the
 * client must not be what checks them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5849
 */
import { hmacSha1 } from '#hmac'

/** A decoded name and value; names may repeat. */
export type Parameter = readonly [name: string, value: string]

/** What goes into a signature. */
export interface SignedRequest {
  readonly method: string
  readonly url: URL
  /** Those of the header (but `realm`), the query and a form body, without `oauth_signature`. */
  readonly parameters: readonly Parameter[]
}

/** Section 3.6: everything but letters, digits, `-`, `.`, `_` and `~`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Section 3.4.1. */
export function signatureBase({ method, url, parameters }: SignedRequest): string {
  // `host` is in lower case and without the port that its scheme has anyway, as section 3.4.1.2 wants it.
  const uri = `${url.protocol}//${url.host}${url.pathname}`
  return [method.toUpperCase(), uri, normalizeParameters(parameters)].map(percentEncode).join('&')
}

/** Section 3.4.1.3.2: sorted by name, then by value, both encoded. */
function normalizeParameters(parameters: readonly Parameter[]): string {
  return parameters
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compareText(nameA, nameB) || compareText(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** By code unit, which for ASCII is by byte. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Section 3.4.2: HMAC-SHA1 in base64. */
export function signature(request: SignedRequest, secrets: { consumerSecret: string; tokenSecret: string }): string {
  const key = `${percentEncode(secrets.consumerSecret)}&${percentEncode(secrets.tokenSecret)}`
  return hmacSha1(key, signatureBase(request))
}

/**
 * The parameters of an `Authorization: OAuth …` header (section 3.5.1) without `realm`.
 *
 * @returns `undefined` when the header is written in another way.
 * @throws URIError when a value is not percent-encoded UTF-8.
 */
export function parseOAuthHeader(header: string): Parameter[] | undefined {
  const text = /^OAuth\s+(.*)$/is.exec(header)?.[1]
  if (text === undefined) return undefined
  const parameters: Parameter[] = []
  const pair = /\s*([^\s=,"]+)="([^"]*)"\s*(?:,|$)/y
  while (pair.lastIndex < text.length) {
    const [, name, value] = pair.exec(text) ?? []
    if (name === undefined || value === undefined) return undefined
    if (name.toLowerCase() !== 'realm') parameters.push([decodeURIComponent(name), decodeURIComponent(value)])
  }
  return parameters
}

/**
 * The parameters of a query or a form body (section 3.4.1.3.1), `+` being a space in both.
 *
 * @throws URIError when one is not percent-encoded UTF-8.
 */
export function parseForm(text: string): Parameter[] {
  return text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const at = piece.indexOf('=')
      return at < 0
        ? [decodeFormText(piece), '']
        : [decodeFormText(piece.slice(0, at)), decodeFormText(piece.slice(at + 1))]
    })
}

function decodeFormText(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}
