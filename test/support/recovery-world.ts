import {
  ApiError,
  type ApiErrorInit,
  createReceiver,
  type ReasonOf,
  type Receiver,
  type ReceiverOptions,
  type ReplayWindowInput,
  signBody,
  type Webhook,
} from 'x-account-activity'
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

/** A call that creates a replay job, as X received it. The times are `hh:mm` in UTC. */
export interface ReplayCall {
  readonly from: string
  readonly to: string
  readonly at: string
  readonly jobId: string
}

type JobState = 'Complete' | 'Incomplete'

/** A process with a recovery. */
export interface WorldProcess {
  readonly receiver: Receiver
  readonly recovery: Recovery
  /** Kills the process when it fires. */
  readonly alive: AbortController
}

/** A scripted X, and a process with a recovery that can be restarted. Time passes only when a test says so. */
export class RecoveryWorld {
  readonly time: VirtualTime
  readonly store = createMemoryRecoveryStore()
  readonly replayCalls: ReplayCall[] = []
  /** The name of each call to X, in order. */
  readonly calls: string[] = []
  readonly errors: unknown[] = []
  steps: RecoveryStep[] = []
  webhook: Webhook | undefined = { id: webhookId, url: 'https://example.com/x', valid: true }
  /** The state in which a job ends two minutes later, or `undefined` for never. May throw to refuse the call. */
  onReplay: (job: ReplayCall) => JobState | undefined = () => 'Complete'
  onList: () => void = () => {}
  onValidate: () => void = () => {
    if (this.webhook) this.webhook = { ...this.webhook, valid: true }
  }
  receiver!: Receiver
  recovery!: Recovery
  #now = noon
  #ends: { readonly at: number; readonly jobId: string; readonly state: JobState }[] = []
  #alive = new AbortController()

  constructor() {
    this.time = new VirtualTime({
      now: () => this.#now,
      advance: async ({ ms = 0 }) => this.#advance(ms),
      idle: async () => {},
    })
    this.restart()
  }

  /** Kills the process, and creates a recovery in a new one. */
  restart(options: Partial<RecoveryOptions> = {}): Recovery {
    this.#alive.abort()
    const { receiver, recovery, alive } = this.addProcess(options)
    this.#alive = alive
    this.receiver = receiver
    this.recovery = recovery
    return recovery
  }

  /** Starts another process with the same store. Its recovery runs for as long as it lives. */
  startProcess(options: Partial<RecoveryOptions> = {}, receiverOptions: Partial<ReceiverOptions> = {}): WorldProcess {
    const process = this.addProcess(options, receiverOptions)
    process.recovery.start({ signal: process.alive.signal })
    return process
  }

  /** A process with a recovery that does not run. After its signal has fired, it writes nothing more. */
  addProcess(options: Partial<RecoveryOptions> = {}, receiverOptions: Partial<ReceiverOptions> = {}): WorldProcess {
    const alive = new AbortController()
    const receiver = createReceiver({ consumerSecret: secret, now: this.time.now, ...receiverOptions })
    const write = <T>(step: () => T) => (alive.signal.aborted ? (new Promise(() => {}) as never) : step())
    const recovery = createRecovery({
      client: this.client,
      webhookId,
      receiver,
      store: {
        get: (key) => this.store.get(key),
        set: (key, value) => write(() => this.store.set(key, value)),
        compareAndSet: (key, before, after) => write(() => this.store.compareAndSet?.(key, before, after) ?? false),
      },
      now: this.time.now,
      sleep: this.time.sleep,
      onError: (error) => alive.signal.aborted || this.errors.push(error),
      on: { any: (step) => this.steps.push(step) },
      ...options,
    })
    return { receiver, recovery, alive }
  }

