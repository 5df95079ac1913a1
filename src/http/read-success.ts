import type { Problem } from '../errors/api-error.ts'
import type { Trace } from './hooks.ts'
import { maxProblems, parseJson, readProblems } from './read-problems.ts'
import { redactBody } from './redaction/redact.ts'
import type { RawResponse, SendFailure } from './send.ts'

/** A response that X sent to a request that succeeded. */
export interface SuccessResponse {
  readonly status: number
  /** How many times the request was sent. */
  readonly attempts: number
  /** What X says about the request. */
  readonly trace: Trace
  /** The parsed body. `undefined` if the body is empty or not valid JSON. */
  readonly json: unknown
  /** The body as text. */
  readonly text: string
  /** Whether the body was longer than `maxResponseBytes`. */
  readonly isCut?: boolean | undefined
  /** What to do if the response cannot be used, because the request may have been carried out. */
  readonly lostResponseHint?: string | undefined
  /** Texts that must be redacted before the body is shown. */
  readonly secrets: readonly string[]
}

/** The part of a success that is in the response itself. */
type ReadSuccess = Pick<SuccessResponse, 'status' | 'json' | 'text' | 'isCut' | 'secrets'>

/**
 * Returns the response if the request succeeded, otherwise `undefined`. A 2xx whose body has `errors` and no `data` is
 * a failure: some endpoints of X refuse a request in this way.
 */
export function readSuccess(response: RawResponse | SendFailure, secrets: readonly string[]): ReadSuccess | undefined {
  if (!('status' in response) || response.status < 200 || response.status > 299) return undefined
  const { status, text, isCut } = response
  const json = isCut ? undefined : parseJson(text)
  return hasOnlyErrors(json) ? undefined : { status, json, text, isCut, secrets }
}

/** The entries of `errors` beside the data of a success, without secrets. Empty for most responses. */
export function readPartialErrors({ json, secrets }: ReadSuccess): readonly Problem[] {
  const { errors } = Object(json) as { errors?: unknown }
  if (!Array.isArray(errors) || errors.length === 0) return []
  return readProblems(redactBody(JSON.stringify({ errors: errors.slice(0, maxProblems) }), secrets)).entries
}

function hasOnlyErrors(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false
  const { errors, data } = json as { errors?: unknown; data?: unknown }
  return Array.isArray(errors) && errors.length > 0 && (data === undefined || data === null)
}
