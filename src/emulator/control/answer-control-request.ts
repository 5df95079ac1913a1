import { type ApiRequest, readRequest } from '../api/api-request.ts'
import { pathPattern } from '../api/match-route.ts'
import { json } from '../api/problems.ts'
import type { Emulator } from '../emulator.ts'
import { assertKeys } from '../options/assert-options.ts'
import { wireJson } from '../payloads/wire-json.ts'
import { type ControlEndpoint, type ControlRequest, NotFoundError } from './endpoint.ts'
import { controlEndpoints } from './endpoints.ts'
import { rejectCrossOrigin } from './reject-cross-origin.ts'

const table = controlEndpoints.map((endpoint) => ({ endpoint, pattern: pathPattern(endpoint.path) }))

/** X has no path that begins like this. */
export function isControlRequest({ url }: Request): boolean {
  return /^\/emulator(?:\/|$)/.test(new URL(url).pathname)
}

/** Answers a request to control the emulator, whoever makes it: what it can do, TypeScript can do by `x` itself. */
export async function answerControlRequest(x: Emulator, call: Request): Promise<Response> {
  const request = await readRequest(call)
  const refused = rejectCrossOrigin(request)
  if (refused) return refused
  const found = table.filter(({ pattern }) => pattern.test(request.url.pathname))
  if (found.length === 0) return errorResponse(404, 'There is no such path: GET /emulator tells all that there are')
  const match = found.find(({ endpoint }) => endpoint.method === request.method)
  if (!match) return wrongMethod(found.map(({ endpoint }) => endpoint.method))
  try {
    const { groups = {} } = match.pattern.exec(request.url.pathname) ?? {}
    const given = { param: (name: string) => groups[name] ?? '', fields: readFields(match.endpoint, request) }
    return toResponse(await match.endpoint.answer(x, given))
  } catch (error) {
    return toErrorResponse(error)
  }
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

/** Nothing is `{}`. */
function readBody(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body)
  } catch {
    throw new RangeError('"body" must be JSON')
  }
}

function wrongMethod(allowed: readonly string[]): Response {
  const response = errorResponse(405, `This path takes ${allowed.join(' and ')}`)
  response.headers.set('allow', allowed.join(', '))
  return response
}

/** What an argument is refused for, TypeScript gets as an exception. */
function toErrorResponse(error: unknown): Response {
  if (error instanceof NotFoundError) return errorResponse(404, error.message)
  if (error instanceof RangeError || error instanceof TypeError) return errorResponse(400, error.message)
  throw error
}

/** In the bytes of X: other languages read numeric ids as they are. */
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
