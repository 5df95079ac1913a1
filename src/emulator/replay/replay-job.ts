import { replayJobStatusBody } from '../../payloads/account-activity/bodies.ts'
import { wireJson } from '../../payloads/wire-json.ts'
import { answerTimeoutMs } from '../delivery/live-delivery.ts'
import type { OutgoingDelivery } from '../outbox/outbox.ts'
import type { Platform } from '../platform.ts'
import type { LoggedEvent, Message } from '../state/event-log.ts'
import type { AppState, ReplayWindow, WebhookState } from '../state/tables.ts'

/** A replay job that X has accepted. */
export interface ReplayJob {
  readonly id: string
  readonly webhook: WebhookState
  readonly app: AppState
  readonly window: ReplayWindow
  /** Whether the job delivers the events of all APIs. Otherwise it delivers those of the Account Activity API only. */
  readonly allApis: boolean
}

/**
 * Delivers the events of the window again, oldest first and each once, and then sends the status of the job. It includes
 * the events of users whose subscription was deleted since.
 */
export async function runReplayJob(platform: Platform, job: ReplayJob): Promise<void> {
  const { webhook, window, allApis } = job
  const events = webhook.log
    .between(window.from, window.to)
    .filter(({ message }) => allApis || message.api === 'account_activity')
  const delivered = await Promise.all(events.map((event) => redeliver(platform, job, event)))
  // Before the status is sent: the receiver may ask for the next window when it receives the status.
  webhook.replaying = false
  await sendStatus(platform, job, delivered.every(Boolean))
}

/** Delivers an event again, and returns whether it was received. A webhook that is invalid or deleted gets nothing. */
async function redeliver(platform: Platform, job: ReplayJob, { message }: LoggedEvent): Promise<boolean> {
  if (!isDeliverable(platform, job.webhook)) return false
  const { outcome } = await platform.outbox.deliver({
    ...deliveryTarget(job),
    kind: 'replay',
    message: replayed(message),
  })
  return outcome === 'delivered'
}

/** X marks what it delivers again, except the events of the Account Activity API. */
function replayed(message: Message): Message {
  return message.api === 'account_activity'
    ? message
    : { ...message, body: `${message.body.slice(0, -1)},"meta":{"replay":true}}` }
}

async function sendStatus(platform: Platform, job: ReplayJob, isComplete: boolean): Promise<void> {
  const { id, webhook } = job
  if (!isDeliverable(platform, webhook)) return
  const body = wireJson(replayJobStatusBody({ webhookId: webhook.id, jobId: id, isComplete }))
  const message = { api: 'account_activity' as const, body }
  await platform.outbox.deliver({ ...deliveryTarget(job), kind: 'replay_job_status', message })
}

function deliveryTarget({ webhook, app }: ReplayJob): Pick<OutgoingDelivery, 'webhook' | 'secrets' | 'timeoutMs'> {
  return { webhook, secrets: app, timeoutMs: answerTimeoutMs(webhook) }
}

function isDeliverable({ state }: Platform, webhook: WebhookState): boolean {
  return webhook.valid && state.webhooks.get(webhook.id) === webhook
}
