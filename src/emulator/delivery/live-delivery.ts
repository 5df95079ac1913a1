import type { DeliveryRecord } from '../outbox/outbox.ts'
import type { Platform } from '../platform.ts'
import type { Message } from '../state/event-log.ts'
import type { AppState, RetryState, WebhookState } from '../state/state.ts'

/** Something that happened, on its way to one webhook. */
export interface LiveEvent {
  readonly webhook: WebhookState
  readonly app: AppState
  readonly message: Message
}

/** Delivers what happened, and tries again as often as the platform does. */
export function deliverLive(platform: Platform, event: LiveEvent, attempt = 1): Promise<DeliveryRecord> {
  const { webhook, app, message } = event
  return platform.outbox.deliver({
    kind: 'live',
    webhook,
    secrets: app,
    message,
    timeoutMs: answerTimeout(webhook),
    attempt,
    retry: (now) => scheduleRetry(platform, event, { attempt: attempt + 1, now }),
  })
}

/** How long X waits until a webhook has answered: v1.1 gives it less time. */
export function answerTimeout({ environment }: WebhookState): number {
  return environment === undefined ? 10_000 : 3000
}

/** When X tries again, if it does. */
function scheduleRetry(
  platform: Platform,
  event: LiveEvent,
  { attempt, now }: { attempt: number; now: number },
): number | undefined {
  const { retries, counters, state } = platform
  const gap = retries[attempt - 2]
  if (gap === undefined) return undefined
  counters.retries += 1
  const planned = {
    id: String(counters.retries),
    at: now + gap,
    webhookId: event.webhook.id,
    message: event.message,
    attempt,
  }
  state.retries.set(planned.id, planned)
  startRetryTimer(platform, planned)
  return planned.at
}

/** Goes on with the retries that a saved state has. */
export function resumeRetries(platform: Platform): void {
  for (const planned of platform.state.retries.values()) startRetryTimer(platform, planned)
}

function startRetryTimer(platform: Platform, planned: RetryState): void {
  platform.scheduler.schedule(planned.at, () => {
    platform.state.retries.delete(planned.id)
    const event = findDeliverable(platform, planned)
    return event && retry(platform, event, planned.attempt)
  })
}

/** An invalid webhook may be valid the next time. */
function retry(platform: Platform, event: LiveEvent, attempt: number): unknown {
  if (event.webhook.valid) return deliverLive(platform, event, attempt)
  return scheduleRetry(platform, event, { attempt: attempt + 1, now: platform.clock.now() })
}

/** What nobody is subscribed to any more is not tried again. */
function findDeliverable({ state }: Platform, { webhookId, message }: RetryState): LiveEvent | undefined {
  const webhook = state.webhooks.get(webhookId)
  const app = state.apps.get(webhook?.appId ?? '')
  const isWanted = message.forUserId === undefined || webhook?.subscribers.has(message.forUserId)
  return webhook && app && isWanted ? { webhook, app, message } : undefined
}
