import { describe, expect, it } from 'vitest'
import { enterpriseReplayRules } from 'x-account-activity'
import { minuteMs } from '../../../src/internal/clock.ts'
import { afterOutage } from '../../support/recovery-world.ts'

describe('a recovery waits until X accepts a window', () => {
  it('waits until the start of a short window is 31 minutes old, and one minute longer', async () => {
    const world = await afterOutage(2, { marginMinutes: 0 })
    await world.run()
    expect(world.replayCalls).toEqual([{ from: '12:00', to: '12:03', at: '12:32', jobId: '1' }])
  })

  it('waits until the end of a long window is 10 minutes old, and one minute longer', async () => {
    const world = await afterOutage(60)
    await world.run()
    expect(world.replayCalls).toEqual([{ from: '11:50', to: '13:01', at: '13:12', jobId: '1' }])
  })

  it('never requests a window that X refuses', async () => {
    for (const minutes of [2, 25, 119, 121, 1430, 1441, 3000]) {
      const world = await afterOutage(minutes)
      const replay = world.client.replay.create
      const ages: [number, number][] = []
      const client = {
        ...world.client,
        replay: {
          create: (id: string, window: { from: Date | string; to: Date | string }) => {
            const now = world.time.now()
            ages.push([(now - Number(window.from)) / minuteMs, (now - Number(window.to)) / minuteMs])
            return replay(id, window)
          },
        },
      }
      world.restart({ client })
      await world.run(2000)
      expect(ages.length).toBeGreaterThan(0)
      for (const [from, to] of ages) {
        expect(from).toBeGreaterThanOrEqual(31)
        expect(from).toBeLessThanOrEqual(1440)
        expect(to).toBeGreaterThanOrEqual(10)
        expect(from - to).toBeLessThanOrEqual(120)
      }
    }
  })

  it('reports exactly which span is older than X keeps', async () => {
    const world = await afterOutage(30 * 60)
    const steps = await world.run()
    const lost = steps.filter((step) => step.type === 'lost')
    // Down from 12:00 to 18:00 of the next day. X keeps 24 hours, and one minute of them is left for different clocks.
    expect(lost).toHaveLength(1)
    expect(lost[0]).toMatchObject({
      reason: 'too_old',
      from: new Date('2026-11-21T12:00:00Z'),
      to: new Date('2026-11-21T18:01:00Z'),
    })
    const done = steps.at(-1)
    expect(done).toMatchObject({
      type: 'done',
      recovered: [{ from: new Date('2026-11-21T18:01:00Z'), to: new Date('2026-11-22T18:01:00Z') }],
      lost: [{ from: new Date('2026-11-21T12:00:00Z'), to: new Date('2026-11-21T18:01:00Z') }],
    })
  })

  it('uses the rules that it is given: the enterprise API reaches five days back', async () => {
    const world = await afterOutage(30 * 60, { rules: enterpriseReplayRules })
    const steps = await world.run()
    expect(steps.filter(({ type }) => type === 'lost')).toEqual([])
    expect(world.replayCalls[0]).toMatchObject({ from: '11:50', to: '13:50' })
  })
})
