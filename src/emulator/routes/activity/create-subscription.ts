import { isOffered, isOwnOnly, needsUserToken, tokenNeeds } from '../../activities/event-types.ts'
import { subscribeToActivity } from '../../activities/subscribe.ts'
import { refuseToken } from '../../api/answer-call.ts'
import {
  clientNotEnrolled,
  failure,
  forbidden,
  invalidRequest,
  ok,
  subscriptionsDenied,
  webhookIdInvalid,
} from '../../api/problems.ts'
import type { AppCall, AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'
import { readBody, readSubscription, type SubscriptionBody } from './read-subscription.ts'
import { anyToken, subscriptionData, totalSubscriptions } from './subscriptions.ts'

/** @see https://docs.x.com/x-api/activity/introduction */
export const createActivitySubscription: AppRoute = {
  method: 'POST',
  path: '/2/activity/subscriptions',
  ...anyToken,
  answer(call) {
    const { platform, app, caller, request } = call
    const body = readBody(request.body, (members) => readSubscription(members, platform.clock.now()))
    if (typeof body === 'string') return invalidRequest(body)
    const refusal = refuseAccess(call, body)
    if (refusal) return refusal
    if (body.webhookId !== undefined && !findWebhook(call, body.webhookId)) return webhookIdInvalid()
    const createdBy = caller.by === 'OAuth 2.0 Application-Only' ? {} : { createdBy: caller.user.id }
    const subscription = subscribeToActivity(platform, app, { ...body, ...createdBy })
    if ('id' in subscription) {
      const meta = { total_subscriptions: totalSubscriptions(call) }
      return ok({ data: { subscription: subscriptionData(subscription) }, meta })
    }
    const { reason, details } = subscription
    switch (reason) {
      case 'DuplicateSubscription':
        return failure(reason, details)
      case 'OverlappingSubscription':
        return invalidRequest(details)
      case 'SubscriptionLimitExceeded':
        // No answer of X is recorded.
        return forbidden(`${reason}: ${details}`)
      default:
        return reason satisfies never
    }
  },
}

/** Refuses a token that may not subscribe to the event type, or not for this user. */
function refuseAccess(call: AppCall, { eventType, filter }: SubscriptionBody): Response | undefined {
  const { platform, app, caller } = call
  if (!isOffered(eventType, platform.tier)) return clientNotEnrolled(app.id)
  if (caller.by === 'OAuth 2.0 Application-Only') {
    if (!needsUserToken(eventType, platform.tier)) return undefined
    return failure('OauthAccessTokenRequired', 'OAuth user access token is required for this event type')
  }
  const refusal = refuseToken(call, caller, tokenNeeds(eventType))
  if (refusal || !isOwnOnly(eventType)) return refusal
  const { userId = '' } = filter
  return userId === caller.user.id && !app.deniedUsers.has(userId) ? undefined : subscriptionsDenied(userId)
}
