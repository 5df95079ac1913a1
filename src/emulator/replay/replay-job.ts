import { answerTimeout } from '../delivery/live-delivery.ts'
import type { OutgoingDelivery } from '../outbox/outbox.ts'
import { wireJson } from '../payloads/wire-json.ts'
import type { Platform } from '../platform.ts'
import type { LoggedEvent } from '../state/event-log.ts'
import type { AppState, WebhookState } from '../state/state.ts'
import type { ReplayWindow } from './replay-window.ts'

/** A replay job that X has taken on. */
export interface ReplayJob {
  readonly id: string
  readonly webhook: WebhookState
  readonly app: AppState
  readonly window: ReplayWindow
}

const incomplete = 'Job failed to deliver all events, please retry your replay job'

/**
 * Brings back what happened in the window, oldest first and each event once, then tells that it is done. Whoever was
 * subscribed when it happened need not be any more.
 */
export async function runReplayJob(platform: Platform, job: ReplayJob): Promise<void> {
  const { webhook, window } = job
  const events = webhook.log.between(window.from, window.to)
  const received = await Promise.all(events.map((event) => redeliver(platform, job, event)))
  // Free before the receiver is told: it may well ask for the next window at once.
  webhook.replaying = false
  await sendStatus(platform, job, received.every(Boolean))
}

/** True when it was received. Nothing goes to a webhook that has become invalid or was deleted meanwhile. */
async function redeliver(platform: Platform, job: ReplayJob, { message }: LoggedEvent): Promise<boolean> {
  const { webhook } = job
  if (!isDeliverable(platform, webhook)) return false
  const { outcome } = await platform.outbox.deliver({ ...deliveryTarget(job), kind: 'replay', message })
  return outcome === 'delivered'
}

async function sendStatus(platform: Platform, job: ReplayJob, complete: boolean): Promise<void> {
  const { id, webhook } = job
  if (!isDeliverable(platform, webhook)) return
  const replay_job_status = {
    webhook_id: webhook.id,
    job_state: complete ? 'Complete' : 'Incomplete',
    job_state_description: complete ? 'Job completed successfully' : incomplete,
    job_id: id,
  }
  const message = { body: wireJson({ replay_job_status }) }
  await platform.outbox.deliver({ ...deliveryTarget(job), kind: 'replay_job_status', message })
}

function deliveryTarget({ webhook, app }: ReplayJob): Pick<OutgoingDelivery, 'webhook' | 'secrets' | 'timeoutMs'> {
  return { webhook, secrets: app, timeoutMs: answerTimeout(webhook) }
}

function isDeliverable({ state }: Platform, webhook: WebhookState): boolean {
  return webhook.valid && state.webhooks.get(webhook.id) === webhook
}
