import { enterpriseDate } from '../../../payloads/dates.ts'
import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import type { WebhookState } from '../../state/tables.ts'
import { findWebhook, webhooksOf } from '../find-webhook.ts'
import { bearerForWebhookLists, signedByOwner, signedByOwnerToRegister } from '../v1/authentication.ts'
import { answerDeletion, answerValidation, registerForOwner } from '../v1/webhooks.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const createWebhook: AppRoute = {
  method: 'POST',
  path: '/1.1/account_activity/webhooks.json',
  ...signedByOwnerToRegister,
  async answer(call) {
    const webhook = await registerForOwner(call, { whenFull: 403 })
    return webhook instanceof Response ? webhook : json(200, webhookData(webhook))
  },
}

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const listWebhooks: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/webhooks.json',
  ...bearerForWebhookLists,
  answer: (call) => json(200, webhooksOf(call).map(webhookData)),
}

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const validateWebhook: AppRoute = {
  method: 'PUT',
  path: '/1.1/account_activity/webhooks/:webhook_id.json',
  ...signedByOwner,
  answer: (call) => answerValidation(call, findWebhook(call)),
}

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const deleteWebhook: AppRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/webhooks/:webhook_id.json',
  ...signedByOwner,
  answer: (call) => answerDeletion(call, findWebhook(call)),
}

/** A webhook in the form of the enterprise API. */
function webhookData({ id, url, valid, createdAt }: WebhookState): object {
  return { id, url, valid, created_at: enterpriseDate(createdAt) }
}
