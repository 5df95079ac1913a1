import { parseJson } from './read-problems.ts'
import type { SendFailure, RawResponse } from './send.ts'

/** X said yes. */
export interface SuccessResponse {
  readonly status: number
  /** The body as a value; `undefined` when it is empty, or no JSON. */
  readonly json: unknown
  /** The body as it came. */
  readonly text: string
  /** What must be blanked out of it before it is shown. */
  readonly secrets: readonly string[]
}

/** The answer, if it is a yes: a 2xx, unless its body has `errors` and no `data`, for X says no in that way, too. */
export function readSuccess(raw: RawResponse | SendFailure, secrets: readonly string[]): SuccessResponse | undefined {
  if (!('status' in raw) || raw.status < 200 || raw.status > 299) return undefined
  const json = parseJson(raw.text)
  return holdsOnlyErrors(json) ? undefined : { status: raw.status, json, text: raw.text, secrets }
}

function holdsOnlyErrors(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false
  const { errors, data } = json as { errors?: unknown; data?: unknown }
  return Array.isArray(errors) && errors.length > 0 && (data === undefined || data === null)
}
