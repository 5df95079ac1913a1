import {
  type Client,
  createClient,
  createMemoryDedupeStore,
  createReceiver,
  type Receiver,
  type ReplayEndpoint,
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
import { fetchOf } from '../support/x-api.ts'

const url = 'https://app.example.com/x'

/** A process with a receiver and a recovery that can be killed and started again. */
export class App {
  /** How often each event was handled. The ends of replay jobs are not counted. */
  readonly handled = new Map<string, number>()
  /** The ids of the events of the X Activity API that were handled. */
  readonly ofActivityApi = new Set<string>()
  /** The steps of the recoveries of all processes. */
  readonly steps: RecoveryStep[] = []
  /** Called with each step. */
  onStep: (step: RecoveryStep) => void = () => {}
  readonly client: Client
  readonly #x: Emulator
  readonly #time: VirtualTime
  readonly #endpoint: ReplayEndpoint | undefined
  /** These survive the process, as durable stores do. */
  readonly #dedupe
  readonly #store = createMemoryRecoveryStore()
  #process: { readonly receiver: Receiver; readonly recovery: Recovery; readonly kill: () => void } | undefined

  /**
   * @param endpoint - The endpoint that the recovery uses.
   */
  constructor(x: Emulator, time: VirtualTime, endpoint?: ReplayEndpoint) {
    this.#x = x
    this.#endpoint = endpoint
    this.#time = time
    this.#dedupe = createMemoryDedupeStore({ now: time.now, maxEntries: 1_000_000 })
    this.client = createClient({
      ...x.app,
      fetch: fetchOf(time.during(x.fetch)),
      now: time.now,
      retry: { sleep: time.sleep },
    })
  }

  get isRunning(): boolean {
    return this.#process !== undefined
  }

  /** Answers a request of X. */
  fetch = async (request: Request): Promise<Response> => {
    if (this.#process === undefined) throw new TypeError('fetch failed: the process is not running')
    return this.#process.receiver.fetch(request)
  }

  /** Creates the webhook. A process must be running, because X sends a CRC. */
  register(): Promise<Webhook> {
    return this.client.webhooks.create(url)
  }

  /** Starts a process. Without a webhook it only answers requests. */
  start(webhook: Webhook | undefined): void {
    const alive = new AbortController()
    const receiver = createReceiver({
      consumerSecret: this.#x.app.consumerSecret,
      dedupe: this.#dedupe,
      now: this.#time.now,
      on: {
        any: ({ id, type }, { delivery }) => {
          if (type !== 'replay_job_status') this.handled.set(id, (this.handled.get(id) ?? 0) + 1)
          if (delivery.family === 'activity') this.ofActivityApi.add(id)
        },
      },
    })
    const recovery = createRecovery({
      client: this.client,
      webhookId: webhook?.id ?? '1',
      receiver,
      endpoint: this.#endpoint,
      store: writeWhileAlive(this.#store, alive.signal),
      now: this.#time.now,
      sleep: this.#time.sleep,
      on: {
        any: (step) => {
          this.steps.push(step)
          this.onStep(step)
        },
      },
    })
    this.#process = { receiver, recovery, kill: () => alive.abort() }
    if (webhook !== undefined) recovery.start({ signal: alive.signal })
  }

  /** Kills the process: it answers nothing and writes nothing more. */
  kill(): void {
    const killed = this.#process
    this.#process = undefined
    killed?.kill()
  }
}

/** A store to which a killed process cannot write. */
function writeWhileAlive(store: RecoveryStore, alive: AbortSignal): RecoveryStore {
  return {
    get: (key) => store.get(key),
    set: (key, value) => (alive.aborted ? undefined : store.set(key, value)),
    compareAndSet: (key, before, after) =>
      alive.aborted ? true : (store.compareAndSet?.(key, before, after) ?? false),
  }
}
