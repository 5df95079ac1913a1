import { assertId, assertObject } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { listPages, type PagedCallOptions, pageOf } from '../pages.ts'
import { type ActivitySubscription, activitySubscription } from './activity-subscription.ts'

/** The options of `activity.subscriptions.list`. They apply to the request of each page. */
export interface ActivitySubscriptionListOptions extends PagedCallOptions {
  /**
   * Lists only the subscriptions whose filter has this user id, 1 to 19 digits.
   *
   * @defaultValue the subscriptions of all users
   */
  readonly userId?: string | undefined
}

const endpoint = 'activity.subscriptions.list'
const list = { endpoint, path: '/2/activity/subscriptions', page: pageOf(activitySubscription) } as const

/**
 * `GET /2/activity/subscriptions`, page by page. The call is app-only: X documents the token of a user for it too, but
 * refuses it with a 403.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export function listActivitySubscriptions(
  api: Api,
  options: ActivitySubscriptionListOptions = {},
): AsyncIterable<ActivitySubscription> {
  assertObject(options, 'options')
  const { userId } = options
  if (userId !== undefined) assertId(userId, 'userId')
  const query = userId === undefined ? {} : { user_id: userId }
  return listPages(api, { ...list, query, moreOptions: ['userId'] }, options)
}

/** The first subscription that passes a test. `undefined` if there is none. */
export async function findActivitySubscription(
  api: Api,
  test: (subscription: ActivitySubscription) => boolean,
  options: ActivitySubscriptionListOptions,
): Promise<ActivitySubscription | undefined> {
  for await (const subscription of listActivitySubscriptions(api, options)) {
    if (test(subscription)) return subscription
  }
  return undefined
}
