import type { Route } from '../../api/route.ts'
import { checkSubscription } from './check-subscription.ts'
import { countSubscriptions } from './count-subscriptions.ts'
import { createReplayJob } from './create-replay-job.ts'
import { createSubscription } from './create-subscription.ts'
import { createWebhook } from './create-webhook.ts'
import { deleteOwnSubscription } from './delete-own-subscription.ts'
import { deleteSubscription } from './delete-subscription.ts'
import { deleteWebhook } from './delete-webhook.ts'
import { listSubscriptions } from './list-subscriptions.ts'
import { listWebhooks } from './list-webhooks.ts'
import { validateWebhook } from './validate-webhook.ts'

/** The endpoints of the enterprise API of v1.1. */
export const enterpriseRoutes: readonly Route[] = [
  createWebhook,
  listWebhooks,
  validateWebhook,
  deleteWebhook,
  createSubscription,
  checkSubscription,
  deleteOwnSubscription,
  deleteSubscription,
  listSubscriptions,
  countSubscriptions,
  createReplayJob,
]
