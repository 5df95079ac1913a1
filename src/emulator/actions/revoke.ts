import { sendEvent } from '../delivery/publish.ts'
import { revokeDate } from '../payloads/dates.ts'
import { wireJson } from '../payloads/wire-json.ts'
import type { Platform } from '../platform.ts'
import type { AppState, UserState } from '../state/tables.ts'

/**
 * Revokes the access that the user granted to an app: the tokens become invalid, X removes the subscriptions of the user,
 * and sends the event to each webhook of the app that had one.
 */
export function revoke(platform: Platform, user: UserState, app: AppState): void {
  const { state, clock } = platform
  const grant = state.grantOf(app.id, user.id)
  if (!grant) throw new RangeError(`@${user.screenName} has not authorised the app.`)
  state.removeGrant(grant)
  const body = wireJson({
    user_event: {
      revoke: { date_time: revokeDate(clock.now()), target: { app_id: app.id }, source: { user_id: user.id } },
    },
  })
  for (const webhook of [...state.webhooksOf(user.id)].filter(({ appId }) => appId === app.id)) {
    state.unsubscribe(user.id, webhook)
    if (webhook.valid) sendEvent(platform, webhook, { api: 'account_activity', body })
  }
}
