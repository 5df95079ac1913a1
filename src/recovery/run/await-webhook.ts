import { minuteMs } from '../../internal/clock.ts'
import { checkWebhook, type WebhookHealth } from '../../sync/check-webhook.ts'
import { recordReachable, recordReached, recordUnreachable } from '../state/outages.ts'
import { callWithRetries, type RunContext, waitUntil } from './run-context.ts'
import { toDates } from './step-reporter.ts'

const longestWaitMs = 10 * minuteMs

/**
 * Waits until X can reach the webhook. If X could not, that is an outage, which began when X last reached it.
 *
 * @param options - `probe`: whether to ask X for a CRC even if X lists the webhook as valid.
 */
export async function awaitWebhook(
  context: RunContext,
  { probe = false }: { readonly probe?: boolean } = {},
): Promise<void> {
  const { settings, reporter, signal } = context
  for (let failures = 0; ; failures += 1) {
    const health = await callWithRetries(context, () =>
      checkWebhook(settings.client, settings.webhookId, { probe: probe || failures > 0, signal }),
    )
    await recordHealth(context, health)
    if (health.isValid) return
    reporter.report({ type: 'webhook', valid: false, ...('error' in health && { error: health.error }) })
    const waitMs = Math.max(settings.retryMs, Math.min(settings.retryMs * 2 ** failures, longestWaitMs))
    await waitUntil(context, 'webhook_invalid', settings.now() + waitMs)
  }
}

async function recordHealth(
  { settings, persisted, reporter }: RunContext,
  { isValid, wasValid, wasReached }: WebhookHealth,
): Promise<void> {
  const now = settings.now()
  if (!isValid) {
    await persisted.update((state) => ({ state: recordUnreachable(state, now) }))
    return
  }
  const { outage } = await persisted.update((state) => {
    if (!wasValid) return recordReachable(recordUnreachable(state, now), now, settings)
    if (state.brokenSince !== undefined) return recordReachable(state, now, settings)
    return { state: wasReached ? recordReached(state, now) : state, outage: undefined }
  })
  if (outage === undefined) return
  reporter.report({ type: 'outage', cause: 'webhook_invalid', ...toDates(outage) })
  reporter.report({ type: 'webhook', valid: true })
}
