import { describe, expect, it } from 'vitest'
import type { RecoveryStep } from 'x-account-activity/recovery'
import { minuteMs } from '../../../src/internal/clock.ts'
import {
  afterOutage,
  clock,
  formatStep,
  formatSteps,
  noon,
  RecoveryWorld,
  webhookId,
  windowsOf,
} from '../../support/recovery-world.ts'

describe('a recovery notices outages', () => {
  it('reports nothing when there was no outage', async () => {
    const world = new RecoveryWorld()
    expect(await world.run()).toEqual([])
    expect(world.calls).toEqual(['list'])
  })

  it('replays the time in which the process was down, with a margin', async () => {
    const world = await afterOutage(240)
    expect(formatSteps(await world.run())).toEqual([
      'outage 12:00-16:00 process_start',
      'job 1 11:50-13:50',
      'job_ended 1 complete',
      'job 2 13:50-15:50',
      'job_ended 2 complete',
      'waiting too_recent 16:22',
      'job 3 15:50-16:01',
      'job_ended 3 complete',
      'done 251/251',
    ])
  })

  it.each([
    ['as long as gapMs', 60_000, 0],
    ['a millisecond longer', 60_001, 1],
  ])('compares the gap with gapMs: %s', async (_, ms, outages) => {
    const world = await afterOutage(ms / minuteMs)
    await world.run()
    expect(world.steps.filter(({ type }) => type === 'outage')).toHaveLength(outages)
  })

  it('records heartbeats after start(), so that a long time without deliveries is not an outage', async () => {
    const world = new RecoveryWorld()
    world.start()
    await world.time.pass(600)
    world.kill()
    await world.time.pass(1)
    world.start()
    await world.time.pass(60)
    expect(world.steps).toEqual([])
  })

  it('records heartbeats during run(), so that waiting is not an outage', async () => {
    const world = await afterOutage(5)
    await world.run()
    expect(world.steps.filter(({ type }) => type === 'outage')).toHaveLength(1)
    expect(clock(world.time.now())).toBe('12:24')
  })

  it('records a heartbeat for a delivery, after the first run has looked for a gap', async () => {
    const world = await afterOutage(5)
    await world.deliver({ for_user_id: '1', follow_events: [] })
    await world.jobEnds('0', 'Complete')
    await world.run()
    expect(formatStep(world.steps[0] as RecoveryStep)).toBe('outage 12:00-12:05 process_start')
    const before = (await world.store.get(webhookId)) as { reachedAt: number }
    await world.time.pass(1)
    await world.jobEnds('9', 'Complete')
    await world.time.settle()
    expect(((await world.store.get(webhookId)) as typeof before).reachedAt - before.reachedAt).toBeGreaterThan(0)
  })

  it('notices that the running process was blocked', async () => {
    const world = new RecoveryWorld()
    let isBlocked = false
    const sleep = async (ms: number, signal?: AbortSignal) => {
      await world.time.sleep(ms, signal)
      while (isBlocked && !signal?.aborted) await world.time.sleep(1000, signal)
    }
    world.start({ sleep })
    await world.time.pass(5)
    isBlocked = true
    await world.time.pass(10)
    isBlocked = false
    await world.time.pass(60)
    expect(formatSteps(world.steps)[0]).toBe('outage 12:05-12:15:01 no_heartbeat')
    expect(windowsOf(world)).toEqual(['11:55-12:17'])
  })

  it('replays an outage that is reported', async () => {
    const world = new RecoveryWorld()
    await world.time.pass(180)
    await world.recovery.report({ from: new Date(noon), to: new Date(noon + minuteMs) })
    expect(formatSteps(await world.run())).toEqual(['job 1 11:50-12:02', 'job_ended 1 complete', 'done 12/12'])
    expect(formatSteps(world.steps)[0]).toBe('outage 12:00-12:01 reported')
  })

  it.each([
    ['undefined', undefined, new TypeError('"span" must be an object, got undefined')],
    ['times that are not dates', { from: noon, to: noon }, new TypeError('"from" and "to" must be Dates')],
    ['an empty span', { from: new Date(noon), to: new Date(noon) }, new RangeError('"from" must be before "to"')],
    [
      'an invalid date',
      { from: new Date(Number.NaN), to: new Date(noon) },
      new RangeError('"from" must be before "to"'),
    ],
    [
      'a span that ends in the future',
      { from: new Date(noon), to: new Date(noon + 1) },
      new RangeError('"to" must not be in the future'),
    ],
  ])('refuses to report %s', async (_, span, error) => {
    await expect(new RecoveryWorld().recovery.report(span as never)).rejects.toThrow(error)
  })
})
