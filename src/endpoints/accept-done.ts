import * as z from 'zod/mini'
import type { Endpoint } from '../errors/reasons.ts'
import type { SuccessResponse } from '../http/read-success.ts'
import { isEmpty, readResponse } from './read-answer.ts'

const anything = z.looseObject({})

/**
 * Takes the yes of an endpoint that has nothing to tell: a 204, for which X's documents also show an empty object.
 *
 * @throws ResponseError when it is a page of something in between.
 */
export function acceptEmptyResponse(endpoint: Endpoint, answer: SuccessResponse): void {
  if (!isEmpty(answer)) readResponse(endpoint, answer, anything)
}
