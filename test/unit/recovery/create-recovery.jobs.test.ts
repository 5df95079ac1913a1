import { describe, expect, it } from 'vitest'
import { afterOutage, formatSteps, windowsOf } from '../../support/recovery-world.ts'

describe('the replay jobs of a recovery', () => {
  it('run one at a time', async () => {
    const world = await afterOutage(500)
    let running = 0
    let most = 0
    world.onReplay = () => {
      running += 1
      most = Math.max(most, running)
      return 'Complete'
    }
    world.receiver.on('replay_job_status', () => {
      running -= 1
    })
    await world.run()
    expect(world.replayCalls).toHaveLength(5)
    expect(most).toBe(1)
  })

  it('are repeated in halves when one is incomplete', async () => {
    const world = await afterOutage(240)
    // Every window that contains a part of 12:40 to 12:45 fails.
    world.onReplay = ({ from, to }) => (from < '12:45' && to > '12:40' ? 'Incomplete' : 'Complete')
    const steps = await world.run()
    expect(windowsOf(world)).toEqual([
      '11:50-13:50',
      '11:50-12:50',
      '11:50-12:20',
      '12:20-12:50',
      '12:50-13:50',
      '13:50-15:50',
      '15:50-16:01',
    ])
    expect(formatSteps(steps).filter((text) => text.startsWith('lost'))).toEqual(['lost 12:20-12:50 incomplete'])
    expect(formatSteps(steps)).toContain('job 4 12:20-12:50 attempt 3')
    expect(steps.at(-1)).toMatchObject({ lost: [{ from: new Date('2026-11-21T12:20:00Z') }] })
  })

  it('lose only what is in the outage, not what is in its margin', async () => {
    const world = await afterOutage(60, { maxAttempts: 1 })
    world.onReplay = () => 'Incomplete'
    expect(formatSteps(await world.run())).toContain('lost 12:00-13:00 incomplete')
  })

  it('are repeated when X does not report their end in time', async () => {
    const world = await afterOutage(60)
    world.onReplay = ({ jobId }) => (jobId === '1' ? undefined : 'Complete')
    const steps = formatSteps(await world.run())
    expect(steps).toContain('job_ended 1 timeout')
    expect(world.replayCalls.slice(0, 2)).toMatchObject([
      { at: '13:12', from: '11:50', to: '13:01' },
      { at: '13:42', from: '11:50', to: '12:26' },
    ])
    expect(steps.at(-1)).toBe('done 71/71')
  })

  it('may end before the answer with their id has arrived', async () => {
    const world = await afterOutage(60)
    const { client } = world
    const create: typeof client.replay.create = async (id, window) => {
      const job = await client.replay.create(id, window)
      await world.jobEnds(job.jobId, 'Complete')
      return job
    }
    world.onReplay = () => undefined
    world.restart({ client: { ...client, replay: { create } } })
    expect(formatSteps(await world.run()).at(-1)).toBe('done 71/71')
    expect(world.replayCalls).toHaveLength(1)
  })

  it('of other webhooks are ignored', async () => {
    const world = await afterOutage(60)
    world.onReplay = ({ jobId }) => {
      void world.jobEnds(jobId, 'Complete', { webhook_id: '7' })
      return undefined
    }
    const run = world.begin()
    await world.time.pass(1)
    expect(formatSteps(world.steps).at(-1)).toContain('waiting')
    await world.finish(run)
    expect(formatSteps(world.steps)).toContain('job_ended 1 timeout')
  })

  it('use the endpoint of the options', async () => {
    const world = await afterOutage(60)
    const { client } = world
    const options: unknown[] = []
    const create: typeof client.replay.create = (id, window, option) => {
      options.push(option)
      return client.replay.create(id, window)
    }
    world.restart({ client: { ...client, replay: { create } }, endpoint: 'webhooks' })
    await world.run()
    expect(options).toMatchObject([{ endpoint: 'webhooks', signal: expect.any(AbortSignal) }])
  })
})
