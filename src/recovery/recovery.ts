import type { ReplayClient, WebhooksClient } from '../client/account-activity-client.ts'
import type { ReplayEndpoint } from '../endpoints/replay-job.ts'
import type { ReplayCallOptions } from '../endpoints/v2/create-replay.ts'
import type { Clock } from '../internal/clock.ts'
import type { Sleep } from '../internal/timers.ts'
import type { Receiver } from '../receiver/receiver.ts'
import type { ReplayRules } from '../replay/replay-rules.ts'
import type { RecoveryStore } from '../stores/recovery/recovery-store.ts'
import type { RecoveryStatus } from './recovery-status.ts'
import type { RecoveryHandlers, RecoveryStep, TimeSpan } from './recovery-step.ts'

/** The part of a client that a recovery uses. The v2 client and the enterprise client have it. */
export interface RecoveryClient {
  /** Lists webhooks, and has X validate one. */
  readonly webhooks: Pick<WebhooksClient, 'list' | 'validate'>
  /** Creates replay jobs. */
  readonly replay: ReplayClient<ReplayCallOptions>
}

/** Options of `createRecovery`. */
export interface RecoveryOptions {
  /** Makes the calls to X: a v2 or an enterprise client. */
  readonly client: RecoveryClient
  /** The id of the webhook whose deliveries the receiver gets: 1 to 19 digits. */
  readonly webhookId: string
  /**
   * Receives the replayed deliveries, and the events that report the end of a replay job. The recovery observes it, and adds
   * no handler. Its dedupe store must remember
   * events for as long as a replay reaches back (24 hours in v2, five days in the enterprise API): a replay delivers
   * events again that were handled before.
   */
  readonly receiver: Pick<Receiver, 'observe'>
  /**
   * Keeps the heartbeats, and what is still to be replayed, when the process ends. Any number of processes may share it, if it
   * has `compareAndSet`.
   */
  readonly store: RecoveryStore
  /**
   * What the process does. A `receiver` is reached by X: when no receiver is alive, that is an outage. A `worker` only handles
   * what an inbox hands out.
   *
   * @defaultValue `receiver`
   */
  readonly role?: 'receiver' | 'worker' | undefined
  /**
   * Functions that are called with the steps of the recovery.
   *
   * @defaultValue no handlers
   */
  readonly on?: RecoveryHandlers | undefined
  /**
   * Called with errors in the background: the store failed, or X refused a call of {@link Recovery.start} for good. What
   * it returns or throws is ignored.
   *
   * @defaultValue `console.error`
   */
  readonly onError?: ((error: unknown) => unknown) | undefined
  /**
   * Milliseconds between two heartbeats: 1 to 2,147,483,647, and less than `gapMs`.
   *
   * @defaultValue 15_000
   */
  readonly heartbeatMs?: number | undefined
  /**
   * A longer time without a heartbeat is an outage, in milliseconds: up to 2,147,483,647, and more than `heartbeatMs`.
   *
   * @defaultValue 60_000
   */
  readonly gapMs?: number | undefined
  /**
   * How long X tries a delivery again that is answered with 500 or 503, in milliseconds: 1 to 2,147,483,647. Deliveries that
   * fail for longer are an outage. X documents about five minutes for v1.1 enterprise, and no number for v2.
   *
   * @defaultValue 300_000
   * @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
   */
  readonly deliveryRetryMs?: number | undefined
  /**
   * How long the inbox keeps what no worker handles: its `retentionMs`, in milliseconds, 1 to 2,147,483,647. When no worker
   * is alive for longer, that is an outage. It has no effect without a process of the role `worker`.
   *
   * @defaultValue 90_000_000, which is 25 hours
   */
  readonly inboxRetentionMs?: number | undefined
  /**
   * How long a call of the store may take, in milliseconds: 1 to 2,147,483,647. Then the call counts as failed.
   *
   * @defaultValue 10_000
   */
  readonly storeTimeoutMs?: number | undefined
  /**
   * Milliseconds between two checks of the webhook by {@link Recovery.start}: 1 to 2,147,483,647.
   *
   * @defaultValue 300_000
   */
  readonly checkMs?: number | undefined
  /**
   * Whether {@link Recovery.start} asks X for a CRC at each check, and treats a failed one as an outage. This notices a
   * server that runs but cannot be reached. Note that X invalidates a webhook immediately when it answers a CRC with a
   * redirect or a wrong token.
   *
   * @defaultValue false
   */
  readonly probe?: boolean | undefined
  /**
   * Minutes before an outage that are replayed with it, for deliveries that were in progress when it began: 0 to 1,440.
   *
   * @defaultValue 10
   */
  readonly marginMinutes?: number | undefined
  /**
   * The longest window of one replay job, in minutes: 1 to 1,440. X recommends about two hours.
   *
   * @defaultValue 120
   */
  readonly windowMinutes?: number | undefined
  /**
   * How many times a window is tried before it is given up as lost: 1 to 10. After a failed attempt the window is tried
   * again as two halves.
   *
   * @defaultValue 3
   */
  readonly maxAttempts?: number | undefined
  /**
   * How long to wait for the end of a replay job, in milliseconds: 1 to 2,147,483,647. Then the window is tried again.
   *
   * @defaultValue 1_800_000
   */
  readonly jobTimeoutMs?: number | undefined
  /**
   * Milliseconds until a call is made again that X refused for now, when X does not say how long to wait: 1 to
   * 2,147,483,647.
   *
   * @defaultValue 60_000
   */
  readonly retryMs?: number | undefined
  /**
   * The windows that X accepts. Pass `enterpriseReplayRules` with an enterprise client.
   *
   * @defaultValue `v2ReplayRules`
   */
  readonly rules?: ReplayRules | undefined
  /**
   * Which of the two v2 endpoints creates the replay jobs.
   *
   * @defaultValue the default of `client.replay.create`
   */
  readonly endpoint?: ReplayEndpoint | undefined
  /**
   * Returns the current time in milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: Clock | undefined
  /**
   * Waits for a number of milliseconds, or until the signal aborts.
   *
   * @defaultValue a timer of the runtime
   */
  readonly sleep?: Sleep | undefined
}

