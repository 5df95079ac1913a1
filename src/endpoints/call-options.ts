import type { OAuth2UserCredentials, UserCredentials, UserSource } from '../auth/credentials.ts'
import type { TransportOptions } from '../http/transport.ts'
import { assertObject, kindOf } from '../internal/assert.ts'

/** The options that every call takes as its last argument. */
export interface CallOptions {
  /**
   * Aborts the whole call: before a request is sent, while X has not responded, and during the wait before a retry. The
   * call then rejects with a `TransportError` whose `reason` is `aborted`.
   *
   * @defaultValue no signal: the call ends by itself, see `timeoutMs` and `retry` of the client
   */
  readonly signal?: AbortSignal | undefined
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

/** Checks and returns `signal`. Objects that look like an `AbortSignal` pass: some runtimes bring their own class. */
export function readSignal(options: CallOptions): AbortSignal | undefined {
  assertObject(options, 'options')
  const { signal } = options
  if (signal === undefined) return undefined
  const { aborted, addEventListener } = Object(signal) as Partial<AbortSignal>
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return signal
  throw new TypeError(`"signal" must be an AbortSignal, got ${kindOf(signal)}`)
}
