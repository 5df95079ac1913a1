import type { Route } from '../../api/route.ts'
import { createActivityReplay, createWebhookReplay } from './replay.ts'
import { streamPosts } from './stream.ts'
import { createStreamLink, deleteStreamLink, listStreamLinks } from './stream-links.ts'
import { countStreamRules, listStreamRules, updateStreamRules } from './stream-rules.ts'
import {
  checkSubscription,
  countSubscriptions,
  createSubscription,
  deleteSubscription,
  listSubscriptions,
} from './subscriptions.ts'
import { createWebhook, deleteWebhook, listWebhooks, validateWebhook } from './webhooks.ts'

/** The v2 routes for webhooks, subscriptions, replays, and the filtered stream with its rules and links. */
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
  listStreamRules,
  updateStreamRules,
  countStreamRules,
  streamPosts,
]
