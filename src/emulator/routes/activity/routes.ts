import type { Route } from '../../api/route.ts'
import { createActivitySubscription } from './create-subscription.ts'
import { deleteActivitySubscription } from './delete-subscription.ts'
import { deleteActivitySubscriptions } from './delete-subscriptions.ts'
import { listActivitySubscriptions } from './list-subscriptions.ts'
import { streamActivity } from './stream.ts'
import { updateActivitySubscription } from './update-subscription.ts'

/** The routes of the X Activity API. */
export const activityRoutes: readonly Route[] = [
  createActivitySubscription,
  listActivitySubscriptions,
  updateActivitySubscription,
  deleteActivitySubscription,
  deleteActivitySubscriptions,
  streamActivity,
]
