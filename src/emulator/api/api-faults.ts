import { minuteMs } from '../../internal/clock.ts'
import { connectionReset } from '../outbox/connection-errors.ts'
import type { Platform } from '../platform.ts'
import type { PendingRequest, RequestRecord } from '../requests/request-log.ts'
import type { Faults } from '../simulation/faults.ts'
import { dialectOf } from './dialects.ts'
import { json } from './problems.ts'
import { rateHeaders } from './rate-limits.ts'

const quarterHourMs = 15 * minuteMs

/** A request, and its record. */
interface RecordedRequest {
  readonly request: Request
  readonly pending: PendingRequest
}

/** The faults that refuse a call, in the order in which they are tried. */
const refusals: readonly [
  fault: NonNullable<RequestRecord['fault']>,
  refuse: (pathname: string, now: number) => Response,
][] = [
  ['api.rateLimited', rateLimited],
  ['api.unavailable', unavailable],
  ['api.internalError', internalError],
  ['api.htmlPage', htmlPage],
]

/** Answers a call, and injects the faults of API calls. */
export async function answerWithFaults(
  { faults, clock }: Platform,
  recorded: RecordedRequest,
  answer: () => Promise<Response>,
): Promise<Response> {
  if (!faults.hasAny) return answer()
  for (const [fault, refuse] of refusals) {
    if (!faults.shouldInject(fault)) continue
    recorded.pending.setFault(fault)
    return refuse(new URL(recorded.request.url).pathname, clock.now())
  }
  return answerUnreliably(faults, recorded, answer)
}

/** Carries out the call, and then drops, truncates or delays the answer. */
async function answerUnreliably(
  faults: Faults,
  { request, pending }: RecordedRequest,
  answer: () => Promise<Response>,
): Promise<Response> {
  const fault = (['api.dropped', 'api.truncated', 'api.slow'] as const).find((name) => faults.shouldInject(name))
  if (fault !== undefined) pending.setFault(fault)
  const response = await answer()
  if (fault === 'api.dropped') {
    await response.body?.cancel()
    throw connectionReset()
  }
  if (fault === 'api.slow') await waitOrAbort(faults.slowMs, request.signal)
  return fault === 'api.truncated' ? truncate(response) : response
}

function rateLimited(pathname: string, now: number): Response {
  const response = dialectOf(pathname).tooManyCalls()
  const rate = { limit: 15, remaining: 0, resetAt: now + quarterHourMs, exceeded: true }
  for (const [name, value] of rateHeaders(rate)) response.headers.set(name, value)
  return response
}

function unavailable(pathname: string): Response {
  const response = serverError(pathname, { status: 503, title: 'Service Unavailable', codes: [67, 130] })
  response.headers.set('retry-after', '60')
  return response
}

function internalError(pathname: string): Response {
  return serverError(pathname, { status: 500, title: 'Internal Server Error', codes: [0, 131] })
}

interface ServerError {
  readonly status: number
  readonly title: string
  /** The codes of v1.1: the one of the Account Activity API, and the one of all other endpoints. */
  readonly codes: readonly [number, number]
}

function serverError(pathname: string, { status, title, codes: [ofActivity, general] }: ServerError): Response {
  if (!/^\/(?:1\.1|oauth2?)\//.test(pathname)) {
    const body = { title, type: 'about:blank', status, detail: title }
    return json(status, body, 'application/problem+json; charset=utf-8')
  }
  const code = pathname.startsWith('/1.1/account_activity/') ? ofActivity : general
  return json(status, { errors: [{ code, message: title }] })
}

function htmlPage(): Response {
  const body = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>'
  return new Response(body, { status: 502, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

/** Half of a body. Of a stream, half of what arrived with the head. */
async function truncate(response: Response): Promise<Response> {
  const { status, headers } = response
  const reader = response.body?.getReader()
  const bytes = (await reader?.read())?.value
  await reader?.cancel()
  return new Response(bytes?.slice(0, Math.ceil(bytes.length / 2)) ?? null, { status, headers })
}

/** Waits, or rejects as `fetch` does when the caller aborts. */
async function waitOrAbort(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    if (signal.aborted) reject(signal.reason)
  })
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  try {
    await Promise.race([passed, aborted])
  } finally {
    clearTimeout(timer)
  }
}
