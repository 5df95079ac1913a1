import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId, assertObject } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { missingInResponse } from '../read-response.ts'
import { type ActivitySubscription, readSubscription } from './activity-subscription.ts'
import { findActivitySubscription } from './list-activity-subscriptions.ts'
import { assertTag } from './subscription-rules.ts'

/** What can be changed in an activity subscription. The event type and the filter cannot. */
export interface ActivitySubscriptionChanges {
  /**
   * The new tag, 1 to 200 characters.
   *
   * @defaultValue absent: the tag is not changed
   */
  readonly tag?: string | undefined
  /**
   * The id of the webhook that X delivers to from now on, 1 to 19 digits.
   *
   * @defaultValue absent: the webhook is not changed
   */
  readonly webhookId?: string | undefined
}

const endpoint = 'activity.subscriptions.update'

/**
 * `PUT /2/activity/subscriptions/{id}`. If the response has no subscription, it is looked up in the list.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export async function updateActivitySubscription(
  api: Api,
  id: string,
  changes: ActivitySubscriptionChanges,
  options: CallOptions = {},
): Promise<ActivitySubscription> {
  assertId(id, 'id')
  const json = toBody(changes)
  const callOptions = readCallOptions(options)
  const response = await call(api.transport, {
    endpoint,
    method: 'PUT',
    path: path`/2/activity/subscriptions/${id}`,
    json,
    authorizer: api.app,
    isIdempotent: true,
    notFoundHint:
      'The app has no activity subscription with this id. List the activity subscriptions and use an id from the list.',
    ...callOptions,
  })
  const updated =
    readSubscription(endpoint, response) ?? (await findActivitySubscription(api, (one) => one.id === id, callOptions))
  if (updated === undefined) throw missingInResponse(endpoint, response, 'must have a subscription')
  return updated
}

function toBody(changes: ActivitySubscriptionChanges) {
  assertObject(changes, 'changes')
  const { tag, webhookId, ...others } = changes
  if (Object.keys(others).length > 0) {
    throw new TypeError('"changes" must only have "tag" and "webhookId": the event type and the filter cannot change')
  }
  if (tag === undefined && webhookId === undefined) throw new TypeError('"changes" must have "tag" or "webhookId"')
  if (tag !== undefined) assertTag(tag)
  if (webhookId !== undefined) assertId(webhookId, 'webhookId')
  return { tag, webhook_id: webhookId }
}
