import { describe, expect, it } from 'vitest'
import { RandomWorld } from './world.ts'

const perTest = 6

describe('random worlds', () => {
  it.each(Array.from({ length: 10 }, (_, index) => 1 + index * perTest))(
    'lose no event without a report, and handle none twice: seeds from %s',
    async (first) => {
      for (let seed = first; seed < first + perTest; seed += 1) {
        const { events, lostSilently, handledTwice } = await new RandomWorld(seed).run()
        expect(events).toBeGreaterThan(100)
        expect({ seed, lostSilently, handledTwice }).toEqual({ seed, lostSilently: [], handledTwice: [] })
      }
    },
  )

  it('notice once that a clock was set back: seed 2', async () => {
    const { trace } = await new RandomWorld(2).run()
    const jumps = trace.filter((line) => line.includes(' clock '))
    expect(jumps.length).toBeGreaterThan(1)
    const noticed = trace.filter((line) => line.endsWith('clock_set_back'))
    // A clock is set back by a jump, by the end of all jumps, and when a process with the right time is started.
    expect(noticed.length).toBeLessThanOrEqual(3 * jumps.length)
  })

  it('give the same trace for the same seed', async () => {
    const [one, again] = [await new RandomWorld(7).run(), await new RandomWorld(7).run()]
    expect(one.trace.length).toBeGreaterThan(20)
    expect(again.trace).toEqual(one.trace)
  })
})
