/** A function that the scheduler runs later. */
export type Task = () => unknown

/** The tasks of one time, in the order in which they were added. */
export interface TimetableEntry {
  /** Milliseconds since 1970 on the emulator. */
  readonly at: number
  readonly tasks: Task[]
}

/** The scheduled tasks, sorted by time. */
export class Timetable {
  /** Sorted by time. Entries before `#first` were taken, and are removed in bulk. */
  #entries: TimetableEntry[] = []
  #first = 0

  add(at: number, task: Task): void {
    const index = this.#indexOf(at)
    const found = this.#entries[index]
    if (found?.at === at) found.tasks.push(task)
    else this.#entries.splice(index, 0, { at, tasks: [task] })
  }

  /** Removes and returns the earliest entry. Returns `undefined` when it is later than `now`. */
  take(now: number): TimetableEntry | undefined {
    const next = this.#entries[this.#first]
    if (next === undefined || next.at > now) return undefined
    this.#first += 1
    if (this.#first > this.#entries.length / 2) {
      this.#entries = this.#entries.slice(this.#first)
      this.#first = 0
    }
    return next
  }

  /** The index of the entry for a time, or the index at which to insert it. */
  #indexOf(at: number): number {
    let low = this.#first
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#entries[middle]?.at ?? at) < at) low = middle + 1
      else high = middle
    }
    return low
  }
}
