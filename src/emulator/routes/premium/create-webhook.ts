import { isJson } from '../../api/api-request.ts'
import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { v1Error } from '../../api/v1-problems.ts'
import { signedToRegister } from '../v1/authentication.ts'
import { register } from '../v1/register.ts'
import { inEnvironment } from './in-environment.ts'
import { webhookData } from './webhook-data.ts'

/**
 * The URL stands in the query or in a form; X does not read it from JSON.
 *
 * @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api
 */
export const createWebhook: AppRoute = {
  method: 'POST',
  path: '/1.1/account_activity/all/:env_name/webhooks.json',
  ...signedToRegister,
  answer: inEnvironment(async (call) => {
    const { request, environment } = call
    if (isJson(request) && request.body !== '') return v1Error(400, { code: 369, message: 'Invalid JSON syntax.' })
    const webhook = await register(call, { environment, whenFull: 400 })
    return webhook instanceof Response ? webhook : json(200, webhookData(webhook))
  }),
}
