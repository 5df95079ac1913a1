import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId, assertOneOf } from '../../internal/assert.ts'
import type { ReplayWindowInput } from '../../replay/read-replay-window.ts'
import { type ReplayWindow, replayWindow } from '../../replay/replay-window.ts'
import type { Api, CallOptions } from '../api.ts'
import { readAnswer } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { id, time } from '../schemas.ts'

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

/** A replay job that X has taken on. */
export interface ReplayJob {
  /** The id that its `replay_job_status` event will carry. */
  readonly jobId: string
  readonly createdAt: Date
}

const endpoint = 'replay.create'

const notFoundHints: Readonly<Record<ReplayEndpoint, string>> = {
  account_activity:
    "X has nothing at /2/account_activity/replay, which its API description no longer lists: check the webhook id, or ask the newer endpoint with { endpoint: 'webhooks' }",
  webhooks:
    "X has nothing at /2/webhooks/replay: check the webhook id, or ask the documented endpoint with { endpoint: 'account_activity' }",
}

const job = z.pipe(z.transform(findJob), z.looseObject({ job_id: id, created_at: time }))

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
    ...target(chosen, webhookId, wholeMinutes(window)),
    authorizer: app,
    repeatable: false,
    notFoundHint: notFoundHints[chosen],
    signal,
  })
  const { job_id, created_at } = readAnswer(endpoint, answer, job)
  return { jobId: job_id, createdAt: created_at }
}

/** The end of time, as `Date` has it: how old a window may be is for X's clock to say, not for ours. */
const noClock = {
  now: 8.64e15,
  rules: { maxAgeMinutes: Number.MAX_SAFE_INTEGER, minFromAgeMinutes: 0, minToAgeMinutes: 0 },
}

function wholeMinutes(window: ReplayWindowInput): { from_date: string; to_date: string } {
  const { fromDate, toDate }: ReplayWindow = replayWindow(window, noClock)
  return { from_date: fromDate, to_date: toDate }
}

function target(chosen: ReplayEndpoint, webhookId: string, dates: { from_date: string; to_date: string }) {
  return chosen === 'webhooks'
    ? { path: '/2/webhooks/replay', json: { webhook_id: webhookId, ...dates } }
    : { path: path`/2/account_activity/replay/webhooks/${webhookId}/subscriptions/all`, query: dates }
}

/** X shows the job in `data`, in `replay_event`, in both, or at the root. */
function findJob(body: unknown): unknown {
  const { data, replay_event } = Object(body) as { data?: unknown; replay_event?: unknown }
  const { replay_event: inner } = Object(data) as { replay_event?: unknown }
  return [data, replay_event, inner].find((place) => Object.hasOwn(Object(place), 'job_id')) ?? body
}
