import type * as z from 'zod/mini'
import type { Endpoint } from '../errors/reasons.ts'
import { type Issue, ResponseError } from '../errors/response-error.ts'
import type { SuccessResponse } from '../http/read-success.ts'
import { redact } from '../http/redact.ts'

/**
 * What an answer says, if it has one of the promised forms.
 *
 * @throws {@link ResponseError} when it has not.
 */
export function readResponse<T>(endpoint: Endpoint, answer: SuccessResponse, schema: z.ZodMiniType<T>): T {
  const { status, json, text, secrets } = answer
  const fail = (issues: readonly Issue[]) =>
    new ResponseError({ endpoint, status, issues, body: redact(text, secrets) })
  if (json === undefined) throw fail([{ path: [], message: isEmpty(answer) ? 'is empty' : 'is no JSON' }])
  const read = schema.safeParse(json)
  if (read.success) return read.data
  throw fail(read.error.issues.map(toIssue))
}

/** Whether X said yes and no more: a 204, or any other 2xx without a body. */
export function isEmpty(answer: SuccessResponse): boolean {
  return answer.text.trim() === ''
}

function toIssue(issue: z.core.$ZodIssue): Issue {
  return { path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)), message: messageOf(issue) }
}

/** The small form of zod has no messages of its own. The value that is wrong is left out: it may be a secret. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${issue.expected}`
  return issue.code === 'invalid_value' ? `must be ${issue.values.join(' or ')}` : issue.message
}
