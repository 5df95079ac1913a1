import type { Platform } from '../platform.ts'
import type { AppState, ReplayState, WebhookState } from '../state/state.ts'
import { challengeWebhook } from '../webhooks/challenge.ts'
import { type ReplayJob, runReplayJob } from './replay-job.ts'
import type { ReplayWindow } from './replay-window.ts'

/** What is to be brought back, and for whom. */
export interface ReplayRequest {
  readonly app: AppState
  readonly webhook: WebhookState
  readonly window: ReplayWindow
}

/** A job that was taken on, or why it was not. */
export type StartedReplay =
  | { readonly id: string }
  | { readonly reason: 'ReplayConflictError' | 'CrcValidationFailed'; readonly details: string }

/** Starts a replay job once the webhook has passed a challenge; one job at a time for each webhook. */
export async function startReplay(platform: Platform, { app, webhook, window }: ReplayRequest): Promise<StartedReplay> {
  if (webhook.replaying) {
    return { reason: 'ReplayConflictError', details: 'A replay job is already running for this webhook' }
  }
  // Before the challenge, so that of two requests at once only one gets a job.
  webhook.replaying = true
  const problem = await challengeForReplay(platform, webhook, app)
  if (problem !== undefined) {
    webhook.replaying = false
    return { reason: 'CrcValidationFailed', details: problem }
  }
  const id = platform.nextId()
  startJob(platform, { id, webhook, app, window })
  return { id }
}

/** At once, or when the time that a job takes has passed. */
function startJob(platform: Platform, job: ReplayJob): void {
  const { state, pendingTasks, clock, replay } = platform
  if (replay.takesMs === 0) {
    void pendingTasks.track(() => runReplayJob(platform, job))
    return
  }
  const { id, webhook, window } = job
  const planned = { id, at: clock.now() + replay.takesMs, webhookId: webhook.id, window }
  state.replays.set(id, planned)
  scheduleJob(platform, planned)
}

/** Goes on with the jobs that a saved state has. */
export function resumeReplays(platform: Platform): void {
  for (const planned of platform.state.replays.values()) {
    const webhook = platform.state.webhooks.get(planned.webhookId)
    if (webhook) webhook.replaying = true
    scheduleJob(platform, planned)
  }
}

function scheduleJob(platform: Platform, { id, at, webhookId, window }: ReplayState): void {
  const { state, scheduler } = platform
  scheduler.schedule(at, () => {
    state.replays.delete(id)
    const webhook = state.webhooks.get(webhookId)
    const app = state.apps.get(webhook?.appId ?? '')
    return webhook && app && runReplayJob(platform, { id, webhook, app, window })
  })
}

async function challengeForReplay(
  platform: Platform,
  webhook: WebhookState,
  app: AppState,
): Promise<string | undefined> {
  if (!webhook.valid) return 'The webhook is invalid and must be validated first'
  const crc = await challengeWebhook(platform, webhook, app)
  return crc.passed ? undefined : crc.details
}
