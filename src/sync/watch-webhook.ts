import type { WebhooksClient } from '../client/account-activity-client.ts'
import { assertFunction, assertId, assertInteger, assertMethods, assertObject } from '../internal/assert.ts'
import { withAsyncDispose } from '../internal/async-dispose.ts'
import { writeToConsole } from '../internal/console.ts'
import { notify } from '../internal/emit.ts'
import { longestTimer, resolveOnAbort, type Sleep, sleep as timer } from '../internal/timers.ts'
import { checkWebhook, type WebhookHealth } from './check-webhook.ts'

/** Options of `watchWebhook`. */
export interface WatchWebhookOptions {
  /** The id of the webhook: 1 to 19 digits. */
  readonly webhookId: string
  /**
   * Milliseconds between two checks: 1 to 2,147,483,647. A check is one call to X, or three if the webhook is invalid.
   *
   * @defaultValue 600_000
   */
  readonly everyMs?: number | undefined
  /**
   * Called with the result of each check. What it returns or throws is ignored.
   *
   * @defaultValue not called
   */
  readonly onCheck?: ((health: WebhookHealth) => unknown) | undefined
  /**
   * Called with the error of a check that failed. The next check is made as planned. What it returns or throws is ignored.
   *
   * @defaultValue `console.error`
   */
  readonly onError?: ((error: unknown) => unknown) | undefined
  /**
   * Stops the checks.
   *
   * @defaultValue never aborted
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Waits for a number of milliseconds, or until the signal aborts.
   *
   * @defaultValue a timer of the runtime
   */
  readonly sleep?: Sleep | undefined
}

/** Stops the checks of a webhook. */
export interface WebhookWatcher extends AsyncDisposable {
  /** Stops the checks, and resolves when the check in progress has ended. */
  (): Promise<void>
  /** Does the same at the end of a block with `await using watcher = watchWebhook(…)`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Checks a webhook regularly, beginning now, and has X validate it whenever it is invalid: X delivers nothing to an
 * invalid webhook. `createRecovery` does this too, so use it for programs without a recovery.
 *
 * @returns A function that stops the checks, and resolves when the check in progress has ended. With `await using`, it is
 * called at the end of the block.
 * @throws TypeError or RangeError when an argument is wrong.
 * @see https://docs.x.com/x-api/webhooks/introduction
 *
 * @example
 * import type { Client } from 'x-account-activity'
 * import { watchWebhook } from 'x-account-activity/sync'
 *
 * function keepValid(client: Client, webhookId: string): () => Promise<void> {
 *   return watchWebhook(client, {
 *     webhookId,
 *     onCheck: (health) => console.log(health.wasValid ? 'valid' : 'was invalid'),
 *   })
 * }
 */
export function watchWebhook(
  client: { readonly webhooks: Pick<WebhooksClient, 'list' | 'validate'> },
  options: WatchWebhookOptions,
): WebhookWatcher {
  assertObject(client, 'client')
  assertMethods(client.webhooks, 'client.webhooks', ['list', 'validate'])
  assertObject(options, 'options')
  const { webhookId, everyMs = 600_000, onCheck, onError = writeToConsole, sleep = timer } = options
  assertId(webhookId, 'webhookId')
  assertInteger(everyMs, 'everyMs', { min: 1, max: longestTimer })
  if (onCheck !== undefined) assertFunction(onCheck, 'onCheck')
  assertFunction(onError, 'onError')
  assertFunction(sleep, 'sleep')

  const stopped = new AbortController()
  const signal = options.signal === undefined ? stopped.signal : AbortSignal.any([stopped.signal, options.signal])
  const wait = resolveOnAbort(sleep)
  const checkUntilAborted = async () => {
    while (!signal.aborted) {
      try {
        notify(onCheck, await checkWebhook(client, webhookId, { signal }))
      } catch (error) {
        if (!signal.aborted) notify(onError, error)
      }
      await wait(everyMs, signal)
    }
  }
  const ended = checkUntilAborted()
  const stop = async () => {
    stopped.abort()
    await ended
  }
  return withAsyncDispose(stop, stop)
}
