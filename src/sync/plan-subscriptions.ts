import { assertBearerToken } from '../auth/authorizer.ts'
import { assertUserCredentials, type OAuth2UserCredentials, type UserCredentials } from '../auth/credentials.ts'
import { assertBoolean, assertFunction, assertId, assertMethods, assertObject, kindOf } from '../internal/assert.ts'
import { applySubscriptionPlan, type PlannedCall, readApplyOptions } from './apply-subscription-plan.ts'
import type {
  SubscriptionSyncApplyOptions,
  SubscriptionSyncClient,
  SubscriptionSyncOptions,
  SubscriptionSyncPlan,
  SubscriptionSyncUser,
} from './subscription-plan.ts'

/**
 * Compares the accounts that are subscribed to a webhook with those that should be, and returns what to change. It makes
 * one call to X and changes nothing; `apply()` of the plan makes the changes. To do both in one step, call
 * `syncSubscriptions`.
 *
 * @throws TypeError or RangeError when an argument is wrong, before any call. The message names the index of a wrong user.
 * @throws ApiError when X refuses to list the subscriptions.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import type { Client } from 'x-account-activity'
 * import { type SubscriptionSyncUser, planSubscriptions } from 'x-account-activity/sync'
 *
 * async function subscribe(client: Client, webhookId: string, users: SubscriptionSyncUser[]): Promise<void> {
 *   const plan = await planSubscriptions(client, { webhookId, users, prune: true })
 *   console.log(`${plan.subscribe.length} to subscribe, ${plan.unsubscribe.length} to unsubscribe`)
 *   const { failed } = await plan.apply()
 *   for (const { userId, reason } of failed) console.log(userId, reason)
 * }
 */
export async function planSubscriptions<User extends UserCredentials | OAuth2UserCredentials>(
  client: SubscriptionSyncClient<User>,
  options: SubscriptionSyncOptions<NoInfer<User>>,
): Promise<SubscriptionSyncPlan> {
  assertObject(client, 'client')
  assertMethods(client.subscriptions, 'client.subscriptions', ['list', 'create', 'delete'])
  assertObject(options, 'options')
  const { webhookId, users, prune = false, onPlan, ...applyOptions } = options
  assertId(webhookId, 'webhookId')
  assertBoolean(prune, 'prune')
  if (onPlan !== undefined) assertFunction(onPlan, 'onPlan')
  readApplyOptions(applyOptions)
  const wanted = readUsers(users as readonly SubscriptionSyncUser[], acceptsOAuth2Users(client))

  const { signal } = applyOptions
  const { subscriptions } = await client.subscriptions.list(webhookId, signal && { signal })
  const present = new Set(subscriptions.map(({ userId }) => userId))
  const missing = [...wanted.keys()].filter((userId) => !present.has(userId))
  const surplus = [...present].filter((userId) => !wanted.has(userId))
  const unsubscribe = prune ? surplus : []
  const calls: PlannedCall[] = [
    ...unsubscribe.map((userId) => ({ userId, action: 'unsubscribe' as const })),
    ...missing.map((userId) => ({ userId, action: 'subscribe' as const, ...userOf(wanted, userId) })),
  ]
  return {
    subscribe: missing,
    unsubscribe,
    unchanged: [...wanted.keys()].filter((userId) => present.has(userId)),
    surplus,
    apply: (overrides: SubscriptionSyncApplyOptions = {}) => {
      assertObject(overrides, 'options')
      return applySubscriptionPlan(client, { webhookId, calls }, { ...applyOptions, ...overrides })
    },
  }
}

/** The credentials of an account. */
export type Credentials = UserCredentials | OAuth2UserCredentials

function userOf(users: ReadonlyMap<string, Credentials>, userId: string): { user?: Credentials } {
  const user = users.get(userId)
  return user === undefined ? {} : { user }
}

/** Checked copies of the credentials, by account id. Later changes to the caller's list do not change the plan. */
function readUsers(users: readonly SubscriptionSyncUser[], acceptsOAuth2: boolean): Map<string, Credentials> {
  if (!Array.isArray(users)) throw new TypeError(`"users" must be an array, got ${kindOf(users)}`)
  return new Map(
    users.map((user, index) => {
      const [id, credentials] = readUser(user, `users[${index}]`)
      if (!acceptsOAuth2 && 'bearerToken' in credentials) {
        throw new TypeError(`"users[${index}]" must have "accessToken" and "accessTokenSecret": v1.1 has no OAuth 2.0`)
      }
      return [id, credentials]
    }),
  )
}

/** The clients of v1.1 do not accept OAuth 2.0 credentials. Only they have `deleteOwn`. */
function acceptsOAuth2Users({ subscriptions }: SubscriptionSyncClient): boolean {
  return !('deleteOwn' in subscriptions)
}

/** Checks an account, and returns its id and a copy of its credentials. */
export function readUser(user: SubscriptionSyncUser, label: string): [string, Credentials] {
  assertObject(user, label)
  const { accessToken, accessTokenSecret, bearerToken, userId } = user as Partial<
    UserCredentials & OAuth2UserCredentials & { userId: string }
  >
  const credentials = readCredentials({ accessToken, accessTokenSecret, bearerToken }, label)
  const tokenId = /^(\d{1,19})-/.exec(accessToken ?? '')?.[1]
  const id = userId ?? tokenId
  if (id === undefined) throw new TypeError(`"${label}.userId" must be given: the token does not contain it`)
  assertId(id, `${label}.userId`)
  if (tokenId !== undefined && tokenId !== id) {
    throw new RangeError(`"${label}.userId" must be ${tokenId}, the id at the beginning of "accessToken", got ${id}`)
  }
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
