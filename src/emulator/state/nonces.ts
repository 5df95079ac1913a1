const maxNonces = 100_000

/** Remembers which nonces were used, as long as their timestamps are accepted, and never more than 100,000. */
export class Nonces {
  readonly #timestamps = new Map<string, number>()

  /** Whether this use is the first; it is remembered. `oldest` is the earliest timestamp that is still accepted. */
  use(key: string, timestamp: number, oldest: number): boolean {
    if (this.#timestamps.has(key)) return false
    if (this.#timestamps.size >= maxNonces) this.#forget(oldest)
    this.#timestamps.set(key, timestamp)
    return true
  }

  #forget(oldest: number): void {
    for (const [key, timestamp] of this.#timestamps) {
      if (timestamp < oldest) this.#timestamps.delete(key)
    }
    // A map keeps the order of insertion: when all are fresh, the first tenth goes.
    if (this.#timestamps.size < maxNonces) return
    for (const key of [...this.#timestamps.keys()].slice(0, maxNonces / 10)) this.#timestamps.delete(key)
  }
}
