import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { signedToRegister } from '../v1/authentication.ts'
import { register } from '../v1/register.ts'
import { webhookData } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const createWebhook: AppRoute = {
  method: 'POST',
  path: '/1.1/account_activity/webhooks.json',
  ...signedToRegister,
  async answer(call) {
    const webhook = await register(call, { whenFull: 403 })
    return webhook instanceof Response ? webhook : json(200, webhookData(webhook))
  },
}
