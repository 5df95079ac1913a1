/** Something that is to happen later. */
export type Task = () => unknown

/** What is to happen at one time, in the order in which it was put down. */
export interface TimetableEntry {
  /** Milliseconds since 1970 on the emulator. */
  readonly at: number
  readonly tasks: Task[]
}

/** What is to happen later, in the order of its times. */
export class Timetable {
  /** By time. What is over stands in front of `#first` until it is worth removing. */
  #appointments: TimetableEntry[] = []
  #first = 0

  add(at: number, task: Task): void {
    const index = this.#indexOf(at)
    const found = this.#appointments[index]
    if (found?.at === at) found.tasks.push(task)
    else this.#appointments.splice(index, 0, { at, tasks: [task] })
  }

  /** Takes out the earliest appointment, unless it is later than `now`. */
  take(now: number): TimetableEntry | undefined {
    const next = this.#appointments[this.#first]
    if (next === undefined || next.at > now) return undefined
    this.#first += 1
    if (this.#first > this.#appointments.length / 2) {
      this.#appointments = this.#appointments.slice(this.#first)
      this.#first = 0
    }
    return next
  }

  /** Where an appointment stands, or belongs. */
  #indexOf(at: number): number {
    let low = this.#first
    let high = this.#appointments.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#appointments[middle]?.at ?? at) < at) low = middle + 1
      else high = middle
    }
    return low
  }
}
