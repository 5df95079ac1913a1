/** A list of records that keeps at least the last `minLength` ones, and at most a tenth more. */
export class BoundedLog<T> {
  readonly #minLength: number
  /** The number of records at which the oldest ones are removed. They are removed in bulk, so that `push` stays fast. */
  readonly #trimAt: number
  readonly #records: T[] = []

  constructor(minLength: number) {
    this.#minLength = minLength
    this.#trimAt = minLength + Math.max(1, Math.floor(minLength / 10))
  }

  /** The records, oldest first. The list grows and shrinks while it is held. */
  get records(): readonly T[] {
    return this.#records
  }

  push(record: T): void {
    this.#records.push(record)
    if (this.#records.length >= this.#trimAt) this.#records.splice(0, this.#records.length - this.#minLength)
  }
}
