import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Timetable } from '../../../../src/emulator/simulation/timetable.ts'

/** The results of all due tasks, in order. */
function takeAll(table: Timetable, now = Number.POSITIVE_INFINITY): unknown[] {
  const taken: unknown[] = []
  for (let next = table.take(now); next; next = table.take(now)) taken.push(...next.tasks.map((task) => task()))
  return taken
}

describe('Timetable', () => {
  it('is empty at first', () => expect(new Timetable().take(5)).toBeUndefined())

  it('returns an entry when it is due, and not earlier', () => {
    const table = new Timetable()
    table.add(10, () => 'ten')
    expect(table.take(9)).toBeUndefined()
    expect(table.take(10)).toMatchObject({ at: 10 })
    expect(table.take(10)).toBeUndefined()
  })

  it('returns the tasks of one time together, in the order in which they were added', () => {
    const table = new Timetable()
    for (const name of ['a', 'b', 'c']) table.add(1, () => name)
    expect(table.take(1)?.tasks.map((task) => task())).toEqual(['a', 'b', 'c'])
  })

  it('accepts a time before one that was taken', () => {
    const table = new Timetable()
    table.add(5, () => 5)
    table.take(5)
    table.add(3, () => 3)
    table.add(4, () => 4)
    expect(takeAll(table)).toEqual([3, 4])
  })

  it('returns each task once, sorted by time and then by order', () => {
    const step = fc.record({ at: fc.nat(20), takes: fc.nat(3) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const table = new Timetable()
        const waiting: [at: number, index: number][] = []
        for (const [index, { at, takes }] of steps.entries()) {
          table.add(at, () => index)
          waiting.push([at, index])
          for (let count = 0; count < takes; count += 1) {
            const next = table.take(10)
            const due = Math.min(...waiting.map(([time]) => time))
            const expected = due <= 10 ? waiting.filter(([time]) => time === due) : []
            expect(next?.tasks.map((task) => task()) ?? []).toEqual(expected.map(([, which]) => which))
            for (const one of expected) waiting.splice(waiting.indexOf(one), 1)
          }
        }
        waiting.sort(([a], [b]) => a - b)
        expect(takeAll(table)).toEqual(waiting.map(([, index]) => index))
      }),
    )
  })
})
