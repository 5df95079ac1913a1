import { isApiError } from '../../errors/guards.ts'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId, assertOneOf } from '../../internal/assert.ts'
import { minuteMs } from '../../internal/clock.ts'
import { formatReplayDate } from '../../replay/format-replay-date.ts'
import { parseReplayDate } from '../../replay/parse-replay-date.ts'
import type { ReplayWindowInput } from '../../replay/read-replay-window.ts'
import { v2ReplayRules } from '../../replay/replay-rules.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { jobMayRun, type ReplayEndpoint, type ReplayJob, replayDates, replayJob } from '../replay-job.ts'

/** The options of `replay.create` in v2. */
export interface ReplayCallOptions extends CallOptions {
  /**
   * The endpoint to call. If it is set, the client does not try the other endpoint.
   *
   * @defaultValue `webhooks`; if the server does not have it, `account_activity`, which the client then remembers
   */
  readonly endpoint?: ReplayEndpoint | undefined
}

const endpoint = 'replay.create'

const notFoundHints: Readonly<Record<ReplayEndpoint, string>> = {
  account_activity:
    "X has nothing at /2/account_activity/replay, which its API description no longer lists. Check the webhook id, or use the newer endpoint with { endpoint: 'webhooks' }.",
  webhooks:
    "X has nothing at /2/webhooks/replay. Check the webhook id, or use the older endpoint with { endpoint: 'account_activity' }.",
}

const missingBothHint =
  'The server has neither /2/webhooks/replay nor /2/account_activity/replay. Check the base URL (the option "baseUrl"), and whether the plan of the app includes replay.'

/**
 * `POST /2/webhooks/replay`, or `POST /2/account_activity/replay/webhooks/{id}/subscriptions/all` on a server without it.
 * It is not sent again after a lost response: X would report a conflict, which could mean this job or another one.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export async function createReplay(
  api: Api,
  webhookId: string,
  window: ReplayWindowInput,
  options: ReplayCallOptions = {},
): Promise<ReplayJob> {
  assertId(webhookId, 'webhookId')
  const callOptions = readCallOptions(options, ['endpoint'])
  const { endpoint: chosen } = options
  if (chosen !== undefined) assertOneOf(chosen, ['account_activity', 'webhooks'], 'endpoint')
  const dates = replayDates(window, { now: api.transport.now(), rules: v2ReplayRules })
  const ask = async (which: ReplayEndpoint, notFoundHint: string): Promise<ReplayJob> => {
    const response = await call(api.transport, {
      endpoint,
      method: 'POST',
      ...target(which, webhookId, dates),
      authorizer: api.app,
      isIdempotent: false,
      lostResponseHint: jobMayRun,
      notFoundHint,
      ...callOptions,
    })
    return readResponse(endpoint, response, replayJob)
  }
  const known = chosen ?? api.replayEndpoint.known
  return known === undefined ? askBoth(api, ask) : ask(known, notFoundHints[known])
}

type Ask = (which: ReplayEndpoint, notFoundHint: string) => Promise<ReplayJob>

/** Asks the newer endpoint, and then the older one if the server does not have the newer one. */
async function askBoth({ transport, replayEndpoint }: Api, ask: Ask): Promise<ReplayJob> {
  try {
    return await ask('webhooks', notFoundHints.webhooks)
  } catch (error) {
    if (!isPathMissing(error)) throw error
  }
  transport.emit.fallback(() => ({
    endpoint,
    missingPath: '/2/webhooks/replay',
    usedPath: '/2/account_activity/replay',
  }))
  try {
    const job = await ask('account_activity', missingBothHint)
    replayEndpoint.known = 'account_activity'
    return job
  } catch (error) {
    // Any other refusal of X, such as a conflict, shows that the server has this endpoint.
    if (isApiError(error) && error.status === 400) replayEndpoint.known = 'account_activity'
    throw error
  }
}

/** Whether the server does not have the path at all: a 404 that is not about the webhook. Nothing was carried out. */
function isPathMissing(error: unknown): boolean {
  if (!isApiError(error, 'replay.create') || error.reason !== 'NotFound' || error.status !== 404) return false
  return !error.problems.some(
    ({ type, ...texts }) =>
      (typeof type === 'string' && type.endsWith('/resource-not-found')) ||
      Object.values(texts).some((text) => typeof text === 'string' && /\bwebhook[ _]/i.test(text)),
  )
}

function target(which: ReplayEndpoint, webhookId: string, dates: ReturnType<typeof replayDates>) {
  const { from_date, to_date } = dates
  return which === 'webhooks'
    ? { path: '/2/webhooks/replay', json: { webhook_id: webhookId, from_date, to_date: minuteBefore(to_date) } }
    : { path: path`/2/account_activity/replay/webhooks/${webhookId}/subscriptions/all`, query: dates }
}

/** The newer endpoint includes the minute of `to_date`, so the last minute of the window is sent. */
function minuteBefore(date: string): string {
  return formatReplayDate(new Date(parseReplayDate(date).getTime() - minuteMs))
}
