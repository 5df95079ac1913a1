import type { ActivitySubscription } from '../endpoints/activity/activity-subscription.ts'
import { accessOf } from '../endpoints/activity/event-types.ts'
import { assertTag, canonicalEventType, subscriptionKey } from '../endpoints/activity/subscription-rules.ts'
import {
  assertBoolean,
  assertFunction,
  assertId,
  assertInteger,
  assertMethods,
  assertObject,
  assertText,
  kindOf,
} from '../internal/assert.ts'
import {
  type ActivitySyncApplyOptions,
  type ActivitySyncClient,
  type ActivitySyncItem,
  type ActivitySyncOptions,
  type ActivitySyncPlan,
  type ActivitySyncUser,
  accountActivityEventTypes,
} from './activity-plan.ts'
import { applyActivityPlan } from './apply-activity-plan.ts'
import { readApplyOptions } from './apply-subscription-plan.ts'
import { type Credentials, readUser } from './plan-subscriptions.ts'
import { assertBrakeOptions, withheldRemovals } from './removal-brake.ts'

/**
 * Compares the activity subscriptions of the app with those that it should have: one for each account and event type. It
 * only lists the subscriptions; `apply()` of the plan makes the changes. To do both in one step, call
 * `syncActivitySubscriptions`.
 *
 * @throws TypeError when an argument is wrong. Nothing was sent.
 * @throws RangeError when an argument is out of range, or the accounts and event types need more subscriptions than
 * `limit`. Nothing was sent.
 * @throws ApiError when X refuses to list the subscriptions.
 * @see https://docs.x.com/x-api/activity/introduction
 *
 * @example
 * import type { Client } from 'x-account-activity'
 * import { type ActivitySyncUser, planActivitySubscriptions } from 'x-account-activity/sync'
 *
 * async function subscribe(client: Client, webhookId: string, users: ActivitySyncUser[]): Promise<void> {
 *   const plan = await planActivitySubscriptions(client, { webhookId, users, eventTypes: ['post.mention.create'] })
 *   console.log(`${plan.create.length} to create, ${plan.unchanged.length} exist`)
 *   await plan.apply()
 * }
 */
export async function planActivitySubscriptions(
  client: ActivitySyncClient,
  options: ActivitySyncOptions,
): Promise<ActivitySyncPlan> {
  assertObject(client, 'client')
  assertObject(client.activity, 'client.activity')
  const methods = ['list', 'create', 'update', 'deleteMany'] as const
  assertMethods(client.activity.subscriptions, 'client.activity.subscriptions', methods)
  assertObject(options, 'options')
  const {
    users: given,
    eventTypes = accountActivityEventTypes,
    limit = 1_500,
    onPlan,
    prune = false,
    maxRemovals,
    allowEmpty,
    ...rest
  } = options
  const { webhookId, tag, ...applyOptions } = rest
  if (webhookId !== undefined) assertId(webhookId, 'webhookId')
  if (tag !== undefined) assertTag(tag)
  if (onPlan !== undefined) assertFunction(onPlan, 'onPlan')
  assertBoolean(prune, 'prune')
  assertBrakeOptions({ maxRemovals, allowEmpty })
  readApplyOptions(applyOptions as object)
  const types = readEventTypes(eventTypes)
  const users = readUsers(given)
  assertFits(users.size, types.length, limit)

  const items = [...users.keys()].flatMap((userId) => types.map((eventType) => ({ userId, eventType })))
  const wanted = new Map(items.map((item) => [subscriptionKey(toSubscription(item)), item]))
  const found = await listByKey(client, applyOptions.signal)
  const hasOtherWebhook = (existing: ActivitySubscription) =>
    webhookId !== undefined && existing.webhookId !== webhookId
  const present = [...wanted].flatMap(([key, item]) => {
    const existing = found.get(key)
    return existing === undefined ? [] : [{ existing, item: { ...item, subscriptionId: existing.id } }]
  })
  const surplus = [...found].flatMap(([key, existing]) => {
    const isOurs = existing.filter.userId !== undefined && existing.webhookId === webhookId
    return isOurs && !wanted.has(key) ? [existing] : []
  })
  const existing = present.length + surplus.length
  const counts = { removals: prune ? surplus.length : 0, existing, isListEmpty: items.length === 0 }
  const withheld = withheldRemovals(counts, { maxRemovals, allowEmpty })
  const missing = [...wanted].flatMap(([key, item]) => (found.has(key) ? [] : [item]))
  const lacksCredentials = ({ userId, eventType }: ActivitySyncItem) =>
    users.get(userId) === undefined && accessOf(eventType) === 'private'
  const plan = {
    delete: prune && withheld === undefined ? surplus.map(toItem) : [],
    create: missing.filter((item) => !lacksCredentials(item)),
    update: present.flatMap(({ existing, item }) => (hasOtherWebhook(existing) ? [item] : [])),
  }
  const report = { skipped: missing.filter(lacksCredentials), ...(withheld && { withheld }) }
  return {
    ...plan,
    ...report,
    unchanged: present.flatMap(({ existing, item }) => (hasOtherWebhook(existing) ? [] : [item])),
    surplus,
    apply: async (overrides: ActivitySyncApplyOptions = {}) => {
      assertObject(overrides, 'options')
      const changes = { ...plan, users, webhookId, tag }
      return { ...(await applyActivityPlan(client, changes, { ...applyOptions, ...overrides })), ...report }
    },
  }
}

function toSubscription({ userId, eventType }: ActivitySyncItem) {
  return { eventType, filter: { userId } }
}

function toItem({ id, eventType, filter: { userId = '' } }: ActivitySubscription): ActivitySyncItem {
  return { userId, eventType, subscriptionId: id }
}

async function listByKey(
  { activity }: ActivitySyncClient,
  signal: AbortSignal | undefined,
): Promise<Map<string, ActivitySubscription>> {
  const found = new Map<string, ActivitySubscription>()
  for await (const existing of activity.subscriptions.list(signal && { signal })) {
    found.set(subscriptionKey(existing), existing)
  }
  return found
}

/** Checks the event types, and leaves out those that are there twice. */
function readEventTypes(eventTypes: readonly string[]): string[] {
  if (!Array.isArray(eventTypes)) throw new TypeError(`"eventTypes" must be an array, got ${kindOf(eventTypes)}`)
  for (const [index, eventType] of eventTypes.entries()) assertText(eventType, `eventTypes[${index}]`)
  return [...new Set(eventTypes.map(canonicalEventType))]
}

/** Checked copies of the credentials, by account id; `undefined` for accounts without credentials. */
function readUsers(users: readonly ActivitySyncUser[]): Map<string, Credentials | undefined> {
  if (!Array.isArray(users)) throw new TypeError(`"users" must be an array, got ${kindOf(users)}`)
  return new Map(users.map((user, index) => readUser(user, `users[${index}]`)))
}

function assertFits(users: number, eventTypes: number, limit: number): void {
  assertInteger(limit, 'limit', { min: 1 })
  const needed = users * eventTypes
  if (needed <= limit) return
  throw new RangeError(
    `${users} accounts and ${eventTypes} event types need ${needed} activity subscriptions, but "limit" is ${limit}. Choose fewer "eventTypes" or accounts, or set "limit" to the number that the plan of the app allows.`,
  )
}
