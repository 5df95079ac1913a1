import type { ApiError } from '../errors/api-error.ts'
import { isApiError } from '../errors/guards.ts'

/**
 * Whether an error of `subscriptions.check` means that the user is not subscribed: a 404 with code 34, with the type
 * `resource-not-found`, or without a body. Any other 404 has another cause, such as a wrong base URL.
 */
export function isNotSubscribed(error: unknown): error is ApiError<'subscriptions.check'> {
  if (!isApiError(error, 'subscriptions.check') || error.reason !== 'NotFound') return false
  const isResourceMissing = error.problems.some(
    ({ type }) => typeof type === 'string' && type.endsWith('/resource-not-found'),
  )
  return error.body === '' || error.platformCodes.includes(34) || isResourceMissing
}
