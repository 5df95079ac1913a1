import OAuth from 'oauth-1.0a'
import { hmacSha1 } from '#hmac'
import { assertInteger, assertObject, assertText, kindOf } from '../internal/assert.ts'
import { parseHttpUrl } from '../internal/http-url.ts'
import { assertAppCredentials, assertUserCredentials, type OAuth1Credentials } from './credentials.ts'

/** The request to sign. OAuth 1.0a does not sign a JSON body. */
export interface OAuth1Request {
  /** The HTTP method, in upper or lower case. */
  readonly method: string
  /** The absolute http or https URL with its query. A fragment is ignored, because it is not sent. */
  readonly url: string | URL
  /**
   * The decoded parameters of an `application/x-www-form-urlencoded` body: an object, a `URLSearchParams`, a `Map`, or
   * entries. In an object, use an array for a repeated parameter. A `FormData` is refused, because it is sent as
   * `multipart/form-data`, which is not signed.
   *
   * @defaultValue no form
   */
  readonly form?: OAuth1Form | undefined
}

/** The parameters of a form. */
export type OAuth1Form =
  | Readonly<Record<string, string | readonly string[]>>
  | URLSearchParams
  | Iterable<readonly [name: string, value: string | readonly string[]]>

/** Optional OAuth 1.0a parameters. */
export interface OAuth1Options {
  /**
   * `oauth_nonce`: a text that is unique among the requests with the same timestamp. Set it only in tests.
   *
   * @defaultValue 32 random hexadecimal digits
   */
  readonly nonce?: string | undefined
  /**
   * `oauth_timestamp`: seconds since 1970, as an integer of at most 11 digits. Set it only in tests.
   *
   * @defaultValue the current time
   */
  readonly timestamp?: number | undefined
  /**
   * `oauth_callback`: the URL that X sends the user back to, or `oob` for a PIN. Used to get a request token.
   *
   * @defaultValue not sent
   */
  readonly callback?: string | undefined
  /**
   * `oauth_verifier`: the verifier from the callback, or the PIN. Used to get an access token.
   *
   * @defaultValue not sent
   */
  readonly verifier?: string | undefined
  /**
   * The `realm` of the header, in printable ASCII. It is not signed, and X does not need it.
   *
   * @defaultValue not sent
   */
  readonly realm?: string | undefined
  /**
   * Whether to send `oauth_version="1.0"`. X requires it; it is optional in RFC 5849.
   *
   * @defaultValue true
   */
  readonly version?: boolean | undefined
}

type Parameters = Record<string, string | string[]>

/**
 * Returns the value of the `Authorization` header that signs a request with OAuth 1.0a and HMAC-SHA1. The clients sign
 * their own requests; use this function to call other endpoints of X.
 *
 * It implements RFC 5849 completely: repeated and empty parameters, `+` and `%20`, `=` in values, encoded names,
 * parameters in both the query and the body, default ports, upper-case hosts, and non-ASCII text. It does not change
 * its arguments.
 *
 * @param credentials - The keys of the app. With `accessToken` and `accessTokenSecret`, the request acts for that user.
 * @throws TypeError if an argument is missing or has the wrong type.
 * @throws RangeError if the URL is not absolute, if a key or secret is empty or begins or ends with white space, or if
 * the query or the form has a parameter that belongs in the header, such as `oauth_nonce`.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
 *
 * @example
 * import { signOAuth1 } from 'x-account-activity/auth'
 *
 * const authorization = signOAuth1(
 *   { method: 'POST', url: 'https://api.x.com/2/account_activity/webhooks/1/subscriptions/all' },
 *   { consumerKey: 'key', consumerSecret: 'secret', accessToken: 'token', accessTokenSecret: 'token-secret' },
 * )
 * // 'OAuth oauth_consumer_key="key", oauth_nonce="…", oauth_signature="…", …'
 */
export function signOAuth1(
  request: OAuth1Request,
  credentials: OAuth1Credentials,
  options: OAuth1Options = {},
): string {
  assertObject(request, 'request')
  assertCredentials(credentials)
  const method = checkMethod(request.method)
  const url = parseHttpUrl(request.url, 'url')
  const protocol = protocolParameters(credentials, options)
  const data = collectParameters(url, request.form, protocol)
  const oauth = new Signer({ consumer: { key: '', secret: credentials.consumerSecret }, hash_function: hmacSignature })
  const signature = oauth.getSignature(
    { method, url: url.origin + url.pathname, data },
    credentials.accessTokenSecret,
    protocol,
  )
  return formatHeader({ ...protocol, oauth_signature: signature }, options.realm)
}

/**
 * oauth-1.0a builds the base string and the signing key. The overridden methods are faster, and correct for a parameter
 * named `__proto__`.
 */
class Signer extends OAuth {
  override percentEncode(text: string): string {
    return percentEncode(text)
  }

  override mergeObject<T, U>(first: T, second: U): T & U {
    return Object.assign(Object.create(null), first, second)
  }

  // The types of the library do not declare this method, but the library calls it to build the base string.
  percentEncodeData(data: Parameters): Parameters {
    const encoded: Parameters = Object.create(null)
    for (const [name, value] of Object.entries(data)) {
      encoded[percentEncode(name)] = Array.isArray(value) ? value.map(percentEncode) : percentEncode(value)
    }
    return encoded
  }
}

function hmacSignature(baseString: string, key: string): string {
  return hmacSha1(key, baseString)
}

