/** Lets a number of tasks run at the same time. The others wait, first come, first served. */
export class Semaphore {
  #free: number
  #waiting: (() => void)[] = []
  /** The index of the first waiting task. Shifting a list of 100,000 for each of them would be slow. */
  #first = 0

  constructor(maxConcurrent: number) {
    this.#free = maxConcurrent
  }

  /** Acquires a permit if one is free. Returns whether it did. */
  tryAcquire(): boolean {
    if (this.#free === 0) return false
    this.#free -= 1
    return true
  }

  /** Acquires a permit, and waits until one is free. */
  async acquire(): Promise<void> {
    if (!this.tryAcquire()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Passes the permit to the next waiting task, or frees it. */
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
