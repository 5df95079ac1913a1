import type { Platform } from './platform.ts'
import type { Window } from './replay-window.ts'
import type { AppState, WebhookState } from './state.ts'
import { wireJson } from './wire-json.ts'

/** A replay job that X has taken on. */
export interface ReplayJob {
  readonly id: string
  readonly webhook: WebhookState
  readonly app: AppState
  readonly window: Window
}

const incomplete = 'Job failed to deliver all events, please retry your replay job'

/** Brings back what happened in the window, oldest first and each event once, then tells that it is done. */
export async function runReplayJob(platform: Platform, job: ReplayJob): Promise<void> {
  const { webhook, window } = job
  const secret = job.app.consumerSecret
  const events = webhook.log.between(window.from, window.to)
  const received = await Promise.all(
    events.map(({ message }) => platform.outbox.deliver({ kind: 'replay', webhook, secret, ...message })),
  )
  // Free before the receiver is told: it may well ask for the next window at once.
  webhook.replaying = false
  await tellStatus(platform, job, received.every(Boolean))
}

async function tellStatus({ outbox }: Platform, { id, webhook, app }: ReplayJob, complete: boolean): Promise<void> {
  const replay_job_status = {
    webhook_id: webhook.id,
    job_state: complete ? 'Complete' : 'Incomplete',
    job_state_description: complete ? 'Job completed successfully' : incomplete,
    job_id: id,
  }
  const body = wireJson({ replay_job_status })
  await outbox.deliver({ kind: 'replay_job_status', webhook, secret: app.consumerSecret, body })
}
