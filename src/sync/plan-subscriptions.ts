import { assertBearerToken } from '../auth/authorizer.ts'
import { assertUserCredentials, type OAuth2UserCredentials, type UserCredentials } from '../auth/credentials.ts'
import type { CallOptions } from '../endpoints/call-options.ts'
import { assertBoolean, assertId, assertMethods, assertObject, kindOf } from '../internal/assert.ts'
import { applySubscriptionPlan, type Task } from './apply-subscription-plan.ts'
import type { SubscriptionSyncClient, SubscriptionSyncPlan, SubscriptionSyncUser } from './subscription-plan.ts'

/** Who is to be subscribed to a webhook. */
export interface SubscriptionSyncOptions extends CallOptions {
  /** The webhook; in premium it is checked and not sent. */
  readonly webhookId: string
  /** All accounts that are to be subscribed; one that is named twice counts once. */
  readonly users: readonly SubscriptionSyncUser[]
  /** Whether to unsubscribe the accounts that are not named: `false` unless set. */
  readonly prune?: boolean
}

/**
 * Looks at who is subscribed to a webhook, with one call, and tells what is to be done to have exactly these accounts:
 * who is missing is subscribed, who is surplus unsubscribed where that is asked for.
 *
 * @throws TypeError or RangeError when an argument is wrong; before anything was sent, and naming the user by its place.
 * @throws ApiError when X refuses to list the subscriptions.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import type { Client } from 'x-account-activity'
 * import { type SubscriptionSyncUser, planSubscriptions } from 'x-account-activity/recovery'
 *
 * async function subscribe(client: Client, webhookId: string, users: SubscriptionSyncUser[]): Promise<void> {
 *   const plan = await planSubscriptions(client, { webhookId, users, prune: true })
 *   console.log(`${plan.subscribe.length} to subscribe, ${plan.unsubscribe.length} to unsubscribe`)
 *   const { failed } = await plan.apply()
 *   for (const { userId, reason } of failed) console.log(userId, reason)
 * }
 */
export async function planSubscriptions(
  client: SubscriptionSyncClient,
  options: SubscriptionSyncOptions,
): Promise<SubscriptionSyncPlan> {
  assertObject(client, 'client')
  assertMethods(client.subscriptions, 'client.subscriptions', ['list', 'create', 'delete'])
  assertObject(options, 'options')
  const { webhookId, prune = false, signal } = options
  assertId(webhookId, 'webhookId')
  assertBoolean(prune, 'prune')
  const wanted = readUsers(options.users)

  const { subscriptions } = await client.subscriptions.list(webhookId, signal && { signal })
  const present = new Set(subscriptions.map(({ userId }) => userId))
  const missing = [...wanted.keys()].filter((userId) => !present.has(userId))
  const surplus = [...present].filter((userId) => !wanted.has(userId))
  const unsubscribe = prune ? surplus : []
  const tasks: Task[] = [
    ...unsubscribe.map((userId) => ({ userId, action: 'unsubscribe' as const })),
    ...missing.map((userId) => ({ userId, action: 'subscribe' as const, ...userOf(wanted, userId) })),
  ]
  return {
    subscribe: missing,
    unsubscribe,
    unchanged: [...wanted.keys()].filter((userId) => present.has(userId)),
    surplus,
    apply: (how = {}) => applySubscriptionPlan(client, { webhookId, tasks }, { ...(signal && { signal }), ...how }),
  }
}

type Credentials = UserCredentials | OAuth2UserCredentials

function userOf(users: ReadonlyMap<string, Credentials>, userId: string): { user?: Credentials } {
  const user = users.get(userId)
  return user === undefined ? {} : { user }
}

/** Copies, checked, by id: what the caller does to the list while the plan is carried out changes nothing. */
function readUsers(users: readonly SubscriptionSyncUser[]): Map<string, Credentials> {
  if (!Array.isArray(users)) throw new TypeError(`"users" must be an array, got ${kindOf(users)}`)
  return new Map(users.map((user, index) => readUser(user, `users[${index}]`)))
}

function readUser(user: SubscriptionSyncUser, label: string): [string, Credentials] {
  assertObject(user, label)
  const { accessToken, accessTokenSecret, bearerToken, userId } = user as Partial<
    UserCredentials & OAuth2UserCredentials & { userId: string }
  >
  const credentials = readCredentials({ accessToken, accessTokenSecret, bearerToken }, label)
  const id = userId ?? /^(\d{1,19})-/.exec(accessToken ?? '')?.[1]
  if (id === undefined) throw new TypeError(`"${label}.userId" must be given: the token does not tell it`)
  assertId(id, `${label}.userId`)
  return [id, credentials]
}

function readCredentials(
  given: { [K in 'accessToken' | 'accessTokenSecret' | 'bearerToken']: string | undefined },
  label: string,
): Credentials {
  const { bearerToken, ...user } = given
  try {
    if (bearerToken === undefined) {
      assertUserCredentials(user)
      return user
    }
    assertBearerToken(bearerToken, 'bearerToken')
    return { bearerToken }
  } catch (error) {
    const { message } = error as Error
    throw error instanceof RangeError ? new RangeError(`${label}: ${message}`) : new TypeError(`${label}: ${message}`)
  }
}
