import {
  type Client,
  createClient,
  createMemoryDedupeStore,
  createReceiver,
  type Receiver,
  type Webhook,
} from 'x-account-activity'
import type { Emulator } from 'x-account-activity/emulator'
import {
  createMemoryRecoveryStore,
  createRecovery,
  type Recovery,
  type RecoveryStep,
  type RecoveryStore,
} from 'x-account-activity/recovery'
import type { VirtualTime } from '../support/virtual-time.ts'

const url = 'https://app.example.com/x'

/** A process with a receiver and a recovery, that can be killed and started again. */
export class App {
  /** How often each event was handled, the ends of replay jobs aside. */
  readonly handled = new Map<string, number>()
  /** What the recoveries of all processes told. */
  readonly steps: RecoveryStep[] = []
  /** Is told of each step as it happens. */
  onStep: (step: RecoveryStep) => void = () => {}
  readonly client: Client
  readonly #x: Emulator
  readonly #time: VirtualTime
  /** What outlives the process: both stand for something durable. */
  readonly #dedupe
  readonly #store = createMemoryRecoveryStore()
  #process: { readonly receiver: Receiver; readonly recovery: Recovery; readonly kill: () => void } | undefined

  constructor(x: Emulator, time: VirtualTime) {
    this.#x = x
    this.#time = time
    this.#dedupe = createMemoryDedupeStore({ now: time.now, maxEntries: 1_000_000 })
    this.client = createClient({ ...x.app, fetch: time.during(x.fetch), now: time.now, retry: { sleep: time.sleep } })
  }

  get isUp(): boolean {
    return this.#process !== undefined
  }

  /** What X gets when it calls. */
  fetch = async (request: Request): Promise<Response> => {
    if (this.#process === undefined) throw new TypeError('fetch failed: nobody listens')
    return this.#process.receiver.fetch(request)
  }

  /** The webhook; the first process has to be up, for X challenges it. */
  register(): Promise<Webhook> {
    return this.client.webhooks.create(url)
  }

  /** Starts a process. Without a webhook it only answers. */
  start(webhook: Webhook | undefined): void {
    const life = new AbortController()
    const receiver = createReceiver({
      consumerSecret: this.#x.app.consumerSecret,
      dedupe: this.#dedupe,
      now: this.#time.now,
      on: {
        any: ({ id, type }) => {
          if (type !== 'replay_job_status') this.handled.set(id, (this.handled.get(id) ?? 0) + 1)
        },
      },
    })
    const recovery = createRecovery({
      client: this.client,
      webhookId: webhook?.id ?? '1',
      receiver,
      store: mortal(this.#store, life.signal),
      now: this.#time.now,
      sleep: this.#time.sleep,
      on: {
        any: (step) => {
          this.steps.push(step)
          this.onStep(step)
        },
      },
    })
    this.#process = { receiver, recovery, kill: () => life.abort() }
    if (webhook !== undefined) recovery.start({ signal: life.signal })
  }

  /** Ends the process at this instant: it answers nothing and writes nothing any more. */
  kill(): void {
    const dead = this.#process
    this.#process = undefined
    dead?.kill()
  }
}

/** A dead process writes nothing. */
function mortal(store: RecoveryStore, life: AbortSignal): RecoveryStore {
  return {
    get: (key) => store.get(key),
    set: (key, value) => (life.aborted ? undefined : store.set(key, value)),
  }
}
