import type * as z from 'zod/mini'
import type { Endpoint } from '../../errors/reasons.ts'
import type { SuccessResponse } from '../../http/read-success.ts'
import { isEmpty, readResponse } from '../read-answer.ts'
import { hideBody } from './hide-body.ts'

/**
 * What an answer of X's OAuth 1.0a endpoints says: form-encoded tokens, whatever its content type calls them.
 *
 * @throws {@link ResponseError} when it is not what was promised; it does not show the body.
 */
export function readForm<T>(endpoint: Endpoint, answer: SuccessResponse, schema: z.ZodMiniType<T>): T {
  const form = isEmpty(answer) ? undefined : Object.fromEntries(new URLSearchParams(answer.text.trim()))
  return readResponse(endpoint, { ...hideBody(answer), json: form }, schema)
}
