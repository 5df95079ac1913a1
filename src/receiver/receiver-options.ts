import type { Awaitable } from '../internal/awaitable.ts'
import type { Clock } from '../internal/clock.ts'
import type { DedupeStore } from '../stores/dedupe/dedupe-store.ts'
import type { Inbox } from '../stores/inbox/inbox.ts'
import type { ErrorHandler, Handlers } from './handler.ts'
import type { ReceiverHooks } from './hooks.ts'

/** One secret, or several while it is being rotated: any of them verifies, the first answers the CRC. */
export type Secret = string | readonly string[]

/** A secret, or a function that fetches it each time it is needed. */
export type SecretSource = Secret | (() => Awaitable<Secret>)

/** How a receiver is set up. */
export interface ReceiverOptions {
  /** The consumer secret ("API key secret") of the app that owns the webhook. */
  readonly consumerSecret: SecretSource
  /**
   * The OAuth 2.0 client secret, for apps that have one: it checks the `x-twitter-webhooks-signature-oauth2` header,
   * which then alone decides wherever it is present, and it answers the CRC.
   */
  readonly clientSecret?: SecretSource
  /** What to do about which event; more can be added with `receiver.on`. */
  readonly on?: Handlers
  /**
   * `guarded` (the default) answers only what looks like a token of X's; `signed` also demands X's signature over the
   * query of the CRC request, which X's v1.1 documentation describes.
   */
  readonly crc?: 'guarded' | 'signed'
  /**
   * When X is answered. `after-handlers` (the default without an inbox): when every handler has finished, so that X sends
   * again what failed. `after-accept`: as soon as the delivery stands in the `inbox`, for handlers slower than X waits.
   *
   * Without an inbox, `after-accept` answers at once and handles afterwards, in memory: what then fails, or is under way
   * when the process ends, comes back only by a replay.
   */
  readonly ack?: 'after-handlers' | 'after-accept'
  /**
   * Keeps what was accepted until it is handled, through crashes and restarts. It knows which events it has had, so
   * `dedupe` is consulted only where it is given too. It is handed out from as soon as there is a handler, and yours to
   * close, after the receiver.
   */
  readonly inbox?: Inbox
  /** How many events out of the inbox are handled here at a time: 10 unless set; with 0, other processes do the work. */
  readonly workers?: number
  /** Where handled events are remembered; in the memory of this process unless given. */
  readonly dedupe?: DedupeStore
  /**
   * `account`: the events for one account are handled one after the other, in the order in which they came. Any other
   * order is `none`, the default. What failed and is sent again by X takes its place when it comes again.
   */
  readonly order?: 'none' | 'account'
  /**
   * How long the handlers of a delivery have, in milliseconds, until their `signal` fires. With `after-handlers` X is then
   * answered with 500, and sends again; handlers that go on all the same keep their event until they have ended, so that
   * they do not run twice at a time. 2,500 unless set, for X's older API waits 3 seconds, the newer one 10; with
   * `after-accept`, where nobody waits, 60,000, and no more than the inbox allows.
   */
  readonly handlerTimeoutMs?: number
  /** How many deliveries are under way at a time: 10,000 unless set. More are answered with 503, and X sends them again. */
  readonly maxConcurrentDeliveries?: number
  /** The largest body that is read, in bytes: 1,048,576 unless set. Deliveries are a few thousand. */
  readonly maxBodyBytes?: number
  /** How long a body may take to arrive, in milliseconds: 5,000 unless set. A slower one is answered with 408. */
  readonly bodyTimeoutMs?: number
  /** Is told of every error; without one, errors other than refused requests go to `console.error`. */
  readonly onError?: ErrorHandler
  /** For logs and metrics: told of each decision. */
  readonly hooks?: ReceiverHooks
  /** Where the time comes from: milliseconds since 1970. `Date.now` unless set. */
  readonly now?: Clock
}
