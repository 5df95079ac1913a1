import { describe, expect, it } from 'vitest'
import { minuteMs } from '../../../src/internal/clock.ts'
import { afterOutage, formatSteps, RecoveryWorld, refusal, webhookId, windowsOf } from '../../support/recovery-world.ts'

describe('a recovery after a crash', () => {
  it('continues in the next process, and adds the second outage', async () => {
    const world = await afterOutage(240)
    world.start()
    await world.time.pass(3)
    expect(windowsOf(world)).toEqual(['11:50-13:50', '13:50-15:50'])
    world.kill()
    await world.time.pass(20)
    world.replayCalls.length = 0
    world.restart()
    await world.run()
    // The second job was running, so it is not known whether it was complete.
    expect(windowsOf(world)).toEqual(['13:50-15:50', '15:50-16:01', '16:01-16:24'])
  })

  it('accepts the end of its last job in the next process', async () => {
    const world = await afterOutage(60)
    world.onReplay = () => undefined
    world.start()
    await world.time.pass(13)
    expect(windowsOf(world)).toEqual(['11:50-13:01'])
    world.kill()
    world.onReplay = ({ jobId }) => {
      if (jobId === '2') throw refusal('ReplayConflictError')
      return 'Complete'
    }
    world.restart({ retryMs: 10 * minuteMs })
    const run = world.begin()
    await world.time.pass(1)
    await world.jobEnds('1', 'Complete')
    await world.finish(run)
    expect(windowsOf(world)).toEqual(['11:50-13:01', '11:50-13:01'])
    expect(formatSteps(world.steps)).toContain('job_ended 1 complete')
  })

  it('rejects, and writes nothing, when the store holds the value of another program', async () => {
    const world = new RecoveryWorld()
    await world.store.set(webhookId, { hello: 1 })
    await expect(world.run()).rejects.toThrow(TypeError)
    expect(await world.store.get(webhookId)).toEqual({ hello: 1 })
  })
})
