import type { Awaitable } from '../internal/awaitable.ts'
import type { Clock } from '../internal/clock.ts'
import type { DedupeStore } from '../stores/dedupe/dedupe-store.ts'
import type { Inbox } from '../stores/inbox/inbox.ts'
import type { ActivityHandlers } from './handlers/activity-handlers.ts'
import type { ErrorHandler } from './handlers/handler.ts'
import type { Handlers } from './handlers/handlers.ts'
import type { ReceiverHooks } from './hooks.ts'

/** One secret, or several while you replace it: any of them verifies a delivery, the first one answers the CRC. */
export type Secret = string | readonly string[]

/** A secret, or a function that returns it, or a promise of it: see `secretTtlMs`. */
export type SecretSource = Secret | (() => Awaitable<Secret>)

/** How a receiver is set up. */
export interface ReceiverOptions {
  /**
   * The consumer secret ("API key secret") of the app that owns the webhook. Give a function to read it only when the
   * first request comes: `() => process.env.X_CONSUMER_SECRET ?? ''`.
   */
  readonly consumerSecret: SecretSource
  /**
   * The OAuth 2.0 client secret, if the app has one. It checks the header `x-twitter-webhooks-signature-oauth2`, which
   * then alone decides wherever it is present, and it answers the CRC.
   *
   * @defaultValue none: only the older header is checked
   */
  readonly clientSecret?: SecretSource | undefined
  /**
   * Refuses deliveries without the newer signature header, whatever the older one says. Needs `clientSecret`. Otherwise
   * anyone who knows only the consumer secret can forge a delivery by leaving the newer header out.
   *
   * @defaultValue false
   */
  readonly requireOAuth2Signature?: boolean | undefined
  /**
   * How long a secret that a function promised is used, in milliseconds; a secret that a function returns is read each
   * time. A signature that does not match has it fetched again, at most every five seconds, so that a new one is found.
   *
   * @defaultValue 60_000
   */
  readonly secretTtlMs?: number | undefined
  /** The handlers, by type of event. `receiver.on` adds more later. */
  readonly on?: Handlers | undefined
  /**
   * The handlers, by kind of activity: one form for the events of the Account Activity API and of the X Activity API, so that
   * one handler serves both. `receiver.onActivity` adds more later.
   *
   * Each activity is handled once, also when both APIs deliver it: posts, deletions, messages and revocations have the same
   * `key` in both. The key is claimed beside the id of the event. With an `inbox` that cannot do that (`claimsKeys`), give a
   * `dedupe` store too.
   */
  readonly onActivity?: ActivityHandlers | undefined
  /**
   * Which CRC requests are answered. `guarded`: those with a token that has the form of X's. `signed`: only those that
   * also carry X's signature over their query, which X's v1.1 documentation describes.
   *
   * @defaultValue 'guarded'
   */
  readonly crc?: 'guarded' | 'signed' | undefined
  /**
   * When X is answered. `after-handlers`: when every handler has finished, so that X sends again what failed.
   * `after-accept`: when the delivery is in the `inbox`, for handlers that need longer than X waits.
   *
   * `after-accept` without an inbox answers first and handles afterwards, in memory. What then fails, or is not finished
   * when the process ends, comes back only by a replay.
   *
   * @defaultValue 'after-accept' with an `inbox`, else 'after-handlers'
   */
  readonly ack?: 'after-handlers' | 'after-accept' | undefined
  /**
   * Keeps accepted events until they are handled, through crashes and restarts. It removes duplicates itself, so `dedupe`
   * is used only if you give it too. Its items are handed out as soon as there is a handler. It is yours to close, after
   * the receiver.
   *
   * @defaultValue none
   */
  readonly inbox?: Inbox | undefined
  /**
   * How many items of the inbox are handled here at the same time. With 0, other processes handle them.
   *
   * @defaultValue 10
   */
  readonly workers?: number | undefined
  /**
   * Where handled events are remembered.
   *
   * @defaultValue `createMemoryDedupeStore()`: the memory of this process
   */
  readonly dedupe?: DedupeStore | undefined
  /**
   * How long the dedupe store, the inbox and a function that fetches a secret may take to answer, in milliseconds. After
   * that the delivery is answered with 500, and X sends it again. A CRC is answered or refused within 2.5 seconds.
   *
   * @defaultValue 1_000
   */
  readonly storeTimeoutMs?: number | undefined
  /**
   * `account`: the events for one account are handled one after the other, in the order in which they came. An event that
   * failed and that X sends again is handled when it comes again. `none`: in any order.
   *
   * @defaultValue 'none'
   */
  readonly order?: 'none' | 'account' | undefined
  /**
   * How long the handlers of a delivery have, in milliseconds, until their `signal` fires. With `after-handlers` X is then
   * answered with 500, and sends the delivery again. Handlers that go on keep their event until they end, so that they
   * never run twice at the same time; in a dedupe store outside the process, their claim is renewed until they end. X's older API waits 3 seconds, the newer one 10. An inbox can allow less.
   *
   * @defaultValue 2_500 with `after-handlers`, 60_000 with `after-accept`
   */
  readonly handlerTimeoutMs?: number | undefined
  /**
   * How many deliveries may be in progress at the same time. More are answered with 503, and X sends them again.
   *
   * @defaultValue 10_000
   */
  readonly maxConcurrentDeliveries?: number | undefined
  /**
   * How many deliveries may wait for their body or for the secret at the same time. More are answered with 503. They do
   * not count as deliveries in progress, because anyone can send them.
   *
   * @defaultValue 1_000
   */
  readonly maxUnverifiedDeliveries?: number | undefined
  /**
   * The largest body that is read, in bytes. A larger one is answered with 413. Deliveries have a few thousand bytes.
   *
   * @defaultValue 1_048_576
   */
  readonly maxBodyBytes?: number | undefined
  /**
   * How many events a delivery may have. A delivery with more is answered with 413, and none of its events is handled. X
   * sends one event per delivery.
   *
   * @defaultValue 1_000
   */
  readonly maxEventsPerDelivery?: number | undefined
  /**
   * How long a body may take to arrive, in milliseconds. A slower one is answered with 408.
   *
   * @defaultValue 5_000
   */
  readonly bodyTimeoutMs?: number | undefined
  /**
   * Called with every error.
   *
   * @defaultValue writes to `console.error`, refused requests only once for each reason
   */
  readonly onError?: ErrorHandler | undefined
  /** Called with a report of each decision, for logs and metrics. */
  readonly hooks?: ReceiverHooks | undefined
  /**
   * The clock: milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: Clock | undefined
}
