import { createReceiver, type Receiver, type ReplayWindowInput, signBody, type Webhook } from 'x-account-activity'
import {
  createMemoryRecoveryStore,
  createRecovery,
  type Recovery,
  type RecoveryClient,
  type RecoveryOptions,
  type RecoveryStep,
} from 'x-account-activity/recovery'
import { VirtualTime } from './virtual-time.ts'

/** Saturday, 21 November 2026, 12:00 UTC. */
export const noon = Date.UTC(2026, 10, 21, 12)
export const webhookId = '1146654567674912769'
const minute = 60_000
const secret = 'consumer-secret'

/** A call for a replay, as X saw it. */
export interface Asked {
  /** `hh:mm`, in UTC. */
  readonly from: string
  readonly to: string
  readonly at: string
  readonly jobId: string
}

type JobState = 'Complete' | 'Incomplete'

/** X as a recovery sees it, scripted, and a process that can be started again; its time stands still by itself. */
export class RecoveryWorld {
  readonly time: VirtualTime
  readonly store = createMemoryRecoveryStore()
  readonly asked: Asked[] = []
  /** Each call of X, in order. */
  readonly calls: string[] = []
  readonly errors: unknown[] = []
  steps: RecoveryStep[] = []
  webhook: Webhook | undefined = { id: webhookId, url: 'https://example.com/x', valid: true }
  /** What becomes of each job: how it ends two minutes later, `undefined` for never; or an error at once. */
  onReplay: (job: Asked) => JobState | undefined = () => 'Complete'
  onList: () => void = () => {}
  onValidate: () => void = () => {
    if (this.webhook) this.webhook = { ...this.webhook, valid: true }
  }
  receiver!: Receiver
  recovery!: Recovery
  #now = noon
  #ends: { readonly at: number; readonly jobId: string; readonly state: JobState }[] = []
  #life = new AbortController()

  constructor() {
    this.time = new VirtualTime({
      now: () => this.#now,
      advance: async ({ ms = 0 }) => this.#advance(ms),
      idle: async () => {},
    })
    this.restart()
  }

  /** Another process: the one before is dead. */
  restart(options: Partial<RecoveryOptions> = {}): Recovery {
    this.#life.abort()
    const life = new AbortController()
    this.#life = life
    this.receiver = createReceiver({ consumerSecret: secret, now: this.time.now })
    this.recovery = createRecovery({
      client: this.client,
      webhookId,
      receiver: this.receiver,
      store: {
        get: (key) => this.store.get(key),
        set: (key, value) => (life.signal.aborted ? undefined : this.store.set(key, value)),
      },
      now: this.time.now,
      sleep: this.time.sleep,
      onError: (error) => this.errors.push(error),
      on: { any: (step) => this.steps.push(step) },
      ...options,
    })
    return this.recovery
  }

  /** Has it watch, as long as the process lives. */
  start(options: Partial<RecoveryOptions> = {}): void {
    this.restart(options).start({ signal: this.#life.signal })
  }

  kill(): void {
    this.#life.abort()
  }

  /** Runs it to its end, however long that takes. */
  run(minutes = 600): Promise<RecoveryStep[]> {
    return this.finish(this.begin(), minutes)
  }

  /** Runs it, and leaves it to the test to let time pass. */
  begin(): Promise<RecoveryStep[]> {
    const run = collect(this.recovery.run({ signal: this.#life.signal }))
    run.catch(() => {})
    return run
  }

  /** Lets time pass until a run is over. */
  async finish(run: Promise<RecoveryStep[]>, minutes = 600): Promise<RecoveryStep[]> {
    let isOver = false
    const over = () => {
      isOver = true
    }
    run.then(over, over)
    for (let passed = 0; passed < minutes && !isOver; passed += 1) await this.time.pass(1)
    if (!isOver) throw new Error(`The recovery is not over after ${minutes} minutes`)
    return run
  }

  /** A delivery of X's. */
  async deliver(body: object): Promise<void> {
    const text = JSON.stringify(body)
    await this.receiver.handle({
      method: 'POST',
      url: '/',
      headers: { 'x-twitter-webhooks-signature': signBody(text, secret) },
      body: text,
    })
  }

  jobEnds(jobId: string, state: string, more: object = { webhook_id: webhookId }): Promise<void> {
    return this.deliver({ replay_job_status: { job_id: jobId, job_state: state, ...more } })
  }

  get client(): RecoveryClient {
    return {
      webhooks: {
        list: async () => {
          this.calls.push('list')
          this.onList()
          return this.webhook ? [this.webhook] : []
        },
        validate: async () => {
          this.calls.push('validate')
          this.onValidate()
          return { attempted: true }
        },
      },
      replay: { create: async (_, window) => this.#replay(window) },
    }
  }

  #replay({ from, to }: ReplayWindowInput) {
    const jobId = String(this.asked.length + 1)
    const job = { from: clock(from), to: clock(to), at: clock(this.#now), jobId }
    this.calls.push('replay')
    this.asked.push(job)
    const state = this.onReplay(job)
    if (state !== undefined) this.#ends.push({ at: this.#now + 2 * minute, jobId, state })
    return { jobId, createdAt: new Date(this.#now) }
  }

  async #advance(ms: number): Promise<void> {
    const end = this.#now + ms
    const due = this.#ends.filter(({ at }) => at <= end)
    this.#ends = this.#ends.filter(({ at }) => at > end)
    for (const { at, jobId, state } of due) {
      this.#now = at
      if (!this.#life.signal.aborted) await this.jobEnds(jobId, state)
    }
    this.#now = end
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** `hh:mm` of a time, in UTC; seconds only where there are some. */
export function clock(time: Date | string | number): string {
  const iso = new Date(time).toISOString()
  return iso.slice(11, iso.endsWith(':00.000Z') ? 16 : 19)
}
