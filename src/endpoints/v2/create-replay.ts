import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId, assertOneOf } from '../../internal/assert.ts'
import type { ReplayWindowInput } from '../../replay/read-replay-window.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readSignal } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { type ReplayJob, replayDates, replayJob } from '../replay-job.ts'

/**
 * The two replay endpoints of v2.
 *
 * - `account_activity`: `POST /2/account_activity/replay/webhooks/{id}/subscriptions/all`, the documented endpoint.
 * - `webhooks`: `POST /2/webhooks/replay`, the newer endpoint. It includes the last minute of the window.
 */
export type ReplayEndpoint = 'account_activity' | 'webhooks'

/** The options of `replay.create` in v2. */
export interface ReplayCallOptions extends CallOptions {
  /**
   * The endpoint to call. The client does not try the other endpoint if this one fails.
   *
   * @defaultValue `account_activity`
   */
  readonly endpoint?: ReplayEndpoint | undefined
}

const endpoint = 'replay.create'

const notFoundHints: Readonly<Record<ReplayEndpoint, string>> = {
  account_activity:
    "X has nothing at /2/account_activity/replay, which its API description no longer lists. Check the webhook id, or use the newer endpoint with { endpoint: 'webhooks' }.",
  webhooks:
    "X has nothing at /2/webhooks/replay. Check the webhook id, or use the documented endpoint with { endpoint: 'account_activity' }.",
}

/**
 * `POST /2/account_activity/replay/webhooks/{id}/subscriptions/all`, or `POST /2/webhooks/replay`. It is not sent again
 * after a lost response: X would report a conflict, which could mean this job or another one.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
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
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    ...target(chosen, webhookId, replayDates(window)),
    authorizer: app,
    isIdempotent: false,
    notFoundHint: notFoundHints[chosen],
    signal,
  })
  return readResponse(endpoint, response, replayJob)
}

function target(chosen: ReplayEndpoint, webhookId: string, dates: ReturnType<typeof replayDates>) {
  return chosen === 'webhooks'
    ? { path: '/2/webhooks/replay', json: { webhook_id: webhookId, ...dates } }
    : { path: path`/2/account_activity/replay/webhooks/${webhookId}/subscriptions/all`, query: dates }
}
