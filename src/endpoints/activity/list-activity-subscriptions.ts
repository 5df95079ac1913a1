import { call } from '../../http/call.ts'
import { assertId, assertInteger } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { iteratePages, pageOf } from '../pages.ts'
import { readResponse } from '../read-response.ts'
import { type ActivitySubscription, activitySubscription } from './activity-subscription.ts'

/** The options of `activity.subscriptions.list`. They apply to the request of each page. */
export interface ActivitySubscriptionListOptions extends CallOptions {
  /**
   * Lists only the subscriptions whose filter has this user id, 1 to 19 digits.
   *
   * @defaultValue the subscriptions of all users
   */
  readonly userId?: string | undefined
  /**
   * How many subscriptions X sends in one response: an integer from 1 to 1000.
   *
   * @defaultValue 1000
   */
  readonly pageSize?: number | undefined
}

const endpoint = 'activity.subscriptions.list'
const page = pageOf(activitySubscription)

/**
 * `GET /2/activity/subscriptions`, page by page. The call is app-only: X documents the token of a user for it too, but
 * refuses it with a 403.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export function listActivitySubscriptions(
  { transport, app }: Api,
  options: ActivitySubscriptionListOptions = {},
): AsyncIterable<ActivitySubscription> {
  const callOptions = readCallOptions(options, ['userId', 'pageSize'])
  const { userId, pageSize = 1000 } = options
  if (userId !== undefined) assertId(userId, 'userId')
  assertInteger(pageSize, 'pageSize', { min: 1, max: 1000 })
  const query = { max_results: String(pageSize), ...(userId !== undefined && { user_id: userId }) }
  return iteratePages(async (token) => {
    const response = await call(transport, {
      endpoint,
      method: 'GET',
      path: '/2/activity/subscriptions',
      query: token === undefined ? query : { ...query, pagination_token: token },
      authorizer: app,
      isIdempotent: true,
      ...callOptions,
    })
    return readResponse(endpoint, response, page)
  })
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
