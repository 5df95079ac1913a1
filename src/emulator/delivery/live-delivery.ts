import type { DeliveryRecord } from '../outbox/outbox.ts'
import type { Platform } from '../platform.ts'
import type { Message } from '../state/event-log.ts'
import type { State } from '../state/state.ts'
import type { AppState, RetryState, WebhookState } from '../state/tables.ts'

/** An event that just happened, for one webhook. */
export interface LiveEvent {
  readonly webhook: WebhookState
  readonly app: AppState
  readonly message: Message
}

/** Delivers an event, and schedules a retry when the delivery fails and the retry policy has a further attempt. */
export function deliverLive(platform: Platform, event: LiveEvent, attempt = 1): Promise<DeliveryRecord> {
  const { webhook, app, message } = event
  return platform.outbox.deliver({
    kind: 'live',
    webhook,
    secrets: app,
    message,
    timeoutMs: answerTimeoutMs(webhook),
    attempt,
    retry: (now) => planRetry(platform, event, { attempt: attempt + 1, now }),
  })
}

/** How long X waits for a webhook to answer. It is shorter for webhooks of version 1.1. */
export function answerTimeoutMs({ isVersion1 }: WebhookState): number {
  return isVersion1 ? 3000 : 10_000
}

/** Schedules the retries of a saved state. */
export function resumeRetries(platform: Platform): void {
  for (const retry of platform.state.retries.values()) scheduleRetry(platform, retry)
}

/** Plans the next attempt, and returns its time. Returns `undefined` when the retry policy has no further attempt. */
function planRetry(
  platform: Platform,
  { webhook, message }: LiveEvent,
  { attempt, now }: { attempt: number; now: number },
): number | undefined {
  const { retries, counters, state } = platform
  const gap = retries[attempt - 2]
  if (gap === undefined) return undefined
  counters.retries += 1
  const retry = { id: String(counters.retries), at: now + gap, webhookId: webhook.id, message, attempt }
  state.retries.set(retry.id, retry)
  scheduleRetry(platform, retry)
  return retry.at
}

function scheduleRetry(platform: Platform, retry: RetryState): void {
  platform.scheduler.schedule(retry.at, () => {
    platform.state.retries.delete(retry.id)
    const event = findDeliverable(platform, retry)
    return event && attemptRetry(platform, event, retry.attempt)
  })
}

/** A webhook that is invalid now may be valid at the next attempt. */
function attemptRetry(platform: Platform, event: LiveEvent, attempt: number): unknown {
  if (event.webhook.valid) return deliverLive(platform, event, attempt)
  return planRetry(platform, event, { attempt: attempt + 1, now: platform.clock.now() })
}

/** The event of a retry. `undefined` when the webhook or the subscription was deleted. */
function findDeliverable({ state }: Platform, { webhookId, message }: RetryState): LiveEvent | undefined {
  const webhook = state.webhooks.get(webhookId)
  const app = state.apps.get(webhook?.appId ?? '')
  return webhook && app && isSubscribed(state, webhook, message) ? { webhook, app, message } : undefined
}

/** Whether the subscription or the link of a message exists. A message without one, such as a revocation, is always deliverable. */
function isSubscribed(state: State, webhook: WebhookState, { api, forUserId, subscriptionId }: Message): boolean {
  if (api === 'activity') return subscriptionId === undefined || state.activitySubscriptions.has(subscriptionId)
  if (api === 'filtered_stream') return webhook.streamLink !== undefined
  return forUserId === undefined || webhook.subscribers.has(forUserId)
}
