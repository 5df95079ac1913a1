import { assertBearerToken } from '../auth/authorizer.ts'
import { assertUserCredentials, type OAuth2UserCredentials, type UserCredentials } from '../auth/credentials.ts'
import { assertBoolean, assertFunction, assertId, assertMethods, assertObject, kindOf } from '../internal/assert.ts'
import { applySubscriptionPlan, type PlannedCall, readApplyOptions } from './apply-subscription-plan.ts'
import { assertBrakeOptions, withheldRemovals } from './removal-brake.ts'
import type {
  AccountWithoutCredentials,
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
  const { webhookId, users, prune = false, maxRemovals, allowEmpty, onPlan, ...applyOptions } = options
  assertId(webhookId, 'webhookId')
  assertBoolean(prune, 'prune')
  assertBrakeOptions({ maxRemovals, allowEmpty })
  if (onPlan !== undefined) assertFunction(onPlan, 'onPlan')
  readApplyOptions(applyOptions)
  const wanted = readUsers(users as readonly SubscriptionSyncUser[], acceptsOAuth2Users(client))

  const { signal } = applyOptions
  const { subscriptions } = await client.subscriptions.list(webhookId, signal && { signal })
  const present = new Set(subscriptions.map(({ userId }) => userId))
  const missing = [...wanted.keys()].filter((userId) => !present.has(userId) && wanted.get(userId) !== undefined)
  const surplus = [...present].filter((userId) => !wanted.has(userId))
  const removals = prune ? surplus : []
  const counts = { removals: removals.length, existing: present.size, isListEmpty: wanted.size === 0 }
  const withheld = withheldRemovals(counts, { maxRemovals, allowEmpty })
  const unsubscribe = withheld === undefined ? removals : []
  const report = {
    skipped: [...wanted].flatMap(([userId, credentials]) =>
      credentials === undefined ? [{ userId, isSubscribed: present.has(userId) }] : [],
    ),
    ...(withheld && { withheld }),
  }
  const calls: PlannedCall[] = [
    ...unsubscribe.map((userId) => ({ userId, action: 'unsubscribe' as const })),
    ...missing.map((userId) => ({ userId, action: 'subscribe' as const, ...userOf(wanted, userId) })),
  ]
  return {
    unsubscribe,
    subscribe: missing,
    ...report,
    unchanged: [...wanted.keys()].filter((userId) => present.has(userId)),
    surplus,
    apply: async (overrides: SubscriptionSyncApplyOptions = {}) => {
      assertObject(overrides, 'options')
      const applied = await applySubscriptionPlan(client, { webhookId, calls }, { ...applyOptions, ...overrides })
      return { ...applied, ...report }
    },
  }
}

/** The credentials of an account. */
export type Credentials = UserCredentials | OAuth2UserCredentials

function userOf(users: ReadonlyMap<string, Credentials | undefined>, userId: string): { user?: Credentials } {
  const user = users.get(userId)
  return user === undefined ? {} : { user }
}

/**
 * Checked copies of the credentials, by account id; `undefined` for accounts without credentials. Later changes to the
 * caller's list do not change the plan.
 */
function readUsers(
  users: readonly (SubscriptionSyncUser | AccountWithoutCredentials)[],
  acceptsOAuth2: boolean,
): Map<string, Credentials | undefined> {
  if (!Array.isArray(users)) throw new TypeError(`"users" must be an array, got ${kindOf(users)}`)
  return new Map(
    users.map((user, index) => {
      const [id, credentials] = readUser(user, `users[${index}]`)
      if (!acceptsOAuth2 && credentials !== undefined && 'bearerToken' in credentials) {
        throw new TypeError(`"users[${index}]" must have "accessToken" and "accessTokenSecret": v1.1 has no OAuth 2.0`)
      }
      return [id, credentials] as const
    }),
  )
}

/** The clients of v1.1 do not accept OAuth 2.0 credentials. Only they have `deleteOwn`. */
function acceptsOAuth2Users({ subscriptions }: SubscriptionSyncClient): boolean {
  return !('deleteOwn' in subscriptions)
}

/** Checks an account, and returns its id and a copy of its credentials, or `undefined` if it has none. */
export function readUser(
  user: SubscriptionSyncUser | AccountWithoutCredentials,
  label: string,
): [string, Credentials | undefined] {
  assertObject(user, label)
  const given = user as Record<keyof AccountWithoutCredentials, string | null | undefined>
  const userId = given.userId ?? undefined
  const accessToken = given.accessToken || undefined
  const accessTokenSecret = given.accessTokenSecret || undefined
  const bearerToken = given.bearerToken || undefined
  const hasCredentials = bearerToken !== undefined || (accessToken !== undefined && accessTokenSecret !== undefined)
  const credentials = hasCredentials
    ? readCredentials({ accessToken, accessTokenSecret, bearerToken }, label)
    : undefined
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