  /** Restarts the process, and starts its recovery for as long as it lives. */
  start(options: Partial<RecoveryOptions> = {}): void {
    this.restart(options).start({ signal: this.#alive.signal })
  }

  /** Kills the process: its recovery stops, and it writes nothing more. */
  kill(): void {
    this.#alive.abort()
  }

  /** Runs the recovery to its end, and lets time pass until then. */
  run(minutes = 600): Promise<RecoveryStep[]> {
    return this.finish(this.begin(), minutes)
  }

  /** Starts a run. The test lets time pass. */
  begin(): Promise<RecoveryStep[]> {
    const run = collect(this.recovery.run({ signal: this.#alive.signal }))
    run.catch(() => {})
    return run
  }

  /** Lets time pass until a run has ended. */
  async finish(run: Promise<RecoveryStep[]>, minutes = 600): Promise<RecoveryStep[]> {
    let hasEnded = false
    const end = () => {
      hasEnded = true
    }
    run.then(end, end)
    for (let passed = 0; passed < minutes && !hasEnded; passed += 1) await this.time.pass(1)
    if (!hasEnded) throw new Error(`The recovery has not ended after ${minutes} minutes`)
    return run
  }

  /** Delivers a body to the receiver, as X does. */
  async deliver(body: object, receiver = this.receiver): Promise<void> {
    const text = JSON.stringify(body)
    await receiver.handle({
      method: 'POST',
      url: '/',
      headers: { 'x-twitter-webhooks-signature': signBody(text, secret) },
      body: text,
    })
  }

  /** Delivers the end of a replay job. */
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
    const jobId = String(this.replayCalls.length + 1)
    const job = { from: clock(from), to: clock(to), at: clock(this.#now), jobId }
    this.calls.push('replay')
    this.replayCalls.push(job)
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
      if (!this.#alive.signal.aborted) await this.jobEnds(jobId, state)
    }
    this.#now = end
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** A time as `hh:mm` in UTC, with seconds if they are not zero. */
export function clock(time: Date | string | number): string {
  const iso = new Date(time).toISOString()
  return iso.slice(11, iso.endsWith(':00.000Z') ? 16 : 19)
}

/** A step as one line: `job 1 12:00-14:00`. */
export function formatStep(step: RecoveryStep): string {
  const span = 'from' in step ? ` ${clock(step.from)}-${clock(step.to)}` : ''
  switch (step.type) {
    case 'outage':
      return `outage${span} ${step.cause}`
    case 'waiting':
      return `waiting ${step.reason} ${clock(step.until)}`
    case 'job':
      return `job ${step.jobId}${span}${step.attempt > 1 ? ` attempt ${step.attempt}` : ''}`
    case 'job_ended':
      return `job_ended ${step.jobId} ${step.outcome}`
    case 'lost':
      return `lost${span} ${step.reason}`
    case 'webhook':
      return `webhook ${step.valid ? 'valid' : 'invalid'}`
    case 'done':
      return `done ${step.progress.done}/${step.progress.total}`
    default:
      return step satisfies never
  }
}

/** Steps as lines. */
export const formatSteps = (steps: readonly RecoveryStep[]): string[] => steps.map(formatStep)

/** The windows that X was asked to replay: `12:00-14:00`. */
export const windowsOf = (world: RecoveryWorld): string[] => world.replayCalls.map(({ from, to }) => `${from}-${to}`)

/** The error of a call that creates a replay job. */
export function refusal(
  reason: ReasonOf<'replay.create'>,
  { resetAt, ...more }: { readonly resetAt?: number } & Pick<ApiErrorInit, 'limitedBy' | 'retryAt'> = {},
): ApiError<'replay.create'> {
  return new ApiError({
    endpoint: 'replay.create',
    reason,
    status: 400,
    ...more,
    ...(resetAt !== undefined && { rateLimit: { resetAt: new Date(resetAt) } }),
  })
}

/** The error of a validation that failed. */
export function failedValidation(reason: ReasonOf<'webhooks.validate'> = 'CrcValidationFailed'): Error {
  return new ApiError({ endpoint: 'webhooks.validate', reason, status: 400 })
}

/** Refuses the first replay job with an error. Later jobs are complete. */
export function refuseFirstJob(world: RecoveryWorld, createError: () => Error): void {
  world.onReplay = ({ jobId }) => {
    if (jobId === '1') throw createError()
    return 'Complete'
  }
}

/** A process that was alive at noon, then dead for a number of minutes, and is now restarted. */
export async function afterOutage(minutes: number, options: Partial<RecoveryOptions> = {}): Promise<RecoveryWorld> {
  const world = new RecoveryWorld()
  world.start()
  await world.time.settle()
  world.kill()
  await world.time.pass(minutes)
  world.calls.length = 0
  world.steps = []
  world.restart(options)
  return world
}
