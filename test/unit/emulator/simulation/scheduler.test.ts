import { beforeEach, describe, expect, it } from 'vitest'
import { PendingTasks } from '../../../../src/emulator/simulation/pending-tasks.ts'
import { Scheduler } from '../../../../src/emulator/simulation/scheduler.ts'
import { type Duration, VirtualClock } from '../../../../src/emulator/simulation/virtual-clock.ts'

const minute = 60_000

let base: number
let clock: VirtualClock
let scheduler: Scheduler
let work: PendingTasks
/** The tasks that ran, with the time on the clock of the emulator. */
let story: [what: string, at: number][]

beforeEach(() => {
  base = 1000
  clock = new VirtualClock(() => base)
  work = new PendingTasks()
  scheduler = new Scheduler(clock, { track: (task) => work.track(task), whenIdle: () => work.whenIdle() })
  story = []
})

function record(what: string): () => void {
  return () => void story.push([what, clock.now()])
}

/** A task that lasts a number of microtasks. */
function lasting(what: string, ticks: number): () => Promise<void> {
  return async () => {
    record(`${what} begins`)()
    for (let tick = 0; tick < ticks; tick += 1) await undefined
    record(`${what} ends`)()
  }
}

describe('advance', () => {
  it('runs the tasks that become due, each at its own time', async () => {
    scheduler.schedule(1000 + 2 * minute, record('second'))
    scheduler.schedule(1000 + minute, record('first'))
    scheduler.schedule(1000 + 3 * minute, record('third'))
    scheduler.schedule(1001 + 3 * minute, record('too late'))
    await scheduler.advance({ minutes: 3 })
    expect(story).toEqual([
      ['first', 1000 + minute],
      ['second', 1000 + 2 * minute],
      ['third', 1000 + 3 * minute],
    ])
    expect(clock.now()).toBe(1000 + 3 * minute)
  })

  it('waits for a task before it starts the next one', async () => {
    scheduler.schedule(2000, lasting('a', 50))
    scheduler.schedule(2001, lasting('b', 1))
    await scheduler.advance({ seconds: 5 })
    expect(story.map(([what]) => what)).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('runs tasks that are scheduled while it runs', async () => {
    const again = () => {
      record('again')()
      scheduler.schedule(clock.now() + minute, again)
    }
    scheduler.schedule(1000, again)
    await scheduler.advance({ minutes: 2.5 })
    expect(story.map(([, at]) => at)).toEqual([1000, 1000 + minute, 1000 + 2 * minute])
  })

  it('waits for pending tasks first', async () => {
    void work.track(lasting('delivery', 20))
    scheduler.schedule(1000, record('due'))
    await scheduler.advance({ minutes: 1 })
    expect(story.map(([what]) => what)).toEqual(['delivery begins', 'delivery ends', 'due'])
    expect(story[1]?.[1]).toBe(1000)
  })

  it('runs after another advance() has ended', async () => {
    scheduler.schedule(1000 + 3 * minute, record('due'))
    await Promise.all([scheduler.advance({ minutes: 2 }), scheduler.advance({ minutes: 2 }), scheduler.runDueTasks()])
    expect(story).toEqual([['due', 1000 + 3 * minute]])
    expect(clock.now()).toBe(1000 + 4 * minute)
  })

  it('keeps the time by which the base clock moves meanwhile', async () => {
    scheduler.schedule(2000, () => {
      base += 7
    })
    await scheduler.advance({ seconds: 5 })
    expect(clock.now()).toBe(1000 + 5000 + 7)
  })

  it('refuses an invalid duration, and does not move the clock', () => {
    expect(() => scheduler.advance({ hours: -1 })).toThrow(RangeError)
    expect(() => scheduler.advance({ fortnights: 1 } as Duration)).toThrow(RangeError)
    expect(() => scheduler.advance(5 as Duration)).toThrow(TypeError)
    expect(clock.now()).toBe(1000)
  })
})

describe('runDueTasks', () => {
  it('runs the tasks that are due when the base clock has moved, each at its own time', async () => {
    scheduler.schedule(1000 + minute, record('first'))
    scheduler.schedule(1000 + 2 * minute, record('second'))
    base += 10 * minute
    await scheduler.runDueTasks()
    expect(story).toEqual([
      ['first', 1000 + minute],
      ['second', 1000 + 2 * minute],
    ])
    expect(clock.now()).toBe(1000 + 10 * minute)
  })

  it('runs no task that is not due', async () => {
    scheduler.schedule(1001, record('later'))
    await scheduler.runDueTasks()
    expect(story).toEqual([])
  })
})

describe('startDueTasks', () => {
  it('starts the tasks that are due, without waiting', () => {
    scheduler.schedule(1000 + minute, record('due'))
    scheduler.schedule(1000 + 11 * minute, record('not due'))
    scheduler.startDueTasks()
    expect(story).toEqual([])
    base += 10 * minute
    scheduler.startDueTasks()
    expect(story).toEqual([['due', 1000 + 10 * minute]])
    expect(clock.now()).toBe(1000 + 10 * minute)
  })

  it('does nothing while advance() runs', async () => {
    scheduler.schedule(2000, () => scheduler.startDueTasks())
    scheduler.schedule(2000, record('with it'))
    scheduler.schedule(1500, () => {
      base += minute
      scheduler.startDueTasks()
    })
    await scheduler.advance({ seconds: 5 })
    expect(story).toEqual([['with it', 2000]])
  })
})
