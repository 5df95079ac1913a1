import type { Route } from '../../api/route.ts'
import {
  checkSubscription,
  countRoutes,
  createSubscription,
  deleteOwnSubscription,
  deleteSubscription,
  listSubscriptions,
} from './subscriptions.ts'
import { createWebhook, deleteWebhook, listEnvironments, listWebhooks, validateWebhook } from './webhooks.ts'

/** The routes of the premium API of v1.1. */
export const premiumRoutes: readonly Route[] = [
  createWebhook,
  listEnvironments,
  listWebhooks,
  validateWebhook,
  deleteWebhook,
  createSubscription,
  checkSubscription,
  listSubscriptions,
  deleteOwnSubscription,
  deleteSubscription,
  ...countRoutes,
]
