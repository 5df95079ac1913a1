import { type Task, Timetable } from './timetable.ts'
import { type Duration, durationMs, type VirtualClock } from './virtual-clock.ts'

/** What the scheduler starts, and what it waits for. */
interface TaskTracker {
  /** Runs something that `idle` waits for. */
  track(task: Task): Promise<unknown>
  /** Waits until nothing is under way. */
  idle(): Promise<void>
}

/**
 * Lets things happen later, on the clock of the emulator and without a timer: when the clock is put forward, or when
 * somebody looks at it.
 */
export class Scheduler {
  readonly #clock: VirtualClock
  readonly #work: TaskTracker
  readonly #timetable = new Timetable()
  #last: Promise<void> = Promise.resolve()
  #isPlaying = false

  constructor(clock: VirtualClock, work: TaskTracker) {
    this.#clock = clock
    this.#work = work
  }

  /** Lets something happen at a time, or as soon after it as somebody looks. */
  schedule(time: number, task: Task): void {
    this.#timetable.add(time, task)
  }

  /** Puts the clock forward, and plays all that is due until then. */
  advance(duration: Duration): Promise<void> {
    const ms = durationMs(duration)
    return this.#inTurn(() => this.#play(ms))
  }

  /** Plays all that is due, and waits until nothing is under way. */
  runDueTasks(): Promise<void> {
    return this.#inTurn(() => this.#play(0))
  }

  /**
   * Starts what is due, and waits for nothing: for calls and acts, which may come from a receiver that is itself waited
   * for.
   */
  startDueTasks(): void {
    if (this.#isPlaying) return
    for (let due = this.#timetable.take(this.#clock.now()); due; due = this.#timetable.take(this.#clock.now())) {
      for (const task of due.tasks) void this.#work.track(task)
    }
  }

  /** One after the other, each from where the one before left the clock. */
  #inTurn(play: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(play)
    this.#last = turn.catch(() => {})
    return turn
  }

  /**
   * Each thing happens at its own time, and has ended before the next begins: the clock stands at that time when it is
   * started. Only then does it go on from where it is to stand.
   */
  async #play(ms: number): Promise<void> {
    await this.#work.idle()
    this.#isPlaying = true
    const ahead = this.#clock.ahead + ms
    const later = () => this.#clock.now() - this.#clock.ahead + ahead
    try {
      for (let due = this.#timetable.take(later()); due; due = this.#timetable.take(later())) {
        this.#clock.moveTo(due.at)
        for (const task of due.tasks) void this.#work.track(task)
        await this.#work.idle()
      }
    } finally {
      this.#clock.ahead = ahead
      this.#isPlaying = false
    }
  }
}
