import { describe, expect, it } from 'vitest'
import { minuteMs } from '../../../src/internal/clock.ts'
import { afterOutage, formatSteps, noon, RecoveryWorld, refusal, webhookId } from '../../support/recovery-world.ts'

describe('errors in the background of a recovery', () => {
  it('go to onError: a store that fails once, after which the next heartbeat is stored', async () => {
    const world = new RecoveryWorld()
    let fails = false
    const store = {
      get: (key: string) => world.store.get(key),
      set: (key: string, value: unknown) => {
        if (fails) throw new Error('disk full')
        return world.store.set(key, value)
      },
    }
    world.start({ store })
    await world.time.pass(1)
    fails = true
    await world.time.pass(1)
    fails = false
    expect(world.errors).toContainEqual(new Error('disk full'))
    await world.time.pass(1)
    expect(((await world.store.get(webhookId)) as { aliveAt: number }).aliveAt).toBe(noon + 3 * minuteMs)
  })

  it('go to onError: X refuses for good, after which the next check tries again', async () => {
    const world = await afterOutage(240)
    world.onReplay = ({ jobId }) => {
      if (jobId === '1') throw refusal('Unauthorized')
      return 'Complete'
    }
    world.recovery.start()
    await world.time.pass(60)
    expect(world.errors).toMatchObject([{ reason: 'Unauthorized' }])
    expect(formatSteps(world.steps).at(-1)).toBe('done 251/251')
    await world.recovery.close()
  })

  it('are ignored: handlers that throw and reject', async () => {
    const world = await afterOutage(60, {
      on: {
        outage: () => {
          throw new Error('handler failed')
        },
        any: () => Promise.reject(new Error('handler failed')),
      },
    })
    expect(formatSteps(await world.run()).at(-1)).toBe('done 71/71')
  })
})
