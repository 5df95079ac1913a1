import { type Client, createClient, createMemoryDedupeStore, createReceiver, type Receiver } from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'
import { createMemoryRecoveryStore, createRecovery, type RecoveryStep } from 'x-account-activity/recovery'
import { createRandom } from '../../crash/random.ts'
import { VirtualTime } from '../../support/virtual-time.ts'
import { fetchOf } from '../../support/x-api.ts'

const start = Date.UTC(2026, 10, 21, 9, 30)
const minuteMs = 60_000

interface WorldProcess {
  readonly receiver: Receiver
  readonly alive: AbortController
  /** How far its clock is from the clock of X, in milliseconds. */
  skewMs: number
}

/** What became of the events of a world. */
export interface WorldResult {
  readonly events: number
  /** The ids of events that were not handled, and are in no span that was reported as lost. */
  readonly lostSilently: readonly string[]
  readonly handledTwice: readonly string[]
  /** What happened, one line each. The same for the same seed. */
  readonly trace: readonly string[]
  /** Whether the recovery was healthy in the end. */
  readonly isHealthy: boolean
}

/**
 * A world in which everything goes wrong at random for two hours: processes die and start, their clocks jump, the store and the
 * handlers fail, X fails, jobs of another program run, and the ends of jobs get lost. Then four quiet hours follow.
 */
export class RandomWorld {
  readonly #random: () => number
  readonly #x: Emulator
  readonly #time: VirtualTime
  readonly #client: Client
  readonly #dedupe
  readonly #store = createMemoryRecoveryStore()
  readonly #processes = new Set<WorldProcess>()
  readonly #handled = new Map<string, number>()
  readonly #happened = new Map<string, number>()
  readonly #steps: RecoveryStep[] = []
  readonly #trace: string[] = []
  /** What fails until a time. */
  readonly #until = { store: 0, handlers: 0, api: 0, jobEnds: 0 }
  #webhookId = ''
  #lastStatus = true

