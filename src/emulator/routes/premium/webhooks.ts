import { premiumDate } from '../../../payloads/dates.ts'
import { isJson } from '../../api/api-request.ts'
import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { v1Error } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/tables.ts'
import { webhooksOf } from '../find-webhook.ts'
import { bearerOrSignedForWebhookLists, signedByOwner, signedByOwnerToRegister } from '../v1/authentication.ts'
import { answerDeletion, answerValidation, registerForOwner } from '../v1/webhooks.ts'
import { inEnvironment, inEnvironmentWithWebhook } from './in-environment.ts'

/**
 * Reads the URL from the query or from a form. X does not read it from a JSON body.
 *
 * @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api
 */
export const createWebhook: AppRoute = {
  method: 'POST',
  path: '/1.1/account_activity/all/:env_name/webhooks.json',
  ...signedByOwnerToRegister,
  answer: inEnvironment(async (call) => {
    const { request, environment } = call
    if (isJson(request) && request.body !== '') return v1Error(400, { code: 369, message: 'Invalid JSON syntax.' })
    const webhook = await registerForOwner(call, { environment, whenFull: 400 })
    return webhook instanceof Response ? webhook : json(200, webhookData(webhook))
  }),
}

/**
 * X's reference names the bearer token only. OAuth 1.0a is recorded with status 200.
 *
 * @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api
 * @see https://github.com/zammad/zammad/tree/develop/test/data/vcr_cassettes
 */
export const listEnvironments: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/webhooks.json',
  ...bearerOrSignedForWebhookLists,
  answer(call) {
    const environments = call.platform.environments.map((environment_name) => ({
      environment_name,
      webhooks: webhooksOf(call, environment_name).map(webhookData),
    }))
    return json(200, { environments })
  },
}

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const listWebhooks: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/:env_name/webhooks.json',
  ...bearerOrSignedForWebhookLists,
  answer: inEnvironment(({ webhook }) => json(200, webhook ? [webhookData(webhook)] : [])),
}

/**
 * X's reference names OAuth 1.0a. X's own dashboard validates with the bearer token.
 *
 * @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api
 * @see https://github.com/xdevplatform/account-activity-dashboard
 */
export const validateWebhook: AppRoute = {
  method: 'PUT',
  path: '/1.1/account_activity/all/:env_name/webhooks/:webhook_id.json',
  ...signedByOwner,
  accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 Application-Only'],
  answer: inEnvironmentWithWebhook((call) => answerValidation(call, call.webhook)),
}

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const deleteWebhook: AppRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/all/:env_name/webhooks/:webhook_id.json',
  ...signedByOwner,
  answer: inEnvironmentWithWebhook((call) => answerDeletion(call, call.webhook)),
}

/** A webhook in the form of a recorded answer of the premium API. */
function webhookData({ id, url, valid, createdAt }: WebhookState): object {
  return { id, url, valid, created_timestamp: premiumDate(createdAt) }
}
