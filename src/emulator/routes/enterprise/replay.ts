import { enterpriseDate } from '../../../payloads/dates.ts'
import { json } from '../../api/problems.ts'
import { type AppCall, type AppRoute, appOnly } from '../../api/route.ts'
import {
  couldNotAuthenticate,
  forbidden,
  tooManyRequests,
  type V1Error,
  v1Error,
  webhookNotFound,
} from '../../api/v1-problems.ts'
import { enterpriseWindow, readWindow, type WindowProblem } from '../../replay/replay-window.ts'
import { type StartedReplay, startReplay } from '../../replay/start-replay.ts'
import { findWebhook } from '../find-webhook.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const createReplayJob: AppRoute = {
  method: 'POST',
  path: '/1.1/account_activity/replay/webhooks/:webhook_id/subscriptions/all.json',
  ...appOnly,
  rate: 5,
  refusals: {
    authentication: () =>
      couldNotAuthenticate('Invalid authentication method. Please use application-only authentication.'),
    enrolment: () => v1Error(401, { code: 61, message: 'Client is not permitted to request this method.' }),
    rate: () => tooManyRequests('Too many requests. Please back off your API request rate.'),
  },
  answer: (call) => (call.platform.tier === 'enterprise' ? startJob(call) : enterpriseRequired()),
}

async function startJob(call: AppCall): Promise<Response> {
  const { platform, request, app } = call
  const malformedId = refuseMalformedId(call.param('webhook_id'))
  if (malformedId) return malformedId
  const query = request.url.searchParams
  const dates = { from: query.get('from_date') ?? '', to: query.get('to_date') ?? '' }
  const window = readWindow(dates, platform.clock.now(), enterpriseWindow)
  if ('rule' in window) return windowRefused(window, dates)
  const webhook = findWebhook(call)
  if (!webhook) return webhookNotFound()
  const started = await startReplay(platform, { app, webhook, window, allApis: false })
  if ('reason' in started) return replayRefused(started.reason)
  return json(202, { job_id: started.id, created_at: enterpriseDate(platform.clock.now()) })
}

function enterpriseRequired(): Response {
  return forbidden(
    'Account Activity API enterprise account with replay is required. Please confirm you have an enterprise account and replay is enabled.',
  )
}

function refuseMalformedId(id: string): Response | undefined {
  if (/^\d+$/.test(id)) return undefined
  return v1Error(
    400,
    /^-\d+$/.test(id) ? notNegative('webhook_id', id) : { code: 358, message: 'Unable to parse webhook_id parameter.' },
  )
}

function windowRefused(problem: WindowProblem, dates: { readonly from: string; readonly to: string }): Response {
  return v1Error(400, windowError(problem, problem.parameter === 'from_date' ? dates.from : dates.to))
}

function windowError({ parameter, rule }: WindowProblem, value: string): V1Error {
  switch (rule) {
    case 'missing':
      return { code: 357, message: `${parameter}: queryParam is required.` }
    case 'malformed':
      return { code: 358, message: `Unable to parse ${parameter} parameter.` }
    case 'negative':
      return notNegative(parameter, value)
    case 'in-future':
    case 'too-recent':
      return { code: 368, message: `${parameter}: [${value}] is not in the past.` }
    case 'too-old':
      return { code: 356, message: `${parameter} must be within the past 5 days.` }
    case 'not-in-order':
      return { code: 356, message: 'from_date must be before to_date.' }
    default:
      return rule satisfies never
  }
}

function notNegative(parameter: string, value: string): V1Error {
  return { code: 360, message: `${parameter}: [${value}] is not greater than or equal to 0.` }
}

function replayRefused(reason: Extract<StartedReplay, { reason: unknown }>['reason']): Response {
  switch (reason) {
    case 'ReplayConflictError':
      return v1Error(409, { code: 355, message: 'A replay job is already in progress for this webhook.' })
    case 'CrcValidationFailed':
      return v1Error(400, { code: 214, message: 'Webhook is marked invalid and requires a CRC check.' })
    default:
      return reason satisfies never
  }
}
