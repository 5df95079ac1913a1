import type { AuthenticationFailure } from './authenticate-oauth1.ts'
import { json } from './problems.ts'

/** An error of v1.1 and of the OAuth endpoints. */
export interface V1Error {
  readonly code: number
  readonly message: string
  readonly label?: string
}

export function v1Error(status: number, error: V1Error): Response {
  return json(status, { errors: [error] })
}

/** An error with the challenge that X sends. Recorded: `OAuth realm="https://api.twitter.com", api_error_code=32`. */
function challenge(status: number, error: V1Error): Response {
  const response = v1Error(status, error)
  response.headers.set('www-authenticate', `OAuth realm="https://api.twitter.com", api_error_code=${error.code}`)
  return response
}

/** A successful answer of v1.1 without a body. */
export function noContent(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}

/** A successful answer of the OAuth endpoints: a form that X labels as HTML. */
export function formResponse(values: Readonly<Record<string, string>>): Response {
  return new Response(new URLSearchParams(values).toString(), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}

/** Credentials that were refused. */
export function unauthorized(answer: AuthenticationFailure['answer']): Response {
  switch (answer) {
    case 'absent':
      return badAuthenticationData()
    case 'token':
      return invalidToken()
    case 'credentials':
      return couldNotAuthenticate()
    default:
      return answer satisfies never
  }
}

/**
 * A request without credentials.
 *
 * @see https://github.com/xdevplatform/autohook/issues/52
 */
export function badAuthenticationData(): Response {
  return challenge(400, { code: 215, message: 'Bad Authentication data.' })
}

/** A wrong signature, timestamp, URL or key. On some endpoints also the wrong kind of authentication. */
export function couldNotAuthenticate(message = 'Could not authenticate you.'): Response {
  return challenge(401, { code: 32, message })
}

export function pageNotFound(): Response {
  return v1Error(404, { code: 34, message: 'Sorry, that page does not exist.' })
}

/** A post that does not exist or was deleted. */
export function statusNotFound(): Response {
  return v1Error(404, { code: 144, message: 'No status found with that ID.' })
}

export function webhookNotFound(): Response {
  return v1Error(404, {
    code: 34,
    message: 'Webhook does not exist or is associated with a different twitter application.',
  })
}

export function tooManyRequests(message = 'Rate limit exceeded.'): Response {
  return v1Error(429, { code: 88, message })
}

export function invalidToken(): Response {
  return challenge(401, { code: 89, message: 'Invalid or expired token.' })
}

export function noAccess(): Response {
  return v1Error(403, { code: 99, message: 'You don’t have access to this resource.' })
}

/** The app has no access to the product, the environment or the path. */
export function forbidden(message = 'Forbidden.'): Response {
  return v1Error(403, { code: 200, message })
}

/** User context for an endpoint that requires app-only authentication, or the reverse. */
export function wrongCredentials(): Response {
  return v1Error(403, { code: 220, message: 'Your credentials do not allow access to this resource.' })
}

/** A token with too few permissions, or a bearer token where the owner of the app must sign. */
export function lacksPermission(): Response {
  return v1Error(403, { code: 261, message: 'Application cannot perform write actions.' })
}

export function subscriptionsDenied(): Response {
  return v1Error(403, {
    code: 348,
    message: 'Client application is not permitted to access this user’s webhook subscriptions.',
  })
}

export function subscriptionExists(): Response {
  return v1Error(409, { code: 355, message: 'Subscription already exists.' })
}

export function methodNotAllowed(allow: readonly string[]): Response {
  const response = v1Error(405, { code: 86, message: `This method requires a ${allow.join(' or ')}.` })
  response.headers.set('allow', allow.join(', '))
  return response
}
