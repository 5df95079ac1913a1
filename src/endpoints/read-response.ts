import type * as z from 'zod/mini'
import type { Endpoint } from '../errors/reasons.ts'
import { type Issue, ResponseError } from '../errors/response-error.ts'
import { isHtml } from '../http/read-problems.ts'
import type { SuccessResponse } from '../http/read-success.ts'
import { redactBody } from '../http/redaction/redact.ts'

/**
 * Reads the body of a response by a schema.
 *
 * @throws {@link ResponseError} if the body does not match the schema.
 */
export function readResponse<T>(endpoint: Endpoint, response: SuccessResponse, schema: z.ZodMiniType<T>): T {
  const { json } = response
  if (json === undefined) {
    const issue = isEmpty(response) ? { path: [], message: 'must not be empty' } : notJson
    throw responseError(endpoint, response, [response.isCut ? tooLarge : issue])
  }
  const read = schema.safeParse(json)
  if (read.success) return read.data
  throw responseError(endpoint, response, read.error.issues.map(toIssue))
}

/**
 * Checks a response whose content is not used. Any 2xx means that X carried out the request: with the documented body,
 * with another one, or without a body.
 *
 * @param flag - A member of the body. If it is the boolean `false`, X did not carry out the request.
 * @throws {@link ResponseError} if the flag is `false`, or if the body is an HTML page, which X does not send.
 */
export function checkResponse(endpoint: Endpoint, response: SuccessResponse, flag?: string): void {
  const { json, text } = response
  if (json === undefined && isHtml(text)) throw responseError(endpoint, response, [notJson])
  const { data } = Object(json) as { data?: unknown }
  if (flag !== undefined && (Object(data ?? json) as Record<string, unknown>)[flag] === false) {
    throw responseError(endpoint, response, [{ path: ['data', flag], message: 'must be true' }])
  }
}

/** One issue shows what is wrong. A list may have one for each of its entries. */
const maxIssues = 20
const tooLarge: Issue = { path: [], message: 'must not be larger than "maxResponseBytes"' }
const notJson: Issue = { path: [], message: 'must be valid JSON' }

function responseError(
  endpoint: Endpoint,
  { status, attempts, trace, text, secrets, isCut, lostResponseHint }: SuccessResponse,
  issues: readonly Issue[],
) {
  return new ResponseError({
    endpoint,
    status,
    attempts,
    ...trace,
    issues: issues.slice(0, maxIssues),
    body: redactBody(text, secrets, isCut),
    hint: isCut ? 'The body is larger than the option "maxResponseBytes" allows.' : lostResponseHint,
  })
}

/** The error for a response without the object that the call returns, which could not be found in another way either. */
export function missingInResponse(endpoint: Endpoint, response: SuccessResponse, message: string): ResponseError {
  return responseError(endpoint, response, [{ path: ['data'], message }])
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
