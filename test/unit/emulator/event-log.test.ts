import { describe, expect, it } from 'vitest'
import { EventLog } from '../../../src/emulator/event-log.ts'

const hour = 3_600_000

function logOf(...times: number[]): EventLog {
  const log = new EventLog()
  for (const occurredAt of times) log.append({ occurredAt, message: { body: String(occurredAt) } })
  return log
}

describe('EventLog', () => {
  it('finds the events from the beginning of a window, included, to its end, not included', () => {
    const log = logOf(1, 2, 2, 3, 4)
    expect(log.between(2, 4).map(({ message }) => message.body)).toEqual(['2', '2', '3'])
    expect(log.between(4, 4)).toEqual([])
    expect(log.between(5, 9)).toEqual([])
  })

  it('keeps 24 hours, and forgets what is older', () => {
    const all = logOf(0, hour, 24 * hour).between(0, Number.POSITIVE_INFINITY)
    expect(all).toHaveLength(3)
    const much = logOf(...Array.from({ length: 1000 }, (_, index) => index), 48 * hour)
    expect(much.between(0, Number.POSITIVE_INFINITY).map(({ occurredAt }) => occurredAt)).toEqual([48 * hour])
  })
})
