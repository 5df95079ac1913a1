import { newBearerToken } from '../../accounts/apps.ts'
import { json } from '../../api/problems.ts'
import type { Route } from '../../api/route.ts'
import { v1Error } from '../../api/v1-problems.ts'
import type { Refusal } from '../../requests/request-log.ts'
import { appByBasic } from './app-by-basic.ts'

/** @see https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only */
export const createBearerToken: Route = {
  method: 'POST',
  path: '/oauth2/token',
  as: 'anyone',
  answer({ platform, request, refuse }) {
    const app = appByBasic(platform, request)
    if (!app) return refuse(noBasicCredentials, cannotVerify())
    if (new URLSearchParams(request.body).get('grant_type') !== 'client_credentials') {
      return v1Error(403, {
        code: 170,
        message: 'Missing required parameter: grant_type',
        label: 'forbidden_missing_parameter',
      })
    }
    // X returns the same token until it is invalidated.
    const isValid = platform.state.appByBearer(app.bearerToken) !== undefined
    if (!isValid) platform.state.replaceBearer(app, newBearerToken(platform.random, app))
    return json(200, { token_type: 'bearer', access_token: app.bearerToken })
  },
}

/** Why the credentials of an app are refused, for `x.requests`. */
export const noBasicCredentials: Refusal = {
  failedCheck: 'credentials',
  reason: 'The request has no Basic header with the consumer key and the consumer secret of an app.',
}

export function cannotVerify(): Response {
  return v1Error(403, {
    code: 99,
    message: 'Unable to verify your credentials',
    label: 'authenticity_token_error',
  })
}
