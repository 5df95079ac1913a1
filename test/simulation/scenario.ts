import { createEmulator, type EmulatedUser } from 'x-account-activity/emulator'
import type { RecoveryStep } from 'x-account-activity/recovery'
import { syncActivitySubscriptions, syncSubscriptions } from 'x-account-activity/sync'
import { VirtualTime } from '../support/virtual-time.ts'
import { App } from './app.ts'

/** The size of a simulation. */
export interface Size {
  readonly accounts: number
  /** The number of events. Nine tenths of them happen during the outage. */
  readonly events: number
  /**
   * Whether half of the accounts are subscribed to the X Activity API instead, with the same webhook. The recovery then names
   * the endpoint that replays the deliveries of both APIs.
   */
  readonly hasBothApis?: boolean
}

/** The result of a simulation. */
export interface SimulationResult {
  readonly events: number
  /** The events that the X Activity API delivered, and that were handled. */
  readonly ofActivityApi: number
  /** Deliveries that X attempted. Each attempt counts. */
  readonly deliveries: number
  /** Deliveries that reached the receiver, including duplicates and replays. */
  readonly received: number
  readonly outages: number
  readonly jobs: number
  readonly incompleteJobs: number
  readonly handled: number
  readonly handledTwice: number
  readonly missing: number
  /** Minutes that the recovery gave up. */
  readonly lostMinutes: number
  /** Minutes from the end of the first outage to the end of the recovery. */
  readonly recoveredAfterMinutes: number
}

const start = Date.UTC(2026, 10, 21, 9, 30)

/**
 * Half an hour with events of many accounts, an outage of four hours, and the recovery: X sends some events twice, some
 * replay jobs are incomplete, and the process dies again in the middle of the recovery.
 */
export async function simulate({ accounts, events, hasBothApis = false }: Size): Promise<SimulationResult> {
  const counts = { deliveries: 0, received: 0 }
  /** What happens to the next replayed deliveries. The ones after them succeed. */
  const faults: Fault[] = []
  const x = createEmulator({
    now: () => start,
    seed: 'recovery',
    limits: {
      subscriptions: accounts,
      activitySubscriptions: accounts,
      rate: { 'POST /2/activity/subscriptions': accounts },
    },
    retries: [30],
    replay: { takesMinutes: 2, keptMegabytes: 1024 },
    faults: { deliveries: { duplicated: 0.02 } },
    fetch: async (request) => {
      if (request.method === 'GET') return app.fetch(request)
      counts.deliveries += 1
      const fault = x.deliveries.at(-1)?.kind === 'replay' ? faults.shift() : undefined
      if (fault === 'crash') app.kill()
      if (fault === 'unreachable') throw new TypeError('fetch failed')
      const response = await app.fetch(request)
      counts.received += 1
      if (fault === 'unacknowledged') throw new TypeError('fetch failed')
      return response
    },
  })
  const time = new VirtualTime(x)
  const app: App = new App(x, time, hasBothApis ? 'webhooks' : undefined)
  app.start(undefined)
  const webhook = await app.register()
  app.kill()
  app.start(webhook)
  const users = Array.from({ length: accounts }, (_, index) => x.addUser({ screenName: `account_${index}` }))
  const ofActivityApi = users.filter((_, index) => hasBothApis && index % 20 >= 10)
  await subscribe(app, { webhookId: webhook.id, users, ofActivityApi, time })

  const activity = new Activity(users)
  /** Lets minutes pass, with a number of events in them. */
  const passWithEvents = async (minutes: number, count: number) => {
    const before = activity.events
    for (let minute = 1; minute <= minutes; minute += 1) {
      await activity.actUntil(before + Math.round((count * minute) / minutes))
      await time.pass(1)
    }
  }

  await passWithEvents(30, events * 0.05)
  app.kill()
  await passWithEvents(240, events * 0.9)

  // Running again. Two deliveries of the first job fail, one answer of the second is lost, and in the third it crashes.
  let jobs = 0
  app.onStep = ({ type }) => {
    if (type !== 'job') return
    jobs += 1
    if (jobs === 1) faults.push('unreachable', 'unreachable')
    if (jobs === 2) faults.push('unacknowledged')
    if (jobs === 3) faults.push(...Array<undefined>(Math.round(events / 50)), 'crash')
  }
  const restartedAt = x.now()
  app.start(webhook)
  while (app.isRunning) await passWithEvents(1, events / 10_000)
  await passWithEvents(20, events / 1000)
  app.start(webhook)
  await passWithEvents(90, events - activity.events)
  await time.pass(60)
  app.kill()
  return countResult(app, { events: activity.events, ...counts, restartedAt })
}

/** Subscribes each account to one of the APIs. The event types are those that the users of the simulation cause. */
async function subscribe(
  { client }: App,
  {
    webhookId,
    users,
    ofActivityApi,
    time,
  }: {
    readonly webhookId: string
    readonly users: readonly EmulatedUser[]
    readonly ofActivityApi: readonly EmulatedUser[]
    readonly time: VirtualTime
  },
): Promise<void> {
  const others = users.filter((user) => !ofActivityApi.includes(user))
  const failures = [
    ...(await syncSubscriptions(client, { webhookId, users: others, ...time })).failed,
    ...(
      await syncActivitySubscriptions(client, {
        webhookId,
        users: ofActivityApi,
        eventTypes: ['post.create', 'dm.indicate_typing'],
        limit: users.length,
        ...time,
      })
    ).failed,
  ]
  if (failures.length > 0) throw new Error(`${failures.length} subscriptions failed`)
}

type Fault = 'unreachable' | 'unacknowledged' | 'crash' | undefined

/** The activity of the users. Each action is one event for one account. */
class Activity {
  events = 0
  readonly #users: readonly EmulatedUser[]

  constructor(users: readonly EmulatedUser[]) {
    this.#users = users
  }

  async actUntil(events: number): Promise<void> {
    while (this.events < events) {
      const index = this.events
      const actor = this.#users[index % this.#users.length]
      const other = this.#users[(index + 1) % this.#users.length]
      if (actor === undefined || other === undefined) return
      if (index % 10 === 0) await actor.post(`Event number ${index}`)
      else await actor.typing(other)
      this.events += 1
    }
  }
}

function countResult(
  { handled, ofActivityApi, steps }: App,
  {
    events,
    deliveries,
    received,
    restartedAt,
  }: { events: number; deliveries: number; received: number; restartedAt: number },
): SimulationResult {
  const ofType = <T extends RecoveryStep['type']>(type: T) =>
    steps.filter((step): step is Extract<RecoveryStep, { type: T }> => step.type === type)
  const lostMs = ofType('lost').reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0)
  return {
    events,
    ofActivityApi: ofActivityApi.size,
    deliveries,
    received,
    outages: ofType('outage').length,
    jobs: ofType('job').length,
    incompleteJobs: ofType('job_ended').filter(({ outcome }) => outcome !== 'complete').length,
    handled: handled.size,
    handledTwice: [...handled.values()].filter((times) => times > 1).length,
    missing: events - handled.size,
    lostMinutes: lostMs / 60_000,
    recoveredAfterMinutes: ((ofType('done').at(-1)?.at.getTime() ?? Number.NaN) - restartedAt) / 60_000,
  }
}
