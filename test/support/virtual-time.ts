import type { Emulator } from 'x-account-activity/emulator'

interface Sleeper {
  readonly due: number
  readonly wake: () => void
}

/** The owner of a virtual clock: an emulator, or a fake of it. */
export type Timekeeper = Pick<Emulator, 'now' | 'advance' | 'idle'>

/** Time that passes only when a test says so, for an emulator and for everything that waits with `sleep`. */
export class VirtualTime {
  readonly #x: Timekeeper
  readonly #sleepers = new Set<Sleeper>()
  #calls = 0

  constructor(x: Timekeeper) {
    this.#x = x
  }

  now = (): number => this.#x.now()

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const sleeper = {
        // Clocks count whole milliseconds.
        due: Math.ceil(this.#x.now() + ms),
        wake: () => {
          this.#sleepers.delete(sleeper)
          signal?.removeEventListener('abort', sleeper.wake)
          resolve()
        },
      }
      if (signal?.aborted) return resolve()
      signal?.addEventListener('abort', sleeper.wake, { once: true })
      this.#sleepers.add(sleeper)
    })

  /** A `fetch` for a client: no time passes while one of its calls is in progress. */
  during =
    (fetch: (request: Request) => Promise<Response>) =>
    async (request: Request): Promise<Response> => {
      this.#calls += 1
      try {
        return await fetch(request)
      } finally {
        this.#calls -= 1
      }
    }

  /** Lets time pass. Sleepers wake in time, and what they do then happens before more time passes. */
  async pass(minutes: number): Promise<void> {
    const end = this.#x.now() + minutes * 60_000
    await this.settle()
    for (;;) {
      const next = Math.min(end, ...[...this.#sleepers].map(({ due }) => due))
      await this.#x.advance({ ms: Math.max(next - this.#x.now(), 0) })
      const awake = [...this.#sleepers].filter(({ due }) => due <= this.#x.now())
      for (const { wake } of awake) wake()
      await this.settle()
      if (this.#x.now() >= end && awake.length === 0) return
    }
  }

  /** Waits until nothing more happens at this point in time. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await this.#x.idle()
      await new Promise((resolve) => setImmediate(resolve))
      if (this.#calls > 0) quiet = -1
    }
  }
}
