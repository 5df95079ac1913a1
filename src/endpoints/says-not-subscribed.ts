import type { ApiError } from '../errors/api-error.ts'
import { isApiError } from '../errors/guards.ts'

/**
 * Whether an error of `subscriptions.check` is X's older way to say no: a 404 with code 34, or with nothing. Any other
 * 404 comes from somewhere else.
 */
export function isNotSubscribed(error: unknown): error is ApiError<'subscriptions.check'> {
  if (!isApiError(error, 'subscriptions.check') || error.reason !== 'NotFound') return false
  const types = error.problems.map(({ type }) => String(type))
  const isNoSuchResource = types.some((type) => type.endsWith('/resource-not-found'))
  return error.body === '' || error.platformCodes.includes(34) || isNoSuchResource
}
