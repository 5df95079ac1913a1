/**
 * OAuth 1.0a signatures, written from RFC 5849 and independent of the rest of the package: the code that checks signatures
 * must not be the code that the client signs with.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5849
 */
import { hmacSha1 } from '#hmac'

/** A decoded name and value. Names may repeat. */
export type Parameter = readonly [name: string, value: string]

/** The parts of a request that a signature covers. */
export interface SignedRequest {
  readonly method: string
  readonly url: URL
  /** The parameters of the header (without `realm`), the query and a form body, without `oauth_signature`. */
  readonly parameters: readonly Parameter[]
}

/** Percent-encodes everything but letters, digits, `-`, `.`, `_` and `~` (section 3.6). */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The signature base string (section 3.4.1). */
export function signatureBase({ method, url, parameters }: SignedRequest): string {
  // `host` is in lower case and has no default port, as section 3.4.1.2 requires.
  const uri = `${url.protocol}//${url.host}${url.pathname}`
  return [method.toUpperCase(), uri, normalizeParameters(parameters)].map(percentEncode).join('&')
}

/** The parameters, encoded and sorted by name and by value (section 3.4.1.3.2). */
function normalizeParameters(parameters: readonly Parameter[]): string {
  return parameters
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compareText(nameA, nameB) || compareText(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** Compares by code unit. For ASCII this is by byte. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** HMAC-SHA1 of the base string, in base64 (section 3.4.2). */
export function signature(request: SignedRequest, secrets: { consumerSecret: string; tokenSecret: string }): string {
  const key = `${percentEncode(secrets.consumerSecret)}&${percentEncode(secrets.tokenSecret)}`
  return hmacSha1(key, signatureBase(request))
}

/**
 * The parameters of an `Authorization: OAuth …` header, without `realm` (section 3.5.1).
 *
 * @returns `undefined` when the header has another form.
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
 * The parameters of a query or a form body, where `+` is a space (section 3.4.1.3.1).
 *
 * @throws URIError when a name or a value is not percent-encoded UTF-8.
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
