import type { SuccessResponse } from '../../http/read-success.ts'

/** An answer whose body is a secret: it may not get into an error. */
export function hideBody(answer: SuccessResponse): SuccessResponse {
  return { ...answer, text: answer.text && '[redacted]' }
}
