import { checkWebhook, type WebhookHealth } from '../../sync/check-webhook.ts'
import { breakDown, mend, reach } from '../state/outages.ts'
import { patiently, type RunContext, waitUntil } from './run-context.ts'
import { toDates } from './step-reporter.ts'

const longestWaitMs = 600_000

/**
 * Waits until X can reach the webhook. Where it could not, that was an outage, which began when X was last seen to.
 *
 * @param options - `probe`: whether to have X ask for a CRC answer even if the webhook counts as valid.
 */
export async function awaitWebhook(
  work: RunContext,
  { probe = false }: { readonly probe?: boolean } = {},
): Promise<void> {
  const { settings, journal, signal } = work
  for (let failures = 0; ; failures += 1) {
    const health = await patiently(work, () =>
      checkWebhook(settings.client, settings.webhookId, { probe: probe || failures > 0, signal }),
    )
    await note(work, health)
    if (health.isValid) return
    journal.say({ type: 'webhook', valid: false, ...('error' in health && { error: health.error }) })
    const waitMs = Math.max(settings.retryMs, Math.min(settings.retryMs * 2 ** failures, longestWaitMs))
    await waitUntil(work, 'webhook_invalid', settings.now() + waitMs)
  }
}

async function note(
  { settings, ledger, journal }: RunContext,
  { isValid, wasValid, wasReached }: WebhookHealth,
): Promise<void> {
  const now = settings.now()
  if (!isValid) {
    await ledger.change((state) => ({ state: breakDown(state, now) }))
    return
  }
  const { outage } = await ledger.change((state) => {
    if (!wasValid) return mend(breakDown(state, now), now, settings)
    if (state.brokenSince !== undefined) return mend(state, now, settings)
    return { state: wasReached ? reach(state, now) : state, outage: undefined }
  })
  if (outage === undefined) return
  journal.say({ type: 'outage', cause: 'webhook_invalid', ...toDates(outage) })
  journal.say({ type: 'webhook', valid: true })
}
