import type { OAuth2UserCredentials, UserCredentials, UserSource } from '../auth/credentials.ts'
import type { Call } from '../http/call.ts'
import type { RetryOptions } from '../http/retry.ts'
import type { TransportOptions } from '../http/transport.ts'
import { assertInteger, assertObject, kindOf } from '../internal/assert.ts'
import { longestTimer } from '../internal/timers.ts'

/** The options that every call takes as its last argument. */
export interface CallOptions {
  /**
   * Aborts the whole call: before a request is sent, while X has not responded, and during the wait before a retry. The
   * call then rejects with a `TransportError` whose `reason` is `aborted`.
   *
   * @defaultValue no signal: the call ends by itself, see `timeoutMs` and `retry` of the client
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Timeout of one attempt of this call in milliseconds: an integer from 1 to 2_147_483_647.
   *
   * @defaultValue the `timeoutMs` of the client
   */
  readonly timeoutMs?: number | undefined
  /**
   * When and how often this call is retried. A number sets only the `limit`; `false` disables retries. What is left out
   * is taken from the `retry` of the client.
   *
   * @defaultValue the `retry` of the client
   */
  readonly retry?: RetryOptions | number | false | undefined
  /**
   * Headers to send in addition, for example to a proxy. `authorization`, `content-type`, `content-length` and `host`
   * cannot be set. Errors do not show their values.
   *
   * @defaultValue no additional headers
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * The options of a call in user context.
 *
 * @typeParam User - The kinds of user token that the API version accepts.
 */
export interface UserCallOptions<User = UserCredentials | OAuth2UserCredentials> extends CallOptions {
  /**
   * The user that the call acts for: credentials, or a function that fetches them.
   *
   * @defaultValue the `user` of the client; if the client has none, the call throws a `TypeError`
   */
  readonly user?: UserSource<User> | undefined
}

/** The options of a call about tokens: they reach X without a client, so they have the options of a client as well. */
export interface OAuthCallOptions extends TransportOptions, CallOptions {}

const credentialNames = ['accessToken', 'accessTokenSecret', 'bearerToken']
const commonOptions = ['signal', 'timeoutMs', 'retry', 'headers']

/**
 * Checks the options of a call and returns the part that `call` needs.
 *
 * @param more - The names of the other options that the call has.
 * @throws TypeError if an option is not one of this call. Otherwise credentials in the wrong place would be ignored, and
 * the call would act for another user.
 */
export function readCallOptions(
  options: CallOptions,
  more: readonly string[] = [],
): Pick<Call, 'signal' | 'timeoutMs' | 'retry' | 'headers'> {
  assertObject(options, 'options')
  const allowed = [...commonOptions, ...more]
  const given = options as Readonly<Record<string, unknown>>
  // Inherited members too, and the getters of a class: `options` may be a user whose credentials are such members.
  const names = new Set(credentialNames)
  for (const name in given) names.add(name)
  for (const name of names) {
    if (!allowed.includes(name) && given[name] !== undefined) throw new TypeError(explainUnknown(name, allowed))
  }
  const { timeoutMs, retry } = options
  if (timeoutMs !== undefined) assertInteger(timeoutMs, 'timeoutMs', { min: 1, max: longestTimer })
  return { ...readSignalAndHeaders(options), timeoutMs, retry }
}

/** The part of the options of a call about tokens that is not read by `createTransport`. */
export function readSignalAndHeaders(options: CallOptions): Pick<Call, 'signal' | 'headers'> {
  assertObject(options, 'options')
  return { signal: readSignal(options.signal), headers: readHeaders(options.headers) }
}

/** The name is shown only if it is an identifier: otherwise it could be a secret that was passed as a string. */
function explainUnknown(name: string, allowed: readonly string[]): string {
  const list = allowed.map((known) => `"${known}"`).join(', ')
  if (credentialNames.includes(name) && allowed.includes('user')) {
    return `"${name}" is not an option of this call. Pass the credentials in the option "user": { user: { ${name}, … } }.`
  }
  const label = /^[A-Za-z_]{1,40}$/.test(name) ? `"${name}"` : 'One of the given options'
  return `${label} is not an option of this call. Its options are ${list}.`
}

/** Objects that look like an `AbortSignal` pass: some runtimes bring their own class. */
function readSignal(signal: unknown): AbortSignal | undefined {
  if (signal === undefined) return undefined
  const { aborted, addEventListener } = Object(signal) as Partial<AbortSignal>
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return signal as AbortSignal
  throw new TypeError(`"signal" must be an AbortSignal, got ${kindOf(signal)}`)
}

const reservedHeaders = ['authorization', 'content-type', 'content-length', 'host']

function readHeaders(headers: CallOptions['headers']): Readonly<Record<string, string>> | undefined {
  if (headers === undefined) return undefined
  assertObject(headers, 'headers')
  if (Symbol.iterator in headers) throw new TypeError('"headers" must be a plain object of strings')
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (typeof value !== 'string') throw new TypeError(`"headers" must hold strings, got ${kindOf(value)}`)
      if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
        throw new RangeError('"headers" must have names of HTTP headers')
      if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
        throw new RangeError('"headers" must have values without line breaks')
      if (!reservedHeaders.includes(name.toLowerCase())) return [name.toLowerCase(), value]
      throw new RangeError(`"headers" must not have "${name}": the client sets it`)
    }),
  )
}
