import { wireJson } from '../../payloads/wire-json.ts'
import { connectionLimitProblem } from '../streams/stream-connection.ts'

/** X's reason for refusing a call: the word before the colon of the message. */
export type FailureReason =
  | 'CrcValidationFailed'
  | 'DuplicateSubscription'
  | 'DuplicateSubscriptionFailed'
  | 'DuplicateUrlFailed'
  | 'OauthAccessTokenRequired'
  | 'QueryParamInvalid'
  | 'ReplayConflictError'
  | 'SubscriptionLimitExceeded'
  | 'SubscriptionNotFound'
  | 'UrlValidationFailed'
  | 'WebhookIdInvalid'
  | 'WebhookLimitExceeded'

/** A problem in an answer of v2. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly [member: string]: unknown
}

/** The URI of a type of problem, by its last segment. */
export function problemType(name: string): string {
  return `https://api.x.com/2/problems/${name}`
}

/** A successful answer of v2. */
export function ok(body: object): Response {
  return json(200, body)
}

/** A successful answer of v2 that something was created. */
export function created(body: object): Response {
  return json(201, body)
}

/** A refusal with a documented reason: status 400. */
export function failure(reason: FailureReason, details: string): Response {
  return invalidRequest(`${reason}: ${details}`)
}

/** A request that is not valid: status 400. */
export function invalidRequest(message: string): Response {
  return problem(400, {
    title: 'Invalid Request',
    detail: 'One or more parameters of the request are invalid.',
    type: 'https://api.x.com/2/problems/invalid-request',
    errors: [{ message }],
  })
}

export function webhookIdInvalid(): Response {
  return failure('WebhookIdInvalid', 'The webhook does not exist or belongs to another app')
}

export function unauthorized(): Response {
  return genericProblem(401, 'Unauthorized')
}

export function notFound(): Response {
  return genericProblem(404, 'Not Found')
}

export function methodNotAllowed(allow: readonly string[]): Response {
  const response = genericProblem(405, 'Method Not Allowed')
  response.headers.set('allow', allow.join(', '))
  return response
}

/** Valid credentials of a kind that the endpoint does not accept. */
export function unsupportedAuthentication(used: string, supported: readonly string[]): Response {
  return problem(403, {
    title: 'Unsupported Authentication',
    detail: `Authenticating with ${used} is forbidden for this endpoint. Supported authentication types are [${supported.join(', ')}].`,
    type: 'https://api.x.com/2/problems/unsupported-authentication',
    status: 403,
  })
}

/** The account of the app has no access to the API. */
export function clientNotEnrolled(appId: string): Response {
  return problem(403, {
    title: 'Client Forbidden',
    detail: 'The app must be attached to a project whose plan includes this endpoint.',
    type: 'https://api.x.com/2/problems/client-forbidden',
    status: 403,
    reason: 'client-not-enrolled',
    client_id: appId,
    required_enrollment: 'Appropriate Level of API Access',
    registration_url: 'https://developer.x.com/en/portal/projects-and-apps',
  })
}

/** The OAuth 1.0a access token was granted with too few permissions. */
export function lacksPermission(): Response {
  return problem(403, {
    title: 'Forbidden',
    detail: 'Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.',
    type: 'https://api.x.com/2/problems/oauth1-permissions',
    status: 403,
  })
}

/** The OAuth 2.0 access token was granted with too few scopes. */
export function lacksScopes(needed: readonly string[]): Response {
  return forbidden(`The access token must have the scopes [${needed.join(', ')}].`)
}

export function subscriptionsDenied(userId: string): Response {
  return problem(403, {
    title: 'Authorization Error',
    detail: 'The app is not permitted to access the subscriptions of this user.',
    type: 'https://api.x.com/2/problems/not-authorized-for-resource',
    status: 403,
    resource_type: 'user',
    resource_id: userId,
    parameter: 'id',
    value: userId,
  })
}

/** An activity subscription that does not exist, or that the caller may not see. No answer of X is recorded. */
export function subscriptionNotFound(id: string): Response {
  return problem(404, {
    title: 'Not Found Error',
    detail: 'SubscriptionNotFound: The subscription does not exist or belongs to another app',
    type: 'https://api.x.com/2/problems/resource-not-found',
    status: 404,
    resource_type: 'subscription',
    resource_id: id,
    parameter: 'subscription_id',
    value: id,
  })
}

/** A request that the caller is not allowed to make. */
export function forbidden(detail: string): Response {
  return problem(403, { title: 'Forbidden', detail, type: 'about:blank', status: 403 })
}

export function tooManyRequests(): Response {
  return genericProblem(429, 'Too Many Requests')
}

/** The app has as many open streams as X allows. */
export function tooManyConnections(): Response {
  return problem(429, connectionLimitProblem)
}

/** A successful answer of v1.1 with all digits of the numeric ids, which JavaScript would round. */
export function exactJson(body: object): Response {
  return new Response(wireJson(body), {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  })
}

/** A JSON response. */
export function json(status: number, body: object, type = 'application/json; charset=utf-8'): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type, 'cache-control': 'no-store' } })
}

function genericProblem(status: number, title: string): Response {
  return problem(status, { title, type: 'about:blank', status, detail: title })
}

function problem(status: number, body: object): Response {
  return json(status, body, 'application/problem+json; charset=utf-8')
}
