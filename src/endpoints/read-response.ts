import * as z from 'zod/mini'
import type { Endpoint } from '../errors/reasons.ts'
import { type Issue, ResponseError } from '../errors/response-error.ts'
import type { SuccessResponse } from '../http/read-success.ts'
import { redact } from '../http/redact.ts'

/**
 * Reads the body of a response by a schema.
 *
 * @throws {@link ResponseError} if the body does not match the schema.
 */
export function readResponse<T>(endpoint: Endpoint, response: SuccessResponse, schema: z.ZodMiniType<T>): T {
  const { status, json, text, secrets } = response
  const fail = (issues: readonly Issue[]) =>
    new ResponseError({ endpoint, status, issues, body: redact(text, secrets) })
  if (json === undefined) {
    throw fail([{ path: [], message: isEmpty(response) ? 'must not be empty' : 'must be valid JSON' }])
  }
  const read = schema.safeParse(json)
  if (read.success) return read.data
  throw fail(read.error.issues.map(toIssue))
}

const anyObject = z.looseObject({})

/**
 * Checks a response whose content is not used. It may be empty (a 204), or match the schema. X documents an empty
 * object for some endpoints that send a 204.
 *
 * @throws {@link ResponseError} if the body is something else, such as the page of a gateway.
 */
export function checkResponse(
  endpoint: Endpoint,
  response: SuccessResponse,
  schema: z.ZodMiniType<unknown> = anyObject,
): void {
  if (!isEmpty(response)) readResponse(endpoint, response, schema)
}

/** Whether a response has no body. */
export function isEmpty(response: SuccessResponse): boolean {
  return response.text.trim() === ''
}

function toIssue(issue: z.core.$ZodIssue): Issue {
  return { path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)), message: messageOf(issue) }
}

/** `zod/mini` has no messages of its own. The wrong value is not in the message, because it may be a secret. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${issue.expected}`
  return issue.code === 'invalid_value' ? `must be ${issue.values.join(' or ')}` : issue.message
}
