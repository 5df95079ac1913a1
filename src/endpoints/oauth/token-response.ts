import * as z from 'zod/mini'
import type { Endpoint } from '../../errors/reasons.ts'
import type { SuccessResponse } from '../../http/read-success.ts'
import { isEmpty, readResponse } from '../read-response.ts'

/** A token or its secret. A line break in it could add a header to a request. */
export const tokenText = z.string().check(z.regex(/^[\x21-\x7e]+$/, 'must be a token of visible ASCII characters'))

/** Removes the body of a response that contains a token, so that it does not appear in an error. */
export function hideBody(response: SuccessResponse): SuccessResponse {
  return { ...response, text: response.text && '[redacted]' }
}

/**
 * Checks a response that confirms a token by repeating it, or is empty.
 *
 * @throws {@link ResponseError} if the body is not a JSON object. The error does not contain the body.
 */
export function checkConfirmation(endpoint: Endpoint, response: SuccessResponse): void {
  if (!isEmpty(response)) readResponse(endpoint, hideBody(response), z.looseObject({}))
}

/**
 * Reads the response of an OAuth 1.0a endpoint. It is form-encoded, although X sends it with the content type
 * `text/html`.
 *
 * @throws {@link ResponseError} if the form does not match the schema. The error does not contain the body.
 */
export function readForm<T>(endpoint: Endpoint, response: SuccessResponse, schema: z.ZodMiniType<T>): T {
  const form = isEmpty(response) ? undefined : Object.fromEntries(new URLSearchParams(response.text.trim()))
  return readResponse(endpoint, { ...hideBody(response), json: form }, schema)
}
