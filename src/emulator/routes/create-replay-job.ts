import { challengeWebhook } from '../crc.ts'
import { v2Date } from '../dates.ts'
import { failure, invalidRequest, ok, webhookIdInvalid } from '../problems.ts'
import { runReplayJob } from '../replay-job.ts'
import { readWindow, type Window } from '../replay-window.ts'
import type { AppCall, Route } from '../router.ts'
import type { WebhookState } from '../state.ts'
import { readFields } from './read-fields.ts'
import { findWebhook } from './webhook-data.ts'

/**
 * The documented path. X's prose and two versions of its description show three shapes of the answer; this is the
 * one of the last description that had this path.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export const createActivityReplay: Route = {
  method: 'POST',
  path: '/2/account_activity/replay/webhooks/:webhook_id/subscriptions/all',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
  async answer(call) {
    const query = call.request.url.searchParams
    const dates = { from: query.get('from_date') ?? '', to: query.get('to_date') ?? '' }
    const job = await startJob(call, findWebhook(call), dates)
    return job instanceof Response ? job : ok(job)
  },
}

/**
 * The newer path.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 */
export const createWebhookReplay: Route = {
  method: 'POST',
  path: '/2/webhooks/replay',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
  async answer(call) {
    const fields = readFields(call.request.body, ['webhook_id', 'from_date', 'to_date'])
    if (typeof fields === 'string') return invalidRequest(fields)
    const dates = { from: fields.from_date, to: fields.to_date }
    const job = await startJob(call, findWebhook(call, fields.webhook_id), dates)
    return job instanceof Response ? job : ok({ data: job })
  },
}

async function startJob(
  call: AppCall,
  webhook: WebhookState | undefined,
  dates: { from: string; to: string },
): Promise<Response | { job_id: string; created_at: string }> {
  if (!webhook) return webhookIdInvalid()
  const window = readWindow(dates, call.platform.clock.now())
  if (typeof window === 'string') return failure('QueryParamInvalid', window)
  if (webhook.replaying) return failure('ReplayConflictError', 'A replay job is already running for this webhook')
  // Before the challenge, so that of two requests at once only one gets a job.
  webhook.replaying = true
  const problem = await challengeForReplay(call, webhook)
  if (problem) {
    webhook.replaying = false
    return failure('CrcValidationFailed', problem)
  }
  return launch(call, webhook, window)
}

async function challengeForReplay({ platform, app }: AppCall, webhook: WebhookState): Promise<string | undefined> {
  if (!webhook.valid) return 'The webhook is invalid and must be validated first'
  const crc = await challengeWebhook(platform, webhook, app.consumerSecret)
  return crc.passed ? undefined : crc.details
}

function launch({ platform, app }: AppCall, webhook: WebhookState, window: Window) {
  const id = platform.nextId()
  void platform.outbox.track(() => runReplayJob(platform, { id, webhook, app, window }))
  return { job_id: id, created_at: v2Date(platform.clock.now()) }
}
