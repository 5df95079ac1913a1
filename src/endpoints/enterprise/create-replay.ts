import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { ReplayWindowInput } from '../../replay/read-replay-window.ts'
import type { CallOptions } from '../api.ts'
import { readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { type ReplayJob, replayDates, replayJob } from '../replay-job.ts'
import type { LegacyApi } from '../v1/legacy-api.ts'

const endpoint = 'replay.create'

/**
 * `POST /1.1/account_activity/replay/webhooks/{id}/subscriptions/all.json`. After an answer that was lost it is not sent
 * again: the conflict that X would answer with may be with this job or with another.
 */
export async function createReplay(
  { transport, app }: Pick<LegacyApi, 'transport' | 'app'>,
  webhookId: string,
  window: ReplayWindowInput,
  options: CallOptions = {},
): Promise<ReplayJob> {
  assertId(webhookId, 'webhookId')
  const signal = readSignal(options)
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    path: path`/1.1/account_activity/replay/webhooks/${webhookId}/subscriptions/all.json`,
    query: replayDates(window),
    authorizer: app,
    isIdempotent: false,
    // A webhook that is marked invalid is told by the code of a failed CRC, in other words.
    reasonsByCode: { 34: 'WebhookIdInvalid', 214: 'CrcValidationFailed' },
    signal,
  })
  return readResponse(endpoint, answer, replayJob)
}
