import * as z from 'zod/mini'
import { minuteMs } from '../internal/clock.ts'
import { checkReplayWindow } from '../replay/check-replay-window.ts'
import { formatReplayDate } from '../replay/format-replay-date.ts'
import type { ReplayWindowInput } from '../replay/read-replay-window.ts'
import type { ReplayRules } from '../replay/replay-rules.ts'
import { replayWindow } from '../replay/replay-window.ts'
import { id, time } from './schemas.ts'

/**
 * A replay job that X accepted.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export interface ReplayJob {
  /** The id of the job. The `replay_job_status` event at the end of the job has the same id. */
  readonly jobId: string
  /** When X created the job. */
  readonly createdAt: Date
}

/**
 * The two replay endpoints of v2. A window means the same for both.
 *
 * - `webhooks`: `POST /2/webhooks/replay`, the newer endpoint.
 * - `account_activity`: `POST /2/account_activity/replay/webhooks/{id}/subscriptions/all`, the older endpoint. X announced
 *   that it ends on 2026-03-25.
 */
export type ReplayEndpoint = 'account_activity' | 'webhooks'

const wire = z.looseObject({ job_id: id, created_at: time })

/** A job as X sends it: in `data`, in `replay_event`, in both, or at the root of the body. */
export const replayJob: z.ZodMiniType<ReplayJob> = z.pipe(
  z.transform(findJob),
  z.pipe(
    wire,
    z.transform(({ job_id, created_at }: z.infer<typeof wire>) => ({ jobId: job_id, createdAt: created_at })),
  ),
)

/** What to do after a lost response to `replay.create`. */
export const jobMayRun =
  'The request may have been carried out: wait for a replay_job_status event before you try again.'

function findJob(body: unknown): unknown {
  const { data, replay_event } = Object(body) as { data?: unknown; replay_event?: unknown }
  const { replay_event: inner } = Object(data) as { replay_event?: unknown }
  return [data, replay_event, inner].find((place) => Object.hasOwn(Object(place), 'job_id')) ?? body
}

/** X checks the age of a window by its own clock. So with these rules no age is refused. */
const noAgeLimits = {
  now: 8.64e15,
  rules: { maxAgeMinutes: Number.MAX_SAFE_INTEGER, minFromAgeMinutes: 0, minToAgeMinutes: 0 },
}

/** The request reaches X somewhat later than it is sent. */
const latencyMs = 2_000

/**
 * The parameters of a replay window in whole minutes, as `replayWindow` gives them: widened, or narrowed at the limits of
 * X. A window that X does not accept is sent as it is, so that X refuses it.
 *
 * @throws {@link ReplayWindowError} if an end is not a valid time, or `from` is not before `to`.
 */
export function replayDates(
  window: ReplayWindowInput,
  { now, rules }: { readonly now: number; readonly rules: ReplayRules },
): { readonly from_date: string; readonly to_date: string } {
  // The window may have been checked up to a minute ago.
  const options = { now, rules: { ...rules, maxAgeMinutes: rules.maxAgeMinutes + 1 } }
  const isAccepted = checkReplayWindow(window, options).length === 0
  const { from, to } = replayWindow(window, isAccepted ? options : noAgeLimits)
  if (!isAccepted) return toDates(from, to)
  // What X kept when the window was checked may be too old now.
  const oldest = Math.ceil((now - rules.maxAgeMinutes * minuteMs + latencyMs) / minuteMs) * minuteMs
  const start = Math.max(from.getTime(), oldest)
  return toDates(new Date(start), new Date(Math.max(to.getTime(), start + minuteMs)))
}

function toDates(from: Date, to: Date) {
  return { from_date: formatReplayDate(from), to_date: formatReplayDate(to) }
}
