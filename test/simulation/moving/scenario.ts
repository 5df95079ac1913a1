import {
  type Activity,
  activityKinds,
  activityOf,
  createClient,
  createMemoryDedupeStore,
  createReceiver,
  type Inbox,
  type Receiver,
} from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'
import { syncSubscriptions } from 'x-account-activity/sync'
import { VirtualTime } from '../../support/virtual-time.ts'
import { fetchOf } from '../../support/x-api.ts'
import { type GuideCode, loadGuideCode } from './guide-code.ts'
import { kindsWithCommonKey, nameOf, Users } from './users.ts'

/** What is simulated. */
export interface MoveOptions {
  readonly accounts: number
  /** Where the receiver stores deliveries before it handles them. Without it, it answers when they are handled. */
  readonly inbox?: Inbox
}

/** The result of a simulated move. */
export interface MoveResult {
  /** The accounts that were moved. Those that revoked the access of the app before are not counted. */
  readonly moved: number
  /** Minutes from the first subscription to the last account. */
  readonly minutes: number
  /** The activities that both APIs deliver. */
  readonly activities: number
  /** Those that no handler got. */
  readonly missing: readonly string[]
  /** How many activities were handled more than once, by kind. */
  readonly handledTwice: Readonly<Partial<Record<Activity['kind'], number>>>
  /** Posts, deletions, messages and revocations that both APIs delivered. */
  readonly deliveredByBoth: number
  /** Posts, deletions, messages and revocations that were handled once. */
  readonly handledOnce: number
  /** Posts, deletions, messages and revocations. */
  readonly withCommonKey: number
  /** What the comparison says that only the Account Activity API delivered. */
  readonly onlyAccountActivity: readonly string[]
  /** Activities that were handled more than once before the move began. */
  readonly twiceBeforeMove: number
  /** The accounts that are still subscribed to the Account Activity API. */
  readonly remaining: number
  /** The APIs that delivered after the move. */
  readonly apisAfterMove: readonly string[]
}

const start = Date.UTC(2026, 10, 21, 9, 30)

/**
 * Plays the runbook of the guide, with its code: both APIs for a few accounts, the comparison, the move of all accounts
 * while their users go on, and the time afterwards. Some deliveries come twice or late, and some users leave.
 */
export async function simulateMove({ accounts, inbox }: MoveOptions): Promise<MoveResult> {
  const guide = await loadGuideCode()
  const leavers = Math.ceil(accounts / 25)
  const x: Emulator = createEmulator({
    now: () => start,
    seed: 'moving',
    limits: { subscriptions: accounts + 1, activitySubscriptions: (accounts + 1) * 17 },
    faults: { deliveries: { duplicated: 0.02, reordered: 0.02 } },
    fetch: (request) => receiver.fetch(request),
  })
  const time = new VirtualTime(x)
  const users = new Users(x, { users: accounts - leavers, leavers })
  const shy = x.addUser({ screenName: 'shy', protected: true })
  let calls = Number.NEGATIVE_INFINITY
  const client = createClient({
    ...x.app,
    // Users act while accounts are moved: before every fourth call.
    fetch: fetchOf(
      time.during(async (request) => {
        calls += 1
        if (calls % 4 === 0) await users.act()
        return x.fetch(request)
      }),
    ),
    now: time.now,
    retry: { sleep: time.sleep },
  })
  const handled = new Handled()
  const receiver: Receiver = createHandlers(x, guide, { handled, inbox })
  const delivered = observe(receiver)
  const { id: webhookId } = await client.webhooks.create('https://app.example/webhook')
  await syncSubscriptions(client, { webhookId, users: [...users.accounts(), shy].map(credentialsOf), ...time })
  calls = 0
  const passWithActs = async (minutes: number, acts: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      for (let act = 0; act < acts; act += 1) await users.act()
      await time.pass(1)
    }
  }

  // 1 and 2: both APIs for some accounts, and the comparison.
  const pilots = [...users.accounts().slice(0, 25), shy]
  await guide.turnOn(client, webhookId, pilots.map(credentialsOf))
  await time.pass(1)
  const { missing, stop } = guide.compare(receiver, new Set(pilots.map(({ id }) => id)))
  const secret = await shy.post('Only for those who follow me')
  await passWithActs(30, accounts / 10)
  stop()
  const onlyAccountActivity = missing().map(
    ({ kind, accountId }) => `${kind} ${accountId === shy.id ? 'shy' : accountId}`,
  )
  users.expected.add(`post ${shy.id} ${secret.id_str}`)
  const twiceBeforeMove = handled.twice().length

  // 3: account by account.
  const movedAt = x.now()
  const progress: { notMoved?: Set<string>; error?: unknown } = {}
  void guide
    .move(client, {
      webhookId,
      users: users.accounts().map(credentialsOf),
      limit: accounts * 17,
      async onMove(userId) {
        guide.moving.add(userId)
        for (let act = 0; act < 3; act += 1) await users.act(userId)
      },
      now: time.now,
      sleep: time.sleep,
    })
    .then(
      (notMoved) => Object.assign(progress, { notMoved }),
      (error: unknown) => Object.assign(progress, { error }),
    )
  while (progress.notMoved === undefined) {
    if ('error' in progress) throw progress.error
    if (Math.round((x.now() - movedAt) / 60_000) % 15 === 0) await users.leave()
    await passWithActs(1, accounts / 50)
  }
  const minutes = Math.round((x.now() - movedAt) / 60_000)

  // 4: the Account Activity API is off, but for the protected account.
  await client.subscriptions.delete(webhookId, shy.id)
  const remaining = await guide.remaining(client, webhookId)
  await time.pass(1)
  await handled.waitFor(users.expected)
  handled.apis.clear()
  await users.leave()
  await passWithActs(30, accounts / 10)
  await time.pass(10)
  await handled.waitFor(users.expected)
  return {
    ...countHandled(users.expected, handled),
    deliveredByBoth: [...delivered.account_activity].filter((name) => delivered.activity.has(name)).length,
    moved: accounts - progress.notMoved.size,
    minutes,
    onlyAccountActivity,
    twiceBeforeMove,
    remaining: remaining.length,
    apisAfterMove: [...handled.apis],
  }
}

