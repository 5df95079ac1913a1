import type { WebhooksClient } from '../client/account-activity-client.ts'
import { assertFunction, assertId, assertInteger, assertMethods, assertObject } from '../internal/assert.ts'
import { writeToConsole } from '../internal/console.ts'
import { notify } from '../internal/notify.ts'
import { endsOnAbort, longestTimer, type Sleep, sleep as timer } from '../internal/timers.ts'
import { checkWebhook, type WebhookHealth } from './check-webhook.ts'

/** How a webhook is watched. */
export interface WatchWebhookOptions {
  readonly webhookId: string
  /** Milliseconds between two looks: 600,000 unless set. A look is one call, three where the webhook is invalid. */
  readonly everyMs?: number
  /** Is told what each look found. What it returns or throws changes nothing. */
  readonly onCheck?: (health: WebhookHealth) => unknown
  /** Is told of looks that failed; the next one comes as planned. Without it, that goes to `console.error`. */
  readonly onError?: (error: unknown) => unknown
  /** Ends it. */
  readonly signal?: AbortSignal
  /** Waits; a timer unless set. */
  readonly sleep?: Sleep
}

/**
 * Looks at a webhook now and on a schedule, and has X validate it again whenever it is found invalid: X delivers nothing
 * to an invalid webhook. A recovery does this by itself; this is for programs without one.
 *
 * @returns A function that ends it, and resolves when the last look has come to rest.
 * @throws TypeError or RangeError when an option is wrong.
 * @see https://docs.x.com/x-api/webhooks/introduction
 *
 * @example
 * import type { Client } from 'x-account-activity'
 * import { watchWebhook } from 'x-account-activity/recovery'
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
): () => Promise<void> {
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
  const watch = async () => {
    while (!signal.aborted) {
      try {
        notify(onCheck, await checkWebhook(client, webhookId, { signal }))
      } catch (error) {
        if (!signal.aborted) notify(onError, error)
      }
      await endsOnAbort(sleep)(everyMs, signal)
    }
  }
  const watching = watch()
  return async () => {
    stopped.abort()
    await watching
  }
}
