import { createEmulator, type EmulatedUser } from 'x-account-activity/emulator'
import type { RecoveryStep } from 'x-account-activity/recovery'
import { syncSubscriptions } from 'x-account-activity/recovery'
import { VirtualTime } from '../support/virtual-time.ts'
import { App } from './app.ts'

/** How large a simulation is. */
export interface Size {
  readonly accounts: number
  /** Events in all; nine tenths of them happen while nobody listens. */
  readonly events: number
}

/** What came of it. */
export interface Balance {
  readonly events: number
  /** Deliveries that X attempted, each try one. */
  readonly deliveries: number
  /** Deliveries that reached the receiver, duplicates and replays included. */
  readonly received: number
  readonly outages: number
  readonly jobs: number
  readonly incompleteJobs: number
  readonly handled: number
  readonly twice: number
  readonly missing: number
  /** What the recovery gave up, in minutes. */
  readonly lostMinutes: number
  /** From the end of the first outage until nothing was left to do. */
  readonly recoveredAfterMinutes: number
}

const start = Date.UTC(2026, 10, 21, 9, 30)

/**
 * An hour of a busy fleet, an outage of four hours, and what follows: X sends some events twice, some replay jobs are
 * incomplete, and in the middle of the recovery the process dies a second time.
 */
export async function simulate({ accounts, events }: Size): Promise<Balance> {
  const counts = { deliveries: 0, received: 0 }
  /** What becomes of the next replayed deliveries, before all is well again. */
  const fates: Fate[] = []
  const x = createEmulator({
    now: () => start,
    seed: 'recovery',
    limits: { subscriptions: accounts },
    retries: [30],
    replay: { takesMinutes: 2, keptMegabytes: 1024 },
    faults: { deliveries: { duplicated: 0.02 } },
    fetch: async (request) => {
      if (request.method === 'GET') return app.fetch(request)
      counts.deliveries += 1
      const fate = x.deliveries.at(-1)?.kind === 'replay' ? fates.shift() : undefined
      if (fate === 'death') app.kill()
      if (fate === 'unreachable') throw new TypeError('fetch failed')
      const response = await app.fetch(request)
      counts.received += 1
      if (fate === 'unacknowledged') throw new TypeError('fetch failed')
      return response
    },
  })
  const time = new VirtualTime(x)
  const app: App = new App(x, time)
  app.start(undefined)
  const webhook = await app.register()
  app.kill()
  app.start(webhook)
  const users = Array.from({ length: accounts }, (_, index) => x.addUser({ screenName: `account_${index}` }))
  const { failed } = await syncSubscriptions(app.client, { webhookId: webhook.id, users, ...time })
  if (failed.length > 0) throw new Error(`${failed.length} accounts were not subscribed`)

  const crowd = new Crowd(users)
  /** Lets minutes pass, and a number of events happen in them. */
  const live = async (lasting: number, count: number) => {
    const before = crowd.events
    for (let minute = 1; minute <= lasting; minute += 1) {
      await crowd.actUntil(before + Math.round((count * minute) / lasting))
      await time.pass(1)
    }
  }

  await live(30, events * 0.05)
  app.kill()
  await live(240, events * 0.9)

  // Up again. X does not reach it with all of the first job, loses answers of the second, and it dies in the third.
  let jobs = 0
  app.onStep = ({ type }) => {
    if (type !== 'job') return
    jobs += 1
    if (jobs === 1) fates.push('unreachable', 'unreachable')
    if (jobs === 2) fates.push('unacknowledged')
    if (jobs === 3) fates.push(...Array<undefined>(Math.round(events / 50)), 'death')
  }
  const upAt = x.now()
  app.start(webhook)
  while (app.isUp) await live(1, events / 10_000)
  await live(20, events / 1000)
  app.start(webhook)
  await live(90, events - crowd.events)
  await time.pass(60)
  app.kill()
  return balance(app, { events: crowd.events, ...counts, upAt })
}

type Fate = 'unreachable' | 'unacknowledged' | 'death' | undefined

/** Makes each of its acts one event for one account. */
class Crowd {
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

function balance(
  { handled, steps }: App,
  { events, deliveries, received, upAt }: { events: number; deliveries: number; received: number; upAt: number },
): Balance {
  const ofType = <T extends RecoveryStep['type']>(type: T) =>
    steps.filter((step): step is Extract<RecoveryStep, { type: T }> => step.type === type)
  const lostMs = ofType('lost').reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0)
  return {
    events,
    deliveries,
    received,
    outages: ofType('outage').length,
    jobs: ofType('job').length,
    incompleteJobs: ofType('job_ended').filter(({ outcome }) => outcome !== 'complete').length,
    handled: handled.size,
    twice: [...handled.values()].filter((times) => times > 1).length,
    missing: events - handled.size,
    lostMinutes: lostMs / 60_000,
    recoveredAfterMinutes: ((ofType('done').at(-1)?.at.getTime() ?? Number.NaN) - upAt) / 60_000,
  }
}
