import type { Authorizer } from '../../auth/authorizer.ts'
import type { UserSource } from '../../auth/credentials.ts'
import { isApiError } from '../../errors/guards.ts'
import { call } from '../../http/call.ts'
import { assertId, assertObject, assertOneOf, assertText, kindOf } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions, type UserCallOptions } from '../call-options.ts'
import { missingInResponse } from '../read-response.ts'
import { readTime } from '../read-time.ts'
import {
  type ActivityFilter,
  type ActivitySubscription,
  readSubscription,
  toWireFilter,
} from './activity-subscription.ts'
import { accessOf, type SubscribableEventType } from './event-types.ts'
import { findActivitySubscription } from './list-activity-subscriptions.ts'
import { assertTag, subscriptionKey } from './subscription-rules.ts'

/** An activity subscription to create. */
export interface ActivitySubscriptionInput {
  /** The event type, such as `post.mention.create`. Any text is accepted, because X adds event types. */
  readonly eventType: SubscribableEventType
  /** What the subscription is limited to. It cannot be changed later. */
  readonly filter: ActivityFilter
  /**
   * A text of 1 to 200 characters that X repeats in every delivery.
   *
   * @defaultValue no tag
   */
  readonly tag?: string | undefined
  /**
   * The id of the webhook that X delivers to, 1 to 19 digits. X documents that open streams get the events too.
   *
   * @defaultValue absent: X delivers to open streams only
   */
  readonly webhookId?: string | undefined
  /**
   * When the subscription ends: a `Date`, or a text in ISO 8601 format with a time zone. To change it, create the same
   * subscription again.
   *
   * @defaultValue the subscription does not end
   */
  readonly expiresAt?: Date | string | undefined
}

const endpoint = 'activity.subscriptions.create'

/**
 * `POST /2/activity/subscriptions`. X answers a second request for the same subscription with a duplicate, so the request
 * is safe to repeat. The subscription of a duplicate, and of a response without one, is looked up in the list.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export async function createActivitySubscription(
  api: Api,
  input: ActivitySubscriptionInput,
  options: UserCallOptions = {},
): Promise<ActivitySubscription> {
  const json = toBody(input)
  const callOptions = readCallOptions(options, ['user'])
  const authorizer = chooseAuthorizer(api, input.eventType, options.user)
  const { event_type, filter } = json
  try {
    const response = await call(api.transport, {
      endpoint,
      method: 'POST',
      path: '/2/activity/subscriptions',
      json,
      ...callOptions,
      authorizer,
      isIdempotent: true,
      alreadyDoneReason: 'DuplicateSubscription',
    })
    const created =
      readSubscription(endpoint, response, { event_type, filter }) ?? (await findSame(api, input, callOptions))
    if (created !== undefined) return created
    throw missingInResponse(endpoint, response, 'must have a subscription')
  } catch (error) {
    if (!isApiError(error, endpoint) || error.reason !== 'DuplicateSubscription') throw error
    const existing = await findSame(api, input, callOptions)
    if (existing !== undefined) return existing
    throw error
  }
}

function toBody(input: ActivitySubscriptionInput) {
  assertObject(input, 'subscription')
  const { eventType, filter, tag, webhookId, expiresAt } = input
  assertText(eventType, 'eventType')
  assertFilter(filter)
  if (tag !== undefined) assertTag(tag)
  if (webhookId !== undefined) assertId(webhookId, 'webhookId')
  return {
    event_type: eventType,
    filter: toWireFilter(filter),
    tag,
    webhook_id: webhookId,
    expires_at: expiresAt === undefined ? undefined : readTime(expiresAt, 'expiresAt').toISOString(),
  }
}

const filterMembers = ['userId', 'keyword', 'direction', 'qualifiers']

/** X refuses a filter with a member that it does not know, such as a misspelled one. */
function assertFilter(filter: unknown): asserts filter is ActivityFilter {
  assertObject(filter, 'filter')
  const unknown = Object.keys(filter).find((name) => !filterMembers.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`"filter" must only have ${filterMembers.map((name) => `"${name}"`).join(', ')}`)
  }
  const { userId, keyword, direction, qualifiers } = filter as ActivityFilter
  if (userId !== undefined) assertId(userId, 'filter.userId')
  if (keyword !== undefined) {
    assertText(keyword, 'filter.keyword')
    if ([...keyword].length > 150) throw new RangeError('"filter.keyword" must have at most 150 characters')
  }
  if (direction !== undefined) assertOneOf(direction, ['inbound', 'outbound'], 'filter.direction')
  if (qualifiers === undefined) return
  assertObject(qualifiers, 'filter.qualifiers')
  for (const value of Object.values(qualifiers)) {
    if (typeof value !== 'string') throw new TypeError(`"filter.qualifiers" must hold strings, got ${kindOf(value)}`)
  }
}

/**
 * A private event needs the token of the user. Any other event uses the bearer token of the app, unless the call has a
 * `user`. Where the token depends on the plan, the `user` of the client counts as well. The client never tries the other
 * token after a refusal: it would act for another account than the caller expects.
 */
function chooseAuthorizer(api: Api, eventType: string, user: UserSource | undefined): Authorizer {
  if (user !== undefined) return api.userContext(user)
  const access = accessOf(eventType)
  if (access === 'private' && !api.hasUser) {
    throw new TypeError(
      `The event type ${eventType} is private: X requires the token of the user in filter.userId. Pass { user } to the call, or the option "user" to the client.`,
    )
  }
  return api.hasUser && access !== 'public' && access !== undefined ? api.userContext(undefined) : api.app
}

function findSame(
  api: Api,
  input: ActivitySubscriptionInput,
  options: CallOptions,
): Promise<ActivitySubscription | undefined> {
  const key = subscriptionKey(input)
  const { userId } = input.filter
  return findActivitySubscription(api, (found) => subscriptionKey(found) === key, { ...options, userId })
}