/** How often each activity was handled. */
class Handled {
  readonly times = new Map<string, number>()
  /** The APIs that delivered what was handled since it was last cleared. */
  readonly apis = new Set<string>()

  add = async (activity: Activity): Promise<void> => {
    // Handlers take time: the other API delivers meanwhile.
    await new Promise((resolve) => setImmediate(resolve))
    const name = nameOf(activity)
    this.times.set(name, (this.times.get(name) ?? 0) + 1)
    this.apis.add(activity.api)
  }

  /** Waits until everything is handled that an inbox may still have, or until nothing more happens. */
  async waitFor(expected: ReadonlySet<string>): Promise<void> {
    const isMissing = () => [...expected].some((name) => !this.times.has(name))
    for (let checks = 0; checks < 1000 && isMissing(); checks += 1) {
      for (let wait = 0; wait < 100; wait += 1) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  twice(): string[] {
    return [...this.times].filter(([, times]) => times > 1).map(([name]) => name)
  }
}

function createHandlers(
  x: Emulator,
  { onOtherKinds }: GuideCode,
  { handled, inbox }: { readonly handled: Handled; readonly inbox: Inbox | undefined },
): Receiver {
  const receiver = createReceiver({
    consumerSecret: x.app.consumerSecret,
    ...(inbox === undefined
      ? { dedupe: createMemoryDedupeStore({ now: x.now, maxEntries: 1_000_000 }) }
      : { ack: 'after-accept', inbox }),
    now: x.now,
  })
  receiver.onActivity([...kindsWithCommonKey, 'like'], handled.add)
  onOtherKinds(receiver, handled.add)
  return receiver
}

/** Collects what each API delivers, of the kinds that have a common key. */
function observe(receiver: Receiver): Record<Activity['api'], Set<string>> {
  const delivered = { account_activity: new Set<string>(), activity: new Set<string>() }
  receiver.observe({
    onDelivery({ delivery }) {
      for (const activity of delivery.events.map(activityOf)) {
        if (activity !== undefined && isWithCommonKey(activity.kind)) delivered[activity.api].add(nameOf(activity))
      }
    },
  })
  return delivered
}

function isWithCommonKey(kind: Activity['kind'] | undefined): boolean {
  return kindsWithCommonKey.some((one) => one === kind)
}

function credentialsOf({ id, accessToken, accessTokenSecret }: EmulatedUser) {
  return { userId: id, accessToken, accessTokenSecret }
}

function countHandled(expected: ReadonlySet<string>, handled: Handled) {
  const kindOf = (name: string) => activityKinds.find((kind) => name.startsWith(`${kind} `))
  const handledTwice: Partial<Record<Activity['kind'], number>> = {}
  for (const name of handled.twice()) {
    const kind = kindOf(name)
    if (kind !== undefined) handledTwice[kind] = (handledTwice[kind] ?? 0) + 1
  }
  const withCommonKey = [...expected].filter((name) => isWithCommonKey(kindOf(name)))
  return {
    activities: expected.size,
    missing: [...expected].filter((name) => !handled.times.has(name)),
    handledTwice,
    handledOnce: withCommonKey.filter((name) => handled.times.get(name) === 1).length,
    withCommonKey: withCommonKey.length,
  }
}
