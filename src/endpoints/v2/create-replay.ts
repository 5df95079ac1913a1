import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId, assertOneOf } from '../../internal/assert.ts'
import type { ReplayWindowInput } from '../../replay/read-replay-window.ts'
import type { Api, CallOptions } from '../api.ts'
import { readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { type ReplayJob, replayDates, replayJob } from '../replay-job.ts'

/** The two endpoints that X has for replay. */
export type ReplayEndpoint = 'account_activity' | 'webhooks'

/** What a replay is asked with. */
export interface ReplayCallOptions extends CallOptions {
  /**
   * Which of X's two endpoints is asked: the documented one of the Account Activity API unless set, or the newer
   * `/2/webhooks/replay`. It is never switched for the other one.
   */
  readonly endpoint?: ReplayEndpoint
}

const endpoint = 'replay.create'

const notFoundHints: Readonly<Record<ReplayEndpoint, string>> = {
  account_activity:
    "X has nothing at /2/account_activity/replay, which its API description no longer lists: check the webhook id, or ask the newer endpoint with { endpoint: 'webhooks' }",
  webhooks:
    "X has nothing at /2/webhooks/replay: check the webhook id, or ask the documented endpoint with { endpoint: 'account_activity' }",
}

/**
 * `POST /2/account_activity/replay/webhooks/{id}/subscriptions/all`, or `POST /2/webhooks/replay`. After an answer that
 * was lost it is not sent again: the conflict that X would answer with may be with this job or with another.
 */
export async function createReplay(
  { transport, app }: Api,
  webhookId: string,
  window: ReplayWindowInput,
  options: ReplayCallOptions = {},
): Promise<ReplayJob> {
  assertId(webhookId, 'webhookId')
  const signal = readSignal(options)
  const { endpoint: chosen = 'account_activity' } = options
  assertOneOf(chosen, ['account_activity', 'webhooks'], 'endpoint')
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    ...target(chosen, webhookId, replayDates(window)),
    authorizer: app,
    isIdempotent: false,
    notFoundHint: notFoundHints[chosen],
    signal,
  })
  return readResponse(endpoint, answer, replayJob)
}

function target(chosen: ReplayEndpoint, webhookId: string, dates: ReturnType<typeof replayDates>) {
  return chosen === 'webhooks'
    ? { path: '/2/webhooks/replay', json: { webhook_id: webhookId, ...dates } }
    : { path: path`/2/account_activity/replay/webhooks/${webhookId}/subscriptions/all`, query: dates }
}
