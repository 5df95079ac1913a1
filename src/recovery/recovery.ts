import type { ReplayClient, WebhooksClient } from '../client/account-activity-client.ts'
import type { ReplayCallOptions, ReplayEndpoint } from '../endpoints/v2/create-replay.ts'
import type { Clock } from '../internal/clock.ts'
import type { Sleep } from '../internal/timers.ts'
import type { Receiver } from '../receiver/receiver.ts'
import type { ReplayRules } from '../replay/replay-rules.ts'
import type { RecoveryStore } from '../stores/recovery/recovery-store.ts'
import type { RecoveryHandlers, RecoveryStep, TimeSpan } from './recovery-step.ts'

/** What a recovery needs of a client: those of v2 and of enterprise have it. */
export interface RecoveryClient {
  readonly webhooks: Pick<WebhooksClient, 'list' | 'validate'>
  readonly replay: ReplayClient<ReplayCallOptions>
}

/** How a recovery is set up. */
export interface RecoveryOptions {
  readonly client: RecoveryClient
  /** The webhook that the receiver stands behind. */
  readonly webhookId: string
  /** Where deliveries and the ends of replay jobs come in. Its dedupe store is what makes a replay harmless. */
  readonly receiver: Pick<Receiver, 'on' | 'onAny'>
  /** Where heartbeats, and what is still to be recovered, survive the process. */
  readonly store: RecoveryStore
  /** What to do at which step. */
  readonly on?: RecoveryHandlers
  /**
   * Is told of what goes wrong in the background: the store failed, or X refused for good. Without it, that goes to
   * `console.error`.
   */
  readonly onError?: (error: unknown) => unknown
  /** Milliseconds between two heartbeats: 15,000 unless set. */
  readonly heartbeatMs?: number
  /**
   * How long without a heartbeat is an outage, in milliseconds: 60,000 unless set. Where X tries again by itself for
   * some minutes, it may be longer.
   */
  readonly gapMs?: number
  /** Milliseconds between two looks at the webhook by {@link Recovery.start}: 300,000 unless set. */
  readonly checkMs?: number
  /**
   * Whether {@link Recovery.start} has X ask the webhook for a CRC answer at each look, and takes a failure for an
   * outage: `false` unless set. It notices a server that runs but cannot be reached; but X invalidates at once a webhook
   * that answers with a redirect or a wrong token.
   */
  readonly probe?: boolean
  /** Minutes before an outage that are replayed with it, for what was under way: 10 unless set. */
  readonly marginMinutes?: number
  /** The longest window that is asked for at a time, in minutes: 120 unless set, as X advises. */
  readonly windowMinutes?: number
  /** How often a span is tried before it is given up: 3 unless set. From the second time on in halves. */
  readonly maxAttempts?: number
  /** How long a job may take, in milliseconds, before it is taken for lost: 1,800,000 unless set. */
  readonly jobTimeoutMs?: number
  /** Milliseconds until a call is tried again that X has refused for now: 60,000 unless set. */
  readonly retryMs?: number
  /** What X demands of a window: `v2ReplayRules` unless set, `enterpriseReplayRules` for the enterprise client. */
  readonly rules?: ReplayRules
  /** Which of the two endpoints of v2 is asked; the documented one unless set. */
  readonly endpoint?: ReplayEndpoint
  /** The time in milliseconds since 1970; `Date.now` unless set. */
  readonly now?: Clock
  /** Waits; a timer unless set. */
  readonly sleep?: Sleep
}

/** How a recovery is run. */
export interface RunOptions {
  /** Ends it; what is left is found in the store by the next. */
  readonly signal?: AbortSignal
}

/** Notices outages, and has X replay what was missed. */
export interface Recovery {
  /**
   * Recovers what there is to recover, step by step, and ends when nothing is left; at once when nothing was missed.
   * To leave the loop is to stop the recovery. There is one run at a time.
   *
   * @throws ApiError when X refuses for good: `WebhookIdInvalid`, `Unauthorized` …
   * @throws the reason of `signal` when it fires.
   */
  run(options?: RunOptions): AsyncGenerator<RecoveryStep, void, undefined>
  /**
   * Watches from now on, until the function it returns is called or `signal` fires: records heartbeats, looks at the
   * webhook, and recovers whenever something was missed. The function resolves when everything has come to rest.
   */
  start(options?: RunOptions): () => Promise<void>
  /** Has a span replayed of which you know that events were missed: handlers failed, a proxy lost them. */
  report(span: TimeSpan): Promise<void>
  /** Takes its handlers off the receiver, and stops what runs. */
  close(): Promise<void>
}
