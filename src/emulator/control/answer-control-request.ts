import { wireJson } from '../../payloads/wire-json.ts'
import { type ApiRequest, readRequest } from '../api/api-request.ts'
import { createRouteMatcher } from '../api/match-route.ts'
import { json } from '../api/problems.ts'
import type { Emulator } from '../emulator.ts'
import { assertKeys } from '../options/assert-options.ts'
import { type ControlEndpoint, type ControlRequest, NotFoundError } from './endpoint.ts'
import { controlEndpoints } from './endpoints.ts'
import { rejectCrossOrigin } from './reject-cross-origin.ts'

const findEndpoint = createRouteMatcher(controlEndpoints)

/** Whether a request is for the control API. X has no path that begins with `/emulator`. */
export function isControlRequest({ url }: Request): boolean {
  return /^\/emulator(?:\/|$)/.test(new URL(url).pathname)
}

/** Answers a request for the control API, which does over HTTP what TypeScript code does with `x`. */
export async function answerControlRequest(x: Emulator, incoming: Request): Promise<Response> {
  const request = await readRequest(incoming)
  const rejection = rejectCrossOrigin(request)
  if (rejection) return rejection
  const match = findEndpoint(request.method, request.url.pathname)
  if (match.route === undefined) return noEndpoint(match.allowedMethods)
  try {
    const call: ControlRequest = {
      param: (name: string) => match.param(name),
      fields: readFields(match.route, request),
    }
    return toResponse(await match.route.answer(x, call))
  } catch (error) {
    return toErrorResponse(error)
  }
}

function noEndpoint(allowedMethods: readonly string[]): Response {
  if (allowedMethods.length === 0) return errorResponse(404, 'This path does not exist. GET /emulator lists all paths.')
  const response = errorResponse(405, `This path accepts ${allowedMethods.join(' and ')} only.`)
  response.headers.set('allow', allowedMethods.join(', '))
  return response
}

function readFields({ method, takes }: ControlEndpoint, { url, body }: ApiRequest): ControlRequest['fields'] {
  const fields = method === 'GET' ? readQuery(url) : readBody(body)
  assertKeys(fields, takes, method === 'GET' ? 'query' : 'body')
  return { ...fields }
}

function readQuery({ searchParams }: URL): unknown {
  if (new Set(searchParams.keys()).size < [...searchParams].length) {
    throw new RangeError('"query" must not have a parameter twice')
  }
  return Object.fromEntries(searchParams)
}

/** An empty body is `{}`. */
function readBody(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body)
  } catch {
    throw new RangeError('"body" must be valid JSON')
  }
}

/** TypeScript code gets the same message as an exception. */
function toErrorResponse(error: unknown): Response {
  if (error instanceof NotFoundError) return errorResponse(404, error.message)
  if (error instanceof RangeError || error instanceof TypeError) return errorResponse(400, error.message)
  throw error
}

/** JSON in the exact form of X: other languages read numeric ids with all their digits. */
function toResponse(value: unknown): Response {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  return new Response(wireJson(isObject(value) ? value : {}), { headers })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function errorResponse(status: number, error: string): Response {
  return json(status, { error })
}
