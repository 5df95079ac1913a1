/** Lets a number of tasks run at once; the others wait, first come, first served. */
export class Semaphore {
  #free: number
  #waiting: (() => void)[] = []
  /** The first of `#waiting` that still waits: shifting a list of 100,000 for each of them would be slow. */
  #first = 0

  constructor(atOnce: number) {
    this.#free = atOnce
  }

  /** Takes a turn if there is one, without anybody having to wait. */
  tryAcquire(): boolean {
    if (this.#free === 0) return false
    this.#free -= 1
    return true
  }

  /** Takes a turn, once there is one. */
  async acquire(): Promise<void> {
    if (!this.tryAcquire()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Hands the turn to the next that waits. */
  release(): void {
    const next = this.#waiting[this.#first]
    if (next === undefined) {
      this.#free += 1
      return
    }
    this.#first += 1
    if (this.#first > this.#waiting.length / 2) {
      this.#waiting = this.#waiting.slice(this.#first)
      this.#first = 0
    }
    next()
  }
}
