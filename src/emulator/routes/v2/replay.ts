import { v2Date } from '../../../payloads/dates.ts'
import { failure, invalidRequest, ok, webhookIdInvalid } from '../../api/problems.ts'
import { type AppCall, type AppRoute, appOnly } from '../../api/route.ts'
import { readWindow, type WindowRules, webhookReplayWindow } from '../../replay/replay-window.ts'
import { startReplay } from '../../replay/start-replay.ts'
import type { WebhookState } from '../../state/tables.ts'
import { findWebhook } from '../find-webhook.ts'
import { readFields } from './read-fields.ts'

/**
 * The older path. X's guide and two versions of its OpenAPI description show three forms of the answer. This is the
 * form of the last description that has this path.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export const createActivityReplay: AppRoute = {
  method: 'POST',
  path: '/2/account_activity/replay/webhooks/:webhook_id/subscriptions/all',
  isOffered: ({ replay }) => replay.endpoints.includes('account_activity'),
  ...appOnly,
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
export const createWebhookReplay: AppRoute = {
  method: 'POST',
  path: '/2/webhooks/replay',
  isOffered: ({ replay }) => replay.endpoints.includes('webhooks'),
  ...appOnly,
  rate: 100,
  async answer(call) {
    const fields = readFields(call.request.body, ['webhook_id', 'from_date', 'to_date'])
    if (typeof fields === 'string') return invalidRequest(fields)
    const dates = { from: fields.from_date, to: fields.to_date }
    const job = await startJob(call, findWebhook(call, fields.webhook_id), dates, {
      rules: webhookReplayWindow,
      allApis: true,
    })
    return job instanceof Response ? job : ok({ data: job })
  },
}

/** Starts a replay job, or returns the refusal. */
async function startJob(
  { platform, app }: AppCall,
  webhook: WebhookState | undefined,
  dates: { from: string; to: string },
  { rules, allApis = false }: { rules?: WindowRules; allApis?: boolean } = {},
): Promise<Response | { job_id: string; created_at: string }> {
  if (!webhook) return webhookIdInvalid()
  const window = readWindow(dates, platform.clock.now(), rules)
  if ('rule' in window) return failure('QueryParamInvalid', window.details)
  const started = await startReplay(platform, { app, webhook, window, allApis })
  if ('reason' in started) return failure(started.reason, started.details)
  return { job_id: started.id, created_at: v2Date(platform.clock.now()) }
}
