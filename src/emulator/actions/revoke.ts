import { userRevokeBody } from '../../payloads/account-activity/bodies.ts'
import { wireJson } from '../../payloads/wire-json.ts'
import { activityBody } from '../../payloads/x-activity/body.ts'
import { oauthRevokePayload } from '../../payloads/x-activity/payloads.ts'
import { sendEvent } from '../delivery/publish.ts'
import { newEventUuid } from '../delivery/publish-activity.ts'
import type { Platform } from '../platform.ts'
import type { ActivitySubscription, AppState, UserState } from '../state/tables.ts'

/**
 * Revokes the access that the user granted to an app: the tokens become invalid, X removes the subscriptions of the user,
 * and sends the event to each webhook of the app that had one. Both APIs have an event.
 */
export function revoke(platform: Platform, user: UserState, app: AppState): void {
  const { state, clock } = platform
  const grant = state.grantOf(app.id, user.id)
  if (!grant) throw new RangeError(`@${user.screenName} has not authorised the app.`)
  state.removeGrant(grant)
  state.removeOAuth2Access(app.id, user.id)
  const body = wireJson(userRevokeBody({ at: clock.now(), userId: user.id, appId: app.id }))
  for (const webhook of [...state.webhooksOf(user.id)].filter(({ appId }) => appId === app.id)) {
    state.unsubscribe(user.id, webhook)
    if (webhook.valid) sendEvent(platform, webhook, { api: 'account_activity', body })
  }
  revokeActivitySubscriptions(platform, user, app)
}

/**
 * Removes the activity subscriptions that were created with a token of the user. Those that the bearer token of the app
 * created remain. The event belongs to no subscription: its filter is empty, and it has no tag. That it comes without a
 * subscription is inferred from X's example.
 */
function revokeActivitySubscriptions(platform: Platform, user: UserState, app: AppState): void {
  const { state, clock, activityFeed } = platform
  const removed = activitySubscriptionsBy(platform, user, app)
  if (removed.length === 0) return
  for (const subscription of removed) state.removeActivitySubscription(subscription)
  const body = wireJson(
    activityBody({
      uuid: newEventUuid(platform),
      filter: {},
      eventType: 'oauth.revoke',
      payload: oauthRevokePayload({ at: clock.now(), userId: user.id, appId: app.id }),
    }),
  )
  activityFeed.emit({ app, occurredAt: clock.now(), body })
  for (const id of new Set(removed.map(({ webhookId }) => webhookId))) {
    const webhook = state.webhooks.get(id ?? '')
    if (webhook?.valid) sendEvent(platform, webhook, { api: 'activity', body })
  }
}

function activitySubscriptionsBy({ state }: Platform, user: UserState, app: AppState): ActivitySubscription[] {
  return [...state.activitySubscriptions.values()].filter(
    ({ appId, createdBy }) => appId === app.id && createdBy === user.id,
  )
}
