import type { Platform } from '../platform.ts'
import type { AppState, ReplayState, ReplayWindow, WebhookState } from '../state/tables.ts'
import { challengeWebhook } from '../webhooks/challenge.ts'
import { type ReplayJob, runReplayJob } from './replay-job.ts'

/** A replay job to be started. */
export interface NewReplay {
  readonly app: AppState
  readonly webhook: WebhookState
  readonly window: ReplayWindow
  /** Whether the job delivers the events of all APIs. */
  readonly allApis: boolean
}

/** The id of the job that was started, or why none was. */
export type StartedReplay =
  | { readonly id: string }
  | { readonly reason: 'ReplayConflictError' | 'CrcValidationFailed'; readonly details: string }

/** Starts a replay job when the webhook passes a challenge. A webhook has one job at a time. */
export async function startReplay(
  platform: Platform,
  { app, webhook, window, allApis }: NewReplay,
): Promise<StartedReplay> {
  if (webhook.replaying) {
    return { reason: 'ReplayConflictError', details: 'A replay job is already running for this webhook' }
  }
  // Before the challenge, so that only one of two concurrent requests gets a job.
  webhook.replaying = true
  const problem = await challengeForReplay(platform, webhook, app)
  if (problem !== undefined) {
    webhook.replaying = false
    return { reason: 'CrcValidationFailed', details: problem }
  }
  const id = platform.nextId()
  startJob(platform, { id, webhook, app, window, allApis })
  return { id }
}

/** Schedules the replay jobs of a saved state. */
export function resumeReplays(platform: Platform): void {
  for (const replay of platform.state.replays.values()) {
    const webhook = platform.state.webhooks.get(replay.webhookId)
    if (webhook) webhook.replaying = true
    scheduleJob(platform, replay)
  }
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

/** Runs the job now, or after the time that the option `replay` sets. */
function startJob(platform: Platform, job: ReplayJob): void {
  const { state, pendingTasks, clock, replay } = platform
  if (replay.takesMs === 0) {
    void pendingTasks.track(() => runReplayJob(platform, job))
    return
  }
  const { id, webhook, window, allApis } = job
  const planned = { id, at: clock.now() + replay.takesMs, webhookId: webhook.id, window, allApis }
  state.replays.set(id, planned)
  scheduleJob(platform, planned)
}

function scheduleJob(platform: Platform, { id, at, webhookId, window, allApis }: ReplayState): void {
  const { state, scheduler } = platform
  scheduler.schedule(at, () => {
    state.replays.delete(id)
    const webhook = state.webhooks.get(webhookId)
    const app = state.apps.get(webhook?.appId ?? '')
    return webhook && app && runReplayJob(platform, { id, webhook, app, window, allApis })
  })
}
