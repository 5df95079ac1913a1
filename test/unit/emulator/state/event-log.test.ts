import { describe, expect, it } from 'vitest'
import { EventLog } from '../../../../src/emulator/state/event-log.ts'

const day = 24 * 3_600_000
const much = 2 ** 20

function logOf(times: readonly number[], { body = 'body', keptBytes = much } = {}): EventLog {
  const log = new EventLog()
  for (const occurredAt of times) log.append({ occurredAt, message: { api: 'account_activity', body } }, keptBytes)
  return log
}

const timesOf = (log: EventLog) => log.between(0, Number.POSITIVE_INFINITY).map(({ occurredAt }) => occurredAt)

describe('EventLog', () => {
  it('returns the events from the start of a window (included) to its end (not included)', () => {
    const log = logOf([1, 2, 2, 3, 4])
    expect(log.between(2, 4).map(({ occurredAt }) => occurredAt)).toEqual([2, 2, 3])
    expect(log.between(4, 4)).toEqual([])
    expect(log.between(5, 9)).toEqual([])
  })

  it('returns the oldest events first, and keeps the order of the same time', () => {
    const log = new EventLog()
    for (const [occurredAt, body] of [
      [3, 'a'],
      [1, 'b'],
      [3, 'c'],
      [2, 'd'],
    ] as const) {
      log.append({ occurredAt, message: { api: 'account_activity', body } }, much)
    }
    expect(log.between(0, 9).map(({ message }) => message.body)).toEqual(['b', 'd', 'a', 'c'])
  })

  it('keeps the events of five days', () => {
    expect(timesOf(logOf([0, day, 5 * day]))).toEqual([0, day, 5 * day])
    expect(timesOf(logOf([0, day, 5 * day + 1]))).toEqual([day, 5 * day + 1])
    expect(timesOf(logOf([...Array.from({ length: 1000 }, (_, index) => index), 10 * day]))).toEqual([10 * day])
  })

  it.each([
    [40, 10],
    [39, 9],
    [4, 1],
    [3, 0],
    [0, 0],
  ])('with a limit of %i bytes keeps the last %i events', (keptBytes, count) => {
    const log = logOf(
      Array.from({ length: 100 }, (_, index) => index),
      { keptBytes },
    )
    expect(timesOf(log)).toEqual(Array.from({ length: count }, (_, index) => 100 - count + index))
    expect(log.events).toHaveLength(count)
  })

  it('continues from given events', () => {
    const log = new EventLog(logOf([1, 2, 3]).events)
    log.append({ occurredAt: 4, message: { api: 'account_activity', body: 'body' } }, 12)
    expect(timesOf(log)).toEqual([2, 3, 4])
  })
})
