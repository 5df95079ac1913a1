/** Counts what is under way, and lets others wait until nothing is. */
export class PendingTasks {
  #count = 0
  #whenIdle: (() => void)[] = []

  get isIdle(): boolean {
    return this.#count === 0
  }

  begin(): void {
    this.#count += 1
  }

  end(): void {
    this.#count -= 1
    if (this.#count === 0) for (const resolve of this.#whenIdle.splice(0)) resolve()
  }

  /** Runs something that is under way until it has ended. */
  async track<T>(task: () => T | Promise<T>): Promise<T> {
    this.begin()
    try {
      return await task()
    } finally {
      this.end()
    }
  }

  /** Waits until nothing is under way. */
  async whenIdle(): Promise<void> {
    while (this.#count > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve))
  }
}
