import { createMutex } from '../../internal/mutex.ts'
import { type Task, Timetable } from './timetable.ts'
import { type Duration, durationMs, type VirtualClock } from './virtual-clock.ts'

/** How the scheduler starts tasks and waits for them. */
interface TaskTracker {
  /** Runs a task that `whenIdle` waits for. */
  track(task: Task): Promise<unknown>
  /** Waits until no task is pending. */
  whenIdle(): Promise<void>
}

/**
 * Runs tasks at their time on the clock of the emulator. It uses no timer: a task that is due starts when the clock is
 * advanced, or with the next call or action.
 */
export class Scheduler {
  readonly #clock: VirtualClock
  readonly #tasks: TaskTracker
  readonly #timetable = new Timetable()
  /** One `advance` or `runDueTasks` runs at a time. Each starts where the one before left the clock. */
  readonly #mutex = createMutex()
  #isRunning = false

  constructor(clock: VirtualClock, tasks: TaskTracker) {
    this.#clock = clock
    this.#tasks = tasks
  }

  /** Runs a task at a time, in milliseconds since 1970, or as soon after it as the scheduler is called. */
  schedule(time: number, task: Task): void {
    this.#timetable.add(time, task)
  }

  /** Advances the clock, and runs the tasks that become due. */
  advance(duration: Duration): Promise<void> {
    const ms = durationMs(duration)
    return this.#mutex(() => this.#run(ms))
  }

  /** Runs the tasks that are due, and waits until no task is pending. */
  runDueTasks(): Promise<void> {
    return this.#mutex(() => this.#run(0))
  }

  /**
   * Starts the tasks that are due, without waiting for them. Calls and actions use this: they may come from a receiver,
   * and a pending task may wait for that receiver.
   */
  startDueTasks(): void {
    if (this.#isRunning) return
    for (let due = this.#timetable.take(this.#clock.now()); due; due = this.#timetable.take(this.#clock.now())) {
      for (const task of due.tasks) void this.#tasks.track(task)
    }
  }

  /**
   * Runs each task at its own time: the clock shows that time when the task starts, and the task has ended before the
   * next one starts. The clock moves to its final time at the end.
   */
  async #run(ms: number): Promise<void> {
    await this.#tasks.whenIdle()
    this.#isRunning = true
    const ahead = this.#clock.ahead + ms
    const finalTime = () => this.#clock.now() - this.#clock.ahead + ahead
    try {
      for (let due = this.#timetable.take(finalTime()); due; due = this.#timetable.take(finalTime())) {
        this.#clock.moveTo(due.at)
        for (const task of due.tasks) void this.#tasks.track(task)
        await this.#tasks.whenIdle()
      }
    } finally {
      this.#clock.ahead = ahead
      this.#isRunning = false
    }
  }
}
