/** Counts the tasks that have not ended, and waits for them. */
export class PendingTasks {
  #count = 0
  #waiting: (() => void)[] = []

  begin(): void {
    this.#count += 1
  }

  end(): void {
    this.#count -= 1
    if (this.#count === 0) for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** Runs a task and counts it as pending until it has ended. */
  async track<T>(task: () => T | Promise<T>): Promise<T> {
    this.begin()
    try {
      return await task()
    } finally {
      this.end()
    }
  }

  /** Waits until no task is pending. */
  async whenIdle(): Promise<void> {
    while (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}
