import type { Route } from '../../api/route.ts'
import { createReplayJob } from './replay.ts'
import {
  checkSubscription,
  countSubscriptions,
  createSubscription,
  deleteOwnSubscription,
  deleteSubscription,
  listSubscriptions,
} from './subscriptions.ts'
import { createWebhook, deleteWebhook, listWebhooks, validateWebhook } from './webhooks.ts'

/** The routes of the enterprise API of v1.1. */
export const enterpriseRoutes: readonly Route[] = [
  createWebhook,
  listWebhooks,
  validateWebhook,
  deleteWebhook,
  createSubscription,
  checkSubscription,
  listSubscriptions,
  deleteOwnSubscription,
  deleteSubscription,
  countSubscriptions,
  createReplayJob,
]
