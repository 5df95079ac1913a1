import OAuth from 'oauth-1.0a'
import { hmacSha1 } from '#hmac'
import { assertInteger, assertObject, assertText, kindOf } from '../internal/assert.ts'
import { parseHttpUrl } from '../internal/http-url.ts'
import { assertAppCredentials, assertUserCredentials, type OAuth1Credentials } from './credentials.ts'
import { percentEncode } from './percent-encode.ts'

/** The request to sign. A JSON body takes no part in the signature. */
export interface OAuth1Request {
  /** The HTTP method; `get` and `GET` are the same. */
  readonly method: string
  /** The whole URL, query included: absolute, http or https. A fragment is left out, as it never travels. */
  readonly url: string | URL
  /** The parameters of an `application/x-www-form-urlencoded` body, decoded; an array for a repeated one. */
  readonly form?: Readonly<Record<string, string | readonly string[]>>
}

/** What is drawn or left out unless it is given. */
export interface OAuth1Options {
  /** A text that no other request with this timestamp has; 32 random hexadecimal digits unless given. */
  readonly nonce?: string
  /** Seconds since 1970; now, unless given. */
  readonly timestamp?: number
  /** `oauth_callback`: where X sends the user back to, or `oob` for a PIN. */
  readonly callback?: string
  /** `oauth_verifier`: what X sent the user back with. */
  readonly verifier?: string
  /** The realm of the header; it is not signed. */
  readonly realm?: string
  /** Whether `oauth_version="1.0"` is sent: yes, unless `false`. X wants it, RFC 5849 makes it optional. */
  readonly version?: boolean
}

type Parameters = Record<string, string | string[]>

/**
 * The value of the `Authorization` header that signs a request by OAuth 1.0a with HMAC-SHA1.
 *
 * RFC 5849 in full: repeated and empty parameters, `+` and `%20`, `=` in values, encoded names, parameters that stand in
 * both the query and the body, default ports, upper-case hosts, non-ASCII. Nothing that is passed in is changed.
 *
 * @param credentials - The app's keys; with `accessToken` and `accessTokenSecret`, on behalf of that user.
 * @throws TypeError when something is missing or of the wrong type.
 * @throws RangeError when the URL is not absolute, a key or secret is empty or has white space at its ends, or the
 * request already carries one of the `oauth_` parameters that the header is made of.
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

/** oauth-1.0a for the base string and the signing key, made quicker, and safe for a parameter called `__proto__`. */
class Signer extends OAuth {
  override percentEncode(text: string): string {
    return percentEncode(text)
  }

  override mergeObject<T, U>(first: T, second: U): T & U {
    return Object.assign(Object.create(null), first, second)
  }

  // Not in the library's types, but a method that its base string is made with.
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
  const { nonce = randomNonce(), timestamp = Math.floor(Date.now() / 1000), callback, verifier, version = true } = options
  assertWord(nonce, 'nonce')
  assertInteger(timestamp, 'timestamp')
  if (callback !== undefined) assertWord(callback, 'callback')
  if (verifier !== undefined) assertWord(verifier, 'verifier')
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
  // The library types the timestamp as a number, and the version as always there; it reads both as text.
  return parameters as unknown as OAuth.Data
}

/** Query and body together, decoded, since a parameter that stands in both is a repeated one. */
function collectParameters(url: URL, form: OAuth1Request['form'], protocol: object): Parameters {
  const parameters: Parameters = Object.create(null)
  const add = (name: string, value: string) => {
    assertNotProtocol(name, protocol)
    const known = parameters[name]
    parameters[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value]
  }
  for (const [name, value] of url.searchParams) add(name, value)
  for (const [name, values] of formEntries(form)) for (const value of values) add(name, value)
  return parameters
}

function formEntries(form: OAuth1Request['form']): [string, readonly string[]][] {
  if (form === undefined) return []
  assertObject(form, 'form')
  return Object.entries(form).map(([name, value]) => {
    const values: readonly string[] = Array.isArray(value) ? value : [value]
    for (const one of [name, ...values]) assertSignable(one, 'form')
    return [name, values]
  })
}

/** The server would see the parameter twice, which RFC 5849 (section 3.1) forbids, and refuse the signature. */
function assertNotProtocol(name: string, protocol: object): void {
  if (Object.hasOwn(protocol, name) || name === 'oauth_signature') {
    throw new RangeError(`"${name}" must not stand in the query or the form: it is part of the Authorization header`)
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
    if (key !== undefined) assertSignable(key, 'credentials')
  }
}

function checkMethod(method: unknown): string {
  assertText(method, 'method')
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) throw new RangeError('"method" must be an HTTP method')
  return method.toUpperCase()
}

function assertWord(value: unknown, label: string): asserts value is string {
  assertText(value, label)
  assertSignable(value, label)
}

/** Half of a surrogate pair has no UTF-8, and so no signature. */
function assertSignable(value: unknown, label: string): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`"${label}" must hold strings, got ${kindOf(value)}`)
  if (!value.isWellFormed()) throw new RangeError(`"${label}" must be well-formed Unicode`)
}

/** 122 random bits; runtimes draw UUIDs in stock, and so much faster than any other random values. */
function randomNonce(): string {
  return crypto.randomUUID().replaceAll('-', '')
}
