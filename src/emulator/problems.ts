/** Why X refuses a call on webhooks, subscriptions or replays: the word before the colon of the message. */
export type FailureReason =
  | 'CrcValidationFailed'
  | 'DuplicateSubscriptionFailed'
  | 'DuplicateUrlFailed'
  | 'QueryParamInvalid'
  | 'ReplayConflictError'
  | 'SubscriptionLimitExceeded'
  | 'SubscriptionNotFound'
  | 'UrlValidationFailed'
  | 'WebhookIdInvalid'
  | 'WebhookLimitExceeded'

/** A success of v2. */
export function ok(body: object): Response {
  return json(200, body)
}

/** A documented failure: status 400 and the reason in the message. */
export function failure(reason: FailureReason, details: string): Response {
  return invalidRequest(`${reason}: ${details}`)
}

/** A request that cannot be read. */
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
  return blank(401, 'Unauthorized')
}

export function notFound(): Response {
  return blank(404, 'Not Found')
}

export function methodNotAllowed(allow: readonly string[]): Response {
  const response = blank(405, 'Method Not Allowed')
  response.headers.set('allow', allow.join(', '))
  return response
}

/** The right credentials of the wrong kind. */
export function unsupportedAuthentication(used: string, supported: readonly string[]): Response {
  return problem(403, {
    title: 'Unsupported Authentication',
    detail: `Authenticating with ${used} is forbidden for this endpoint. Supported authentication types are [${supported.join(', ')}].`,
    type: 'https://api.x.com/2/problems/unsupported-authentication',
    status: 403,
  })
}

/** The form of v1.1, which the OAuth endpoints keep. */
export function v1Error(status: number, error: { code: number; message: string; label?: string }): Response {
  return json(status, { errors: [error] })
}

/** A success outside of v2, whose bodies have no envelope. */
export function json(status: number, body: object, type = 'application/json; charset=utf-8'): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type, 'cache-control': 'no-store' } })
}

function blank(status: number, title: string): Response {
  return problem(status, { title, type: 'about:blank', status, detail: title })
}

function problem(status: number, body: object): Response {
  return json(status, body, 'application/problem+json; charset=utf-8')
}
