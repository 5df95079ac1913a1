import type { Route } from '../../api/route.ts'
import { checkSubscription } from './check-subscription.ts'
import { countSubscriptions } from './count-subscriptions.ts'
import { createActivityReplay, createWebhookReplay } from './create-replay-job.ts'
import { createStreamLink } from './create-stream-link.ts'
import { createSubscription } from './create-subscription.ts'
import { createWebhook } from './create-webhook.ts'
import { deleteStreamLink } from './delete-stream-link.ts'
import { deleteSubscription } from './delete-subscription.ts'
import { deleteWebhook } from './delete-webhook.ts'
import { listStreamLinks } from './list-stream-links.ts'
import { listSubscriptions } from './list-subscriptions.ts'
import { listWebhooks } from './list-webhooks.ts'
import { validateWebhook } from './validate-webhook.ts'

/** The endpoints of v2 for webhooks, subscriptions and replays. */
export const v2Routes: readonly Route[] = [
  createWebhook,
  listWebhooks,
  validateWebhook,
  deleteWebhook,
  createWebhookReplay,
  createSubscription,
  checkSubscription,
  listSubscriptions,
  deleteSubscription,
  countSubscriptions,
  createActivityReplay,
  createStreamLink,
  listStreamLinks,
  deleteStreamLink,
]
