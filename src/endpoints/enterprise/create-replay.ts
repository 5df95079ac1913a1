import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { ReplayWindowInput } from '../../replay/read-replay-window.ts'
import { enterpriseReplayRules } from '../../replay/replay-rules.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { jobMayRun, type ReplayJob, replayDates, replayJob } from '../replay-job.ts'
import type { LegacyApi } from '../v1/legacy-api.ts'

const endpoint = 'replay.create'

/**
 * `POST /1.1/account_activity/replay/webhooks/{id}/subscriptions/all.json`. It is not sent again after a lost response:
 * X would report a conflict, which could mean this job or another one.
 *
 * @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
 */
export async function createReplay(
  { transport, app }: Pick<LegacyApi, 'transport' | 'app'>,
  webhookId: string,
  window: ReplayWindowInput,
  options: CallOptions = {},
): Promise<ReplayJob> {
  assertId(webhookId, 'webhookId')
  const callOptions = readCallOptions(options)
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: path`/1.1/account_activity/replay/webhooks/${webhookId}/subscriptions/all.json`,
    query: replayDates(window, { now: transport.now(), rules: enterpriseReplayRules }),
    authorizer: app,
    isIdempotent: false,
    lostResponseHint: jobMayRun,
    // For a webhook that is marked invalid, X sends the code of a failed CRC, with another message.
    reasonsByCode: { 34: 'WebhookIdInvalid', 214: 'CrcValidationFailed' },
    ...callOptions,
  })
  return readResponse(endpoint, response, replayJob)
}
