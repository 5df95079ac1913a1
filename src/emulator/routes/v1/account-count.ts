import type { AppCall } from '../../api/route.ts'

/** What both counts say of the account that the app belongs to. */
export function accountCount({ platform: { state, limits }, app }: AppCall) {
  return {
    account_name: state.users.get(app.ownerId)?.screenName ?? '',
    provisioned_count: String(limits.subscriptions),
    subscriptions: String(state.subscribersOfAccount(app.ownerId).size),
  }
}