/** Options of {@link Recovery.run} and {@link Recovery.start}. */
export interface RunOptions {
  /**
   * Stops the run. The next run continues with what the store holds.
   *
   * @defaultValue never aborted
   */
  readonly signal?: AbortSignal | undefined
}

/** Notices outages of a receiver, and asks X to replay the events that it missed. */
export interface Recovery extends AsyncDisposable {
  /**
   * Recovers everything that there is to recover now, and yields each step. It ends when nothing is left, and
   * immediately when nothing was missed. Leaving the loop stops the recovery. Runs never overlap: a second one waits for
   * the first.
   *
   * @throws ApiError when X refuses for good, with reason `WebhookIdInvalid`, `Unauthorized` or `Forbidden`, for example.
   * When the cap of the plan is used up, `limitedBy` of the error is `usage_cap`.
   * @throws the reason of `signal` when it aborts.
   *
   * @example
   * import type { Recovery } from 'x-account-activity/recovery'
   *
   * async function recoverNow(recovery: Recovery): Promise<void> {
   *   for await (const step of recovery.run()) console.log(step.type, step.progress)
   * }
   */
  run(options?: RunOptions): AsyncGenerator<RecoveryStep, void, undefined>
  /**
   * Starts to record heartbeats and to check the webhook, and recovers whenever something was missed. It continues until
   * the returned function is called or `signal` aborts. Call it once the receiver answers requests: X sends a CRC
   * before each replay job.
   *
   * @returns A function that stops it, and resolves when it has ended.
   *
   * @example
   * import type { Recovery } from 'x-account-activity/recovery'
   *
   * function recoverInBackground(recovery: Recovery): void {
   *   const stop = recovery.start()
   *   process.once('SIGTERM', () => void stop())
   * }
   */
  start(options?: RunOptions): () => Promise<void>
  /**
   * Adds an outage that a recovery cannot notice by itself: for example, handlers failed for longer than X retries. The
   * next run replays it. Resolves when the outage is in the store.
   *
   * @throws TypeError when `from` or `to` is not a `Date`.
   * @throws RangeError when `from` is not before `to`, or `to` is in the future.
   */
  report(span: TimeSpan): Promise<void>
  /**
   * What the recovery knows: a plain object for a health endpoint. It is as fresh as the last heartbeat of this process, so it
   * is empty before the first run.
   */
  status(): RecoveryStatus
  /** Stops all runs, and stops observing the receiver. Resolves when all runs have ended. */
  close(): Promise<void>
  /** Calls `close()` at the end of a block with `await using recovery = createRecovery(…)`. */
  [Symbol.asyncDispose](): Promise<void>
}