  constructor(seed: number) {
    this.#random = createRandom(seed)
    this.#x = createEmulator({
      now: () => start,
      seed: `world ${seed}`,
      limits: { rate: false },
      retries: this.#random() < 0.5 ? 'five-minutes' : 'four-hours',
      faults: { deliveries: { duplicated: 0.05 } },
      replay: { takesMinutes: 2 },
      fetch: (request) => this.#receive(request),
    })
    this.#time = new VirtualTime(this.#x)
    this.#dedupe = createMemoryDedupeStore({ now: this.#time.now })
    this.#client = createClient({
      ...this.#x.app,
      now: this.#time.now,
      retry: { sleep: this.#time.sleep },
      fetch: fetchOf(
        this.#time.during(async (request) => {
          const isFailing = this.#time.now() < this.#until.api && this.#random() < 0.5
          if (isFailing && this.#random() < 0.5) throw new TypeError('fetch failed')
          return isFailing ? new Response('', { status: 503 }) : this.#x.fetch(request)
        }),
      ),
    })
  }

  async run(): Promise<WorldResult> {
    const first = this.#start()
    this.#webhookId = (await this.#client.webhooks.create('https://app.invalid/x')).id
    this.#kill(first)
    const users = ['alice', 'bob', 'carol'].map((screenName) => this.#x.addUser({ screenName }))
    for (const user of users) await this.#client.subscriptions.create(this.#webhookId, { user })
    this.#start()
    if (this.#random() < 0.7) this.#start()
    // A recovery that has never written anything knows of no time before its first heartbeat.
    await this.#time.pass(1)
    for (let minute = 0; minute < 120; minute += 1) {
      await this.#act(users)
      await this.#misfortune()
      await this.#time.pass(1)
    }
    this.#calm()
    for (let minute = 0; minute < 240; minute += 1) {
      if (minute % 10 === 0) await this.#act(users)
      await this.#time.pass(1)
    }
    for (const one of [...this.#processes]) this.#kill(one)
    return this.#count()
  }

  async #act(users: readonly EmulatedUser[]): Promise<void> {
    for (const user of users) {
      if (this.#random() < 0.5) this.#happened.set((await user.post('hello')).id_str, this.#time.now())
    }
  }

  /** One thing that goes wrong, at most. */
  async #misfortune(): Promise<void> {
    const pick = this.#random()
    const some = [...this.#processes][Math.floor(this.#random() * this.#processes.size)]
    const until = this.#time.now() + Math.ceil(this.#random() * 15) * minuteMs
    if (pick < 0.06) this.#note('kill', () => some && this.#kill(some))
    else if (pick < 0.09) this.#note('kill all', () => [...this.#processes].forEach((one) => void this.#kill(one)))
    else if (pick < 0.16) this.#note('start', () => this.#processes.size < 3 && this.#start())
    else if (pick < 0.18) this.#note('store fails', () => (this.#until.store = until))
    else if (pick < 0.2) this.#note('handlers fail', () => (this.#until.handlers = until))
    else if (pick < 0.22) this.#note('X fails', () => (this.#until.api = until))
    else if (pick < 0.24) this.#note('ends of jobs get lost', () => (this.#until.jobEnds = until))
    else if (pick < 0.26 && some) {
      const skewMs = Math.round((this.#random() - 0.5) * 4 * 60) * minuteMs
      this.#note(`clock ${skewMs / minuteMs}`, () => (some.skewMs = skewMs))
    } else if (pick < 0.28) await this.#runForeignJob()
  }

  async #runForeignJob(): Promise<void> {
    this.#note('foreign job', () => {})
    const now = this.#time.now()
    const window = { from: new Date(now - 90 * minuteMs), to: new Date(now - 40 * minuteMs) }
    await this.#client.replay.create(this.#webhookId, window, { retry: 0 }).catch(() => {})
  }

  #note(what: string, act: () => unknown): void {
    this.#trace.push(`${new Date(this.#time.now()).toISOString()} ${what}`)
    act()
  }

  #calm(): void {
    this.#note('calm', () => Object.assign(this.#until, { store: 0, handlers: 0, api: 0, jobEnds: 0 }))
    for (const one of this.#processes) one.skewMs = 0
    if (this.#processes.size === 0) this.#start()
  }

  #start(): WorldProcess {
    const alive = new AbortController()
    const created: WorldProcess = { alive, skewMs: 0, receiver: this.#createReceiver() }
    this.#processes.add(created)
    if (this.#webhookId === '') return created
    const now = () => this.#time.now() + created.skewMs
    const recovery = createRecovery({
      client: this.#client,
      webhookId: this.#webhookId,
      receiver: created.receiver,
      store: this.#storeOf(created),
      now,
      sleep: this.#time.sleep,
      onError: () => {},
      on: {
        any: (step) => {
          if (alive.signal.aborted) return
          this.#steps.push(step)
          this.#trace.push(describe(step))
          this.#lastStatus = recovery.status().isHealthy
        },
      },
    })
    recovery.start({ signal: alive.signal })
    return created
  }

  #createReceiver(): Receiver {
    return createReceiver({
      consumerSecret: this.#x.app.consumerSecret,
      dedupe: this.#dedupe,
      now: this.#time.now,
      onError: () => {},
      on: {
        tweet_create: ({ postId }) => {
          if (this.#time.now() < this.#until.handlers) throw new Error('the database is down')
          this.#handled.set(postId, (this.#handled.get(postId) ?? 0) + 1)
        },
      },
    })
  }

  /** A killed process writes nothing. A failing store may have written nevertheless. */
  #storeOf({ alive }: WorldProcess) {
    const call = <T>(step: () => T): T => {
      if (alive.signal.aborted) throw new Error('the process is dead')
      const fails = this.#time.now() < this.#until.store
      if (fails && this.#random() < 0.5) throw new Error('the store is down')
      const result = step()
      if (fails) throw new Error('the connection to the store is lost')
      return result
    }
    return {
      get: (key: string) => call(() => this.#store.get(key)),
      set: (key: string, value: unknown) => call(() => this.#store.set(key, value)),
      compareAndSet: (key: string, before: unknown, after: unknown) =>
        call(() => this.#store.compareAndSet?.(key, before, after) ?? false),
    }
  }

  #kill(killed: WorldProcess): void {
    this.#processes.delete(killed)
    killed.alive.abort()
  }

  async #receive(request: Request): Promise<Response> {
    const alive = [...this.#processes]
    const reached = alive[Math.floor(this.#random() * alive.length)]
    if (reached === undefined) throw new TypeError('fetch failed: no process is running')
    if (request.method === 'POST' && this.#time.now() < this.#until.jobEnds) {
      const isJobEnd = (await request.clone().text()).includes('replay_job_status')
      if (isJobEnd) throw new TypeError('fetch failed')
    }
    return reached.receiver.fetch(request)
  }

  #count(): WorldResult {
    const lost = this.#steps.filter((step) => step.type === 'lost')
    const isReported = (at: number) => lost.some(({ from, to }) => at >= from.getTime() && at < to.getTime())
    const missing = [...this.#happened].filter(([id, at]) => !this.#handled.has(id) && !isReported(at))
    return {
      events: this.#happened.size,
      lostSilently: missing.map(([id, at]) => `${id} ${new Date(at).toISOString()}`),
      handledTwice: [...this.#handled].filter(([, times]) => times > 1).map(([id]) => id),
      trace: this.#trace,
      isHealthy: this.#lastStatus,
    }
  }
}

function describe(step: RecoveryStep): string {
  const span = 'from' in step ? ` ${step.from.toISOString()} ${step.to.toISOString()}` : ''
  const more = 'cause' in step ? step.cause : 'reason' in step ? step.reason : 'outcome' in step ? step.outcome : ''
  return `${step.at.toISOString()} ${step.type}${span} ${more}`
}