function protocolParameters(credentials: OAuth1Credentials, options: OAuth1Options): OAuth.Data {
  assertObject(options, 'options')
  const {
    nonce = randomNonce(),
    timestamp = Math.floor(Date.now() / 1000),
    callback,
    verifier,
    version = true,
  } = options
  assertSignableText(nonce, 'nonce')
  // Milliseconds since 1970 have 12 digits or more, and X would refuse them.
  assertInteger(timestamp, 'timestamp', { max: 99_999_999_999 })
  if (callback !== undefined) assertSignableText(callback, 'callback')
  if (verifier !== undefined) assertSignableText(verifier, 'verifier')
  const parameters = {
    ...(callback !== undefined && { oauth_callback: callback }),
    oauth_consumer_key: credentials.consumerKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(timestamp),
    ...(credentials.accessToken !== undefined && { oauth_token: credentials.accessToken }),
    ...(verifier !== undefined && { oauth_verifier: verifier }),
    ...(version && { oauth_version: '1.0' }),
  }
  // The library declares a numeric timestamp and a required version, but it uses both as optional text.
  return parameters as unknown as OAuth.Data
}

/** The decoded parameters of query and form. A parameter in both is a repeated parameter. */
function collectParameters(url: URL, form: OAuth1Request['form'], protocol: object): Parameters {
  const parameters: Parameters = Object.create(null)
  const add = (name: string, value: string) => {
    assertNotProtocol(name, protocol)
    const known = parameters[name]
    parameters[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value]
  }
  assertUtf8(url)
  for (const [name, value] of url.searchParams) add(name, value)
  for (const [name, values] of formEntries(form)) for (const value of values) add(name, value)
  return parameters
}

function formEntries(form: OAuth1Request['form']): [string, readonly string[]][] {
  if (form === undefined) return []
  return readEntries(form).map(([name, value]) => {
    const values: readonly string[] = Array.isArray(value) ? value : [value as string]
    for (const one of [name, ...values]) assertWellFormed(one, 'form')
    return [name, values]
  })
}

/** The entries of a form. An iterable object has no fields of its own, so it would count as an empty form. */
function readEntries(form: unknown): [string, unknown][] {
  if (Object.prototype.toString.call(form) === '[object FormData]') {
    throw new TypeError('"form" must not be a FormData, which is sent as multipart/form-data and is not signed')
  }
  const { [Symbol.iterator]: iterator } = Object(form) as Partial<Iterable<unknown>>
  if (typeof form !== 'object' || form === null || typeof iterator !== 'function') {
    assertObject(form, 'form')
    return Object.entries(form)
  }
  return Array.from(form as Iterable<unknown>, (entry) => {
    if (Array.isArray(entry) && entry.length === 2) return entry as [string, unknown]
    throw new TypeError(`"form" must hold entries of a name and a value, got ${kindOf(entry)}`)
  })
}

/**
 * Refuses a query with bytes that are not UTF-8, such as `%FF`. They are decoded to U+FFFD, so the signature would be
 * for another text than the server receives.
 */
function assertUtf8({ search, searchParams }: URL): void {
  if (!/%[89A-Fa-f]/.test(search)) return
  const decoded = [...searchParams].flat().join('').split('\uFFFD').length
  if (decoded !== search.split(/%EF%BF%BD/i).length) throw new RangeError('"url" must have a query of UTF-8 text')
}

/** RFC 5849, section 3.1, forbids that a parameter is sent twice: the server would refuse the signature. */
function assertNotProtocol(name: string, protocol: object): void {
  if (Object.hasOwn(protocol, name) || name === 'oauth_signature') {
    throw new RangeError(`"${name}" must not be in the query or the form: it is part of the Authorization header`)
  }
}

function formatHeader(parameters: object, realm: string | undefined): string {
  const pairs = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))
  const fields = pairs.map(([name, value]) => `${name}="${percentEncode(String(value))}"`)
  return `OAuth ${[...(realm === undefined ? [] : [realmField(realm)]), ...fields].join(', ')}`
}

function realmField(realm: unknown): string {
  if (typeof realm !== 'string') throw new TypeError(`"realm" must be a string, got ${kindOf(realm)}`)
  if (!/^[\x20-\x7e]*$/.test(realm)) throw new RangeError('"realm" must be printable ASCII')
  return `realm="${realm.replace(/["\\]/g, '\\$&')}"`
}

function assertCredentials(credentials: OAuth1Credentials): void {
  assertAppCredentials(credentials)
  const { consumerKey, consumerSecret, accessToken, accessTokenSecret } = credentials
  if (accessToken !== undefined || accessTokenSecret !== undefined) assertUserCredentials(credentials)
  for (const key of [consumerKey, consumerSecret, accessToken, accessTokenSecret]) {
    if (key !== undefined) assertWellFormed(key, 'credentials')
  }
}

function checkMethod(method: unknown): string {
  assertText(method, 'method')
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) throw new RangeError('"method" must be an HTTP method')
  return method.toUpperCase()
}

function assertSignableText(value: unknown, label: string): asserts value is string {
  assertText(value, label)
  assertWellFormed(value, label)
}

/** Half of a surrogate pair has no UTF-8 encoding, so it cannot be signed. */
function assertWellFormed(value: unknown, label: string): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`"${label}" must hold strings, got ${kindOf(value)}`)
  if (!value.isWellFormed()) throw new RangeError(`"${label}" must be well-formed Unicode`)
}

/** 122 random bits. Runtimes generate UUIDs in batches, so this is much faster than `crypto.getRandomValues`. */
function randomNonce(): string {
  return crypto.randomUUID().replaceAll('-', '')
}

const unreserved = /^[A-Za-z0-9\-._~]*$/

/**
 * RFC 5849, section 3.6: encodes all but the unreserved characters. `encodeURIComponent` leaves `!'()*` as they are.
 */
export function percentEncode(value: string): string {
  if (unreserved.test(value)) return value
  return encodeURIComponent(value).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}
