import { describe, expect, it } from 'vitest'
import { ApiError, TransportError } from 'x-account-activity'
import { minuteMs } from '../../../src/internal/clock.ts'
import { afterOutage, formatSteps, refusal, refuseFirstJob } from '../../support/recovery-world.ts'

describe('a recovery whose calls X refuses', () => {
  it('waits for another job of the webhook', async () => {
    const world = await afterOutage(60)
    refuseFirstJob(world, () => refusal('ReplayConflictError'))
    expect(formatSteps(await world.run()).slice(2)).toEqual([
      'waiting conflict 13:13',
      'job 2 11:50-13:01',
      'job_ended 2 complete',
      'done 71/71',
    ])
  })

  it('continues as soon as the other job has ended', async () => {
    const world = await afterOutage(60, { retryMs: 30 * minuteMs })
    refuseFirstJob(world, () => refusal('ReplayConflictError'))
    const run = world.begin()
    await world.time.pass(14)
    await world.jobEnds('77', 'Complete')
    await world.finish(run)
    expect(world.replayCalls.map(({ at }) => at)).toEqual(['13:12', '13:14'])
  })

  it('waits until a rate limit resets', async () => {
    const world = await afterOutage(60)
    refuseFirstJob(world, () => refusal('RateLimited', { resetAt: Date.UTC(2026, 10, 21, 13, 20, 7) }))
    expect(formatSteps(await world.run())).toContain('waiting rate_limit 13:20:07')
    expect(world.replayCalls.map(({ at }) => at)).toEqual(['13:12', '13:20:07'])
  })

  it.each([
    ['X answers with a server error', () => refusal('ServerError')],
    ['X does not answer', () => new TransportError({ reason: 'timeout', message: 'none', attempts: 1 })],
  ])('repeats the call later when %s', async (_, error) => {
    const world = await afterOutage(60)
    refuseFirstJob(world, error)
    expect(formatSteps(await world.run())).toContain('waiting unavailable 13:13')
    expect(world.replayCalls.map(({ at }) => at)).toEqual(['13:12', '13:13'])
  })

  it('gives up a window that X never accepts', async () => {
    const world = await afterOutage(60, { maxAttempts: 2 })
    world.onReplay = () => {
      throw refusal('QueryParamInvalid')
    }
    expect(formatSteps(await world.run()).filter((text) => text.startsWith('lost'))).toEqual([
      'lost 12:00-12:26 refused',
      'lost 12:26-13:00 refused',
    ])
  })

  it.each(['WebhookIdInvalid', 'Unauthorized', 'Forbidden', 'NotFound', 'Unknown'] as const)(
    'rejects with an error that is final: %s',
    async (reason) => {
      const world = await afterOutage(60)
      world.onReplay = () => {
        throw refusal(reason)
      }
      await expect(world.run()).rejects.toMatchObject({ code: 'api', reason })
      expect(world.replayCalls).toHaveLength(1)
    },
  )

  it('ends immediately if the cap of the plan is used up, and names the cap', async () => {
    const world = await afterOutage(60)
    world.onReplay = () => {
      throw refusal('RateLimited', { limitedBy: 'usage_cap', resetAt: Date.UTC(2026, 11, 1) })
    }
    await expect(world.run()).rejects.toMatchObject({ code: 'api', reason: 'RateLimited', limitedBy: 'usage_cap' })
    expect(world.replayCalls).toHaveLength(1)
    expect(formatSteps(world.steps).filter((text) => text.startsWith('waiting rate_limit'))).toEqual([])
  })

  it('ends immediately if the cap is used up before the webhook could be checked', async () => {
    const world = await afterOutage(60)
    world.onList = () => {
      throw new ApiError({ endpoint: 'webhooks.list', reason: 'RateLimited', status: 429, limitedBy: 'usage_cap' })
    }
    await expect(world.run()).rejects.toMatchObject({ limitedBy: 'usage_cap' })
    expect(world.replayCalls).toEqual([])
  })

  it('reports a used up cap to onError in the background, and loses nothing', async () => {
    const world = await afterOutage(60)
    refuseFirstJob(world, () => refusal('RateLimited', { limitedBy: 'usage_cap' }))
    world.start()
    await world.time.pass(60)
    expect(world.errors).toMatchObject([{ limitedBy: 'usage_cap' }])
    expect(formatSteps(world.steps).at(-1)).toBe('done 71/71')
  })

  it('continues in the next run', async () => {
    const world = await afterOutage(60)
    refuseFirstJob(world, () => refusal('Unauthorized'))
    await expect(world.run()).rejects.toThrow()
    expect(formatSteps(await world.run())).toEqual(['job 2 11:50-13:01', 'job_ended 2 complete', 'done 71/71'])
  })
})
