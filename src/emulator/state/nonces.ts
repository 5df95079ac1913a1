const maxNonces = 100_000

/** The nonces that were used while their timestamps are accepted, at most 100,000 of them. */
export class Nonces {
  readonly #timestamps = new Map<string, number>()

  /**
   * Records the use of a nonce.
   *
   * @param oldest - The earliest timestamp that is still accepted.
   * @returns Whether this is the first use.
   */
  use(key: string, timestamp: number, oldest: number): boolean {
    if (this.#timestamps.has(key)) return false
    if (this.#timestamps.size >= maxNonces) this.#makeRoom(oldest)
    this.#timestamps.set(key, timestamp)
    return true
  }

  #makeRoom(oldest: number): void {
    for (const [key, timestamp] of this.#timestamps) {
      if (timestamp < oldest) this.#timestamps.delete(key)
    }
    // A map keeps the order of insertion. When all timestamps are accepted, the first tenth is removed.
    if (this.#timestamps.size < maxNonces) return
    for (const key of [...this.#timestamps.keys()].slice(0, maxNonces / 10)) this.#timestamps.delete(key)
  }
}
