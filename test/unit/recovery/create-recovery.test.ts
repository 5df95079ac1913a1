import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import {
  ApiError,
  createClient,
  createEnterpriseClient,
  createPremiumClient,
  enterpriseReplayRules,
  type ReasonOf,
  TransportError,
} from 'x-account-activity'
import { createRecovery, type RecoveryOptions, type RecoveryStep } from 'x-account-activity/recovery'
import { clock, noon, RecoveryWorld, webhookId } from '../../support/recovery-world.ts'

const minute = 60_000

/** A step as one line: `job 12:00-14:00`. */
function line(step: RecoveryStep): string {
  const span = 'from' in step ? ` ${clock(step.from)}-${clock(step.to)}` : ''
  switch (step.type) {
    case 'outage':
      return `outage${span} ${step.cause}`
    case 'waiting':
      return `waiting ${step.reason} ${clock(step.until)}`
    case 'job':
      return `job ${step.jobId}${span}${step.attempt > 1 ? ` attempt ${step.attempt}` : ''}`
    case 'job_ended':
      return `job_ended ${step.jobId} ${step.outcome}`
    case 'lost':
      return `lost${span} ${step.reason}`
    case 'webhook':
      return `webhook ${step.valid ? 'valid' : 'invalid'}`
    case 'done':
      return `done ${step.progress.done}/${step.progress.total}`
    default:
      return step satisfies never
  }
}

const lines = (steps: readonly RecoveryStep[]) => steps.map(line)
const windows = (world: RecoveryWorld) => world.asked.map(({ from, to }) => `${from}-${to}`)

function refusal(reason: ReasonOf<'replay.create'>, more: { resetAt?: number } = {}): ApiError<'replay.create'> {
  const { resetAt } = more
  return new ApiError({
    endpoint: 'replay.create',
    reason,
    status: 400,
    ...(resetAt !== undefined && { rateLimit: { resetAt: new Date(resetAt) } }),
  })
}

/** Alive at noon, down for so many minutes, and started again. */
async function afterOutage(minutes: number, options: Partial<RecoveryOptions> = {}): Promise<RecoveryWorld> {
  const world = new RecoveryWorld()
  world.start()
  await world.time.settle()
  world.kill()
  await world.time.pass(minutes)
  world.calls.length = 0
  world.steps = []
  world.restart(options)
  return world
}

describe('noticing an outage', () => {
  it('says nothing when there was none', async () => {
    const world = new RecoveryWorld()
    expect(await world.run()).toEqual([])
    expect(world.calls).toEqual(['list'])
  })

  it('notices how long the process was down, and replays it with a margin', async () => {
    const world = await afterOutage(240)
    expect(lines(await world.run())).toEqual([
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
    ['at the gap that is allowed', 60_000, 0],
    ['a millisecond beyond', 60_001, 1],
  ])('knows an outage by its length: %s', async (_, ms, outages) => {
    const world = await afterOutage(ms / minute)
    await world.run()
    expect(world.steps.filter(({ type }) => type === 'outage')).toHaveLength(outages)
  })

  it('records heartbeats while it watches, so that a long quiet life is no outage', async () => {
    const world = new RecoveryWorld()
    world.start()
    await world.time.pass(600)
    world.kill()
    await world.time.pass(1)
    world.start()
    await world.time.pass(60)
    expect(world.steps).toEqual([])
  })

  it('records heartbeats while it runs, so that waiting is no outage', async () => {
    const world = await afterOutage(5)
    await world.run()
    expect(world.steps.filter(({ type }) => type === 'outage')).toHaveLength(1)
    expect(clock(world.time.now())).toBe('12:24')
  })

  it('takes a delivery for a heartbeat, once it has looked for a gap', async () => {
    const world = await afterOutage(5)
    await world.deliver({ for_user_id: '1', follow_events: [] })
    await world.jobEnds('0', 'Complete')
    await world.run()
    expect(line(world.steps[0] as RecoveryStep)).toBe('outage 12:00-12:05 process_start')
    const before = (await world.store.get(webhookId)) as { reachedAt: number }
    await world.time.pass(1)
    await world.jobEnds('9', 'Complete')
    await world.time.settle()
    expect(((await world.store.get(webhookId)) as typeof before).reachedAt - before.reachedAt).toBeGreaterThan(0)
  })

  it('notices a process that hung while it was running', async () => {
    const world = new RecoveryWorld()
    let hangs = false
    const sleep = async (ms: number, signal?: AbortSignal) => {
      await world.time.sleep(ms, signal)
      while (hangs && !signal?.aborted) await world.time.sleep(1000, signal)
    }
    world.start({ sleep })
    await world.time.pass(5)
    hangs = true
    await world.time.pass(10)
    hangs = false
    await world.time.pass(60)
    expect(lines(world.steps)[0]).toBe('outage 12:05-12:15:01 no_heartbeat')
    expect(windows(world)).toEqual(['11:55-12:17'])
  })

  it('replays what is reported', async () => {
    const world = new RecoveryWorld()
    await world.time.pass(180)
    await world.recovery.report({ from: new Date(noon), to: new Date(noon + minute) })
    expect(lines(await world.run())).toEqual(['job 1 11:50-12:02', 'job_ended 1 complete', 'done 12/12'])
    expect(lines(world.steps)[0]).toBe('outage 12:00-12:01 reported')
  })

  it.each([
    ['no span', undefined, TypeError],
    ['times that are no dates', { from: noon, to: noon }, TypeError],
    ['no length', { from: new Date(noon), to: new Date(noon) }, RangeError],
    ['an invalid date', { from: new Date(Number.NaN), to: new Date(noon) }, RangeError],
    ['the future', { from: new Date(noon), to: new Date(noon + 1) }, RangeError],
  ])('refuses a report of %s', async (_, span, type) => {
    await expect(new RecoveryWorld().recovery.report(span as never)).rejects.toThrow(type)
  })
})

describe('waiting until X accepts a window', () => {
  it('waits until its beginning is 31 minutes old, where the outage was short, and a minute for the clocks', async () => {
    const world = await afterOutage(2, { marginMinutes: 0 })
    await world.run()
    expect(world.asked).toEqual([{ from: '12:00', to: '12:03', at: '12:32', jobId: '1' }])
  })

  it('waits until its end is 10 minutes old, where the outage was long', async () => {
    const world = await afterOutage(60)
    await world.run()
    expect(world.asked).toEqual([{ from: '11:50', to: '13:01', at: '13:12', jobId: '1' }])
  })

  it('never asks for what X would refuse', async () => {
    for (const minutes of [2, 25, 119, 121, 1430, 1441, 3000]) {
      const world = await afterOutage(minutes)
      const replay = world.client.replay.create
      const ages: [number, number][] = []
      const client = {
        ...world.client,
        replay: {
          create: (id: string, window: { from: Date | string; to: Date | string }) => {
            const now = world.time.now()
            ages.push([(now - Number(window.from)) / minute, (now - Number(window.to)) / minute])
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

  it('says exactly which span is older than X keeps', async () => {
    const world = await afterOutage(30 * 60)
    const steps = await world.run()
    const lost = steps.filter((step) => step.type === 'lost')
    // Down from 12:00 to 18:00 of the next day: X keeps 24 hours, of which a minute is left for the clocks.
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

  it('takes other rules: the enterprise API reaches five days back', async () => {
    const world = await afterOutage(30 * 60, { rules: enterpriseReplayRules })
    const steps = await world.run()
    expect(steps.filter(({ type }) => type === 'lost')).toEqual([])
    expect(world.asked[0]).toMatchObject({ from: '11:50', to: '13:50' })
  })
})

describe('jobs', () => {
  it('are asked for one at a time: the next when the one before has ended', async () => {
    const world = await afterOutage(500)
    let underWay = 0
    let most = 0
    world.onReplay = () => {
      underWay += 1
      most = Math.max(most, underWay)
      return 'Complete'
    }
    world.receiver.on('replay_job_status', () => {
      underWay -= 1
    })
    await world.run()
    expect(world.asked).toHaveLength(5)
    expect(most).toBe(1)
  })

  it('try again what an incomplete one has missed, in halves', async () => {
    const world = await afterOutage(240)
    // 12:40 to 12:45 fails, whatever holds it.
    world.onReplay = ({ from, to }) => (from < '12:45' && to > '12:40' ? 'Incomplete' : 'Complete')
    const steps = await world.run()
    expect(windows(world)).toEqual([
      '11:50-13:50',
      '11:50-12:50',
      '11:50-12:20',
      '12:20-12:50',
      '12:50-13:50',
      '13:50-15:50',
      '15:50-16:01',
    ])
    expect(lines(steps).filter((text) => text.startsWith('lost'))).toEqual(['lost 12:20-12:50 incomplete'])
    expect(lines(steps)).toContain('job 4 12:20-12:50 attempt 3')
    expect(steps.at(-1)).toMatchObject({ lost: [{ from: new Date('2026-11-21T12:20:00Z') }] })
  })

  it('lose only what lies in the outage, not in its margin', async () => {
    const world = await afterOutage(60, { maxAttempts: 1 })
    world.onReplay = () => 'Incomplete'
    expect(lines(await world.run())).toContain('lost 12:00-13:00 incomplete')
  })

  it('are given up when nothing is heard of them in time, and tried again', async () => {
    const world = await afterOutage(60)
    world.onReplay = ({ jobId }) => (jobId === '1' ? undefined : 'Complete')
    const steps = lines(await world.run())
    expect(steps).toContain('job_ended 1 timeout')
    expect(world.asked.slice(0, 2)).toMatchObject([
      { at: '13:12', from: '11:50', to: '13:01' },
      { at: '13:42', from: '11:50', to: '12:26' },
    ])
    expect(steps.at(-1)).toBe('done 71/71')
  })

  it('that end before X has told their id are known all the same', async () => {
    const world = await afterOutage(60)
    const { client } = world
    const create: typeof client.replay.create = async (id, window) => {
      const job = await client.replay.create(id, window)
      await world.jobEnds(job.jobId, 'Complete')
      return job
    }
    world.onReplay = () => undefined
    world.restart({ client: { ...client, replay: { create } } })
    expect(lines(await world.run()).at(-1)).toBe('done 71/71')
    expect(world.asked).toHaveLength(1)
  })

  it('of other webhooks are none of ours; where X does not say whose, they are', async () => {
    const world = await afterOutage(60)
    world.onReplay = ({ jobId }) => {
      void world.jobEnds(jobId, 'Complete', { webhook_id: '7' })
      return undefined
    }
    const run = world.begin()
    await world.time.pass(1)
    expect(lines(world.steps).at(-1)).toContain('waiting')
    await world.finish(run)
    expect(lines(world.steps)).toContain('job_ended 1 timeout')
  })

  it('go to the endpoint that is named', async () => {
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

describe('what X refuses', () => {
  const once = (world: RecoveryWorld, error: () => Error) => {
    world.onReplay = ({ jobId }) => {
      if (jobId === '1') throw error()
      return 'Complete'
    }
  }

  it('waits out a job that is in the way', async () => {
    const world = await afterOutage(60)
    once(world, () => refusal('ReplayConflictError'))
    expect(lines(await world.run()).slice(2)).toEqual([
      'waiting conflict 13:13',
      'job 2 11:50-13:01',
      'job_ended 2 complete',
      'done 71/71',
    ])
  })

  it('asks again as soon as the job in the way has ended', async () => {
    const world = await afterOutage(60, { retryMs: 30 * minute })
    once(world, () => refusal('ReplayConflictError'))
    const run = world.begin()
    await world.time.pass(14)
    await world.jobEnds('77', 'Complete')
    await world.finish(run)
    expect(world.asked.map(({ at }) => at)).toEqual(['13:12', '13:14'])
  })

  it('waits until a rate limit resets', async () => {
    const world = await afterOutage(60)
    once(world, () => refusal('RateLimited', { resetAt: Date.UTC(2026, 10, 21, 13, 20, 7) }))
    expect(lines(await world.run())).toContain('waiting rate_limit 13:20:07')
    expect(world.asked.map(({ at }) => at)).toEqual(['13:12', '13:20:07'])
  })

  it.each([
    ['X fails', () => refusal('ServerError')],
    ['there is no answer', () => new TransportError({ reason: 'timeout', message: 'none', attempts: 1 })],
  ])('asks again later when %s', async (_, error) => {
    const world = await afterOutage(60)
    once(world, error)
    expect(lines(await world.run())).toContain('waiting unavailable 13:13')
    expect(world.asked.map(({ at }) => at)).toEqual(['13:12', '13:13'])
  })

  it('gives up a window that X never takes', async () => {
    const world = await afterOutage(60, { maxAttempts: 2 })
    world.onReplay = () => {
      throw refusal('QueryParamInvalid')
    }
    expect(lines(await world.run()).filter((text) => text.startsWith('lost'))).toEqual([
      'lost 12:00-12:26 refused',
      'lost 12:26-13:00 refused',
    ])
  })

  it.each(['WebhookIdInvalid', 'Unauthorized', 'Forbidden', 'NotFound', 'Unknown'] as const)(
    'rejects with what is for good: %s',
    async (reason) => {
      const world = await afterOutage(60)
      world.onReplay = () => {
        throw refusal(reason)
      }
      await expect(world.run()).rejects.toMatchObject({ code: 'api', reason })
      expect(world.asked).toHaveLength(1)
    },
  )

  it('goes on where it was when it is run again', async () => {
    const world = await afterOutage(60)
    once(world, () => refusal('Unauthorized'))
    await expect(world.run()).rejects.toThrow()
    expect(lines(await world.run())).toEqual(['job 2 11:50-13:01', 'job_ended 2 complete', 'done 71/71'])
  })
})

describe('the webhook', () => {
  it('is validated first where it is invalid, and what it missed is replayed', async () => {
    const world = new RecoveryWorld()
    world.start()
    await world.time.pass(10)
    await world.jobEnds('5', 'Complete')
    await world.time.pass(20)
    world.webhook = { id: webhookId, url: 'https://example.com/x', valid: false }
    world.calls.length = 0
    await world.time.pass(60)
    expect(world.calls.slice(0, 3)).toEqual(['list', 'validate', 'list'])
    // The last delivery came at 12:10.
    expect(lines(world.steps).slice(0, 2)).toEqual(['outage 12:10-12:35 webhook_invalid', 'webhook valid'])
    expect(windows(world)).toEqual(['12:00-12:36'])
  })

  it('is validated again and again until X can reach it', async () => {
    const world = await afterOutage(60)
    world.webhook = { id: webhookId, url: 'https://example.com/x', valid: false }
    const validate = world.onValidate
    let tries = 0
    world.onValidate = () => {
      tries += 1
      if (tries < 3) throw new ApiError({ endpoint: 'webhooks.validate', reason: 'CrcValidationFailed', status: 400 })
      validate()
    }
    const steps = await world.run()
    expect(lines(steps).slice(0, 6)).toEqual([
      'outage 12:00-13:00 process_start',
      'webhook invalid',
      'waiting webhook_invalid 13:01',
      'webhook invalid',
      'waiting webhook_invalid 13:03',
      'outage 13:00-13:03 webhook_invalid',
    ])
    expect(steps.find(({ type }) => type === 'webhook')).toMatchObject({ error: { reason: 'CrcValidationFailed' } })
    expect(windows(world)).toEqual(['11:50-13:01', '13:01-13:04'])
  })

  it('that fails the CRC before a job is waited for, and what happened meanwhile is replayed, too', async () => {
    const world = await afterOutage(60)
    world.onReplay = ({ jobId }) => {
      if (jobId === '1') throw refusal('CrcValidationFailed')
      return 'Complete'
    }
    let isDown = true
    world.onValidate = () => {
      if (isDown) throw new ApiError({ endpoint: 'webhooks.validate', reason: 'CrcValidationFailed', status: 400 })
    }
    const run = world.begin()
    await world.time.pass(15)
    isDown = false
    await world.finish(run)
    expect(lines(world.steps)).toContain('outage 13:12-13:19 webhook_invalid')
    expect(windows(world).slice(1)).toEqual(['11:50-13:01', '13:02-13:20'])
  })

  it('that is gone ends it with what X says', async () => {
    const world = await afterOutage(60)
    world.webhook = undefined
    world.onValidate = () => {
      throw new ApiError({ endpoint: 'webhooks.validate', reason: 'WebhookIdInvalid', status: 400 })
    }
    await expect(world.run()).rejects.toMatchObject({ reason: 'WebhookIdInvalid' })
  })

  it('is looked at again when X is not there', async () => {
    const world = await afterOutage(60)
    let lists = 0
    world.onList = () => {
      lists += 1
      if (lists < 3) throw new TransportError({ reason: 'network', message: 'none', attempts: 1 })
    }
    expect(lines(await world.run()).slice(1, 3)).toEqual(['waiting unavailable 13:01', 'waiting unavailable 13:02'])
  })

  it('is probed where that is asked for: a server that runs and cannot be reached is an outage', async () => {
    const world = new RecoveryWorld()
    world.start({ probe: true })
    await world.time.pass(12)
    const { onValidate } = world
    world.onValidate = () => {
      throw new ApiError({ endpoint: 'webhooks.validate', reason: 'CrcValidationFailed', status: 400 })
    }
    await world.time.pass(60)
    world.onValidate = onValidate
    await world.time.pass(90)
    // The last probe that passed was at 12:10; from 12:15 on they failed.
    expect(lines(world.steps).filter((text) => text.startsWith('outage'))).toEqual([
      expect.stringMatching(/^outage 12:10-13:\d\d webhook_invalid$/),
    ])
    expect(windows(world)[0]).toMatch(/^12:00-13:\d\d$/)
  })
})

describe('a crash in the middle of a recovery', () => {
  it('is survived: the next process goes on, with what the second outage adds', async () => {
    const world = await afterOutage(240)
    world.start()
    await world.time.pass(3)
    expect(windows(world)).toEqual(['11:50-13:50', '13:50-15:50'])
    world.kill()
    await world.time.pass(20)
    world.asked.length = 0
    world.restart()
    await world.run()
    // The second job was under way: whether it brought back everything is not known.
    expect(windows(world)).toEqual(['13:50-15:50', '15:50-16:01', '16:01-16:24'])
  })

  it('knows the end of its last job when the next process is told of it', async () => {
    const world = await afterOutage(60)
    world.onReplay = () => undefined
    world.start()
    await world.time.pass(13)
    expect(windows(world)).toEqual(['11:50-13:01'])
    world.kill()
    world.onReplay = ({ jobId }) => {
      if (jobId === '2') throw refusal('ReplayConflictError')
      return 'Complete'
    }
    world.restart({ retryMs: 10 * minute })
    const run = world.begin()
    await world.time.pass(1)
    await world.jobEnds('1', 'Complete')
    await world.finish(run)
    expect(windows(world)).toEqual(['11:50-13:01', '11:50-13:01'])
    expect(lines(world.steps)).toContain('job_ended 1 complete')
  })

  it.each([
    ['something else', { hello: 1 }],
    ['a newer version', { version: 2, outages: [], pieces: [] }],
    ['a text', 'x'],
    ['pieces that are none', { version: 1, outages: [], pieces: [{ from: 1 }] }],
    ['a time that is none', { version: 1, aliveAt: '1', outages: [], pieces: [] }],
    ['a job that is none', { version: 1, outages: [], pieces: [], job: { jobId: 1 } }],
  ])('refuses a store that holds %s', async (_, value) => {
    const world = new RecoveryWorld()
    await world.store.set(webhookId, value)
    await expect(world.run()).rejects.toThrow(TypeError)
    expect(await world.store.get(webhookId)).toEqual(value)
  })
})

describe('ending it', () => {
  it('ends with the reason of the signal', async () => {
    const world = await afterOutage(60)
    const controller = new AbortController()
    const reason = new Error('enough')
    const steps = world.recovery.run({ signal: controller.signal })
    expect((await steps.next()).value).toMatchObject({ type: 'outage' })
    expect((await steps.next()).value).toMatchObject({ type: 'waiting' })
    controller.abort(reason)
    await expect(steps.next()).rejects.toBe(reason)
  })

  it('does nothing at all when the signal has fired already', async () => {
    const world = await afterOutage(60)
    await expect(world.recovery.run({ signal: AbortSignal.abort() }).next()).rejects.toThrow('aborted')
    expect(world.calls).toEqual([])
  })

  it('stops when its loop is left, and goes on with the next', async () => {
    const world = await afterOutage(60)
    for await (const step of world.recovery.run()) {
      if (step.type === 'waiting') break
    }
    await world.time.pass(60)
    expect(world.asked).toEqual([])
    await world.run()
    // Without a run there are no heartbeats: nobody knows what happened in that hour.
    expect(windows(world)).toEqual(['11:50-13:01', '13:01-14:01'])
  })

  it('takes its handlers off the receiver when it is closed, and stops', async () => {
    const world = await afterOutage(60)
    world.recovery.start()
    await world.time.pass(1)
    await world.recovery.close()
    const state = await world.store.get(webhookId)
    await world.time.pass(60)
    await world.jobEnds('1', 'Complete')
    expect(world.asked).toEqual([])
    expect(await world.store.get(webhookId)).toEqual(state)
    await world.recovery.close()
  })

  it('ends also where a sleep rejects when its signal fires', async () => {
    const sleep = (ms: number, signal?: AbortSignal) => setTimeout(ms, undefined, signal && { signal })
    const world = await afterOutage(60, { sleep })
    const stop = world.recovery.start()
    await world.time.settle()
    await stop()
    expect(world.steps).toHaveLength(2)
    expect(world.errors).toEqual([])
  })

  it('comes to rest when watching is stopped', async () => {
    const world = await afterOutage(60)
    const stop = world.recovery.start()
    await world.time.pass(1)
    await stop()
    await world.time.pass(60)
    expect(world.asked).toEqual([])
    expect(world.errors).toEqual([])
  })
})

describe('what goes wrong beside it', () => {
  it('is told: a store that fails at a heartbeat, which the next one makes good', async () => {
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
    expect(((await world.store.get(webhookId)) as { aliveAt: number }).aliveAt).toBe(noon + 3 * minute)
  })

  it('is told: X refuses for good while it watches, which is looked at again', async () => {
    const world = await afterOutage(240)
    world.onReplay = ({ jobId }) => {
      if (jobId === '1') throw refusal('Unauthorized')
      return 'Complete'
    }
    world.recovery.start()
    await world.time.pass(60)
    expect(world.errors).toMatchObject([{ reason: 'Unauthorized' }])
    expect(lines(world.steps).at(-1)).toBe('done 251/251')
    await world.recovery.close()
  })

  it('does no harm: handlers that throw and reject', async () => {
    const world = await afterOutage(60, {
      on: {
        outage: () => {
          throw new Error('mine')
        },
        any: () => Promise.reject(new Error('mine')),
      },
    })
    expect(lines(await world.run()).at(-1)).toBe('done 71/71')
  })
})

describe('progress', () => {
  it('counts minutes, up to all of them', async () => {
    const world = await afterOutage(240)
    const steps = await world.run()
    expect(steps.map(({ progress: { done, total } }) => `${done}/${total}`)).toEqual([
      '0/251',
      '0/251',
      '120/251',
      '120/251',
      '240/251',
      '240/251',
      '240/251',
      '251/251',
      '251/251',
    ])
  })
})

describe('clients', () => {
  const keys = { consumerKey: 'key', consumerSecret: 'secret' }
  const { receiver, store } = new RecoveryWorld()

  it('are those of v2 and of enterprise', () => {
    for (const client of [createClient(keys), createEnterpriseClient(keys)]) {
      expect(() => createRecovery({ client, webhookId, receiver, store })).not.toThrow()
    }
    // @ts-expect-error premium has no replay
    expect(() => createRecovery({ client: createPremiumClient({ ...keys, environment: 'dev' }), webhookId })).toThrow()
  })
})

describe('options', () => {
  const { client, receiver, store } = new RecoveryWorld() as RecoveryWorld & Pick<RecoveryOptions, 'client'>
  const options = { client, receiver, store, webhookId }

  it.each([
    ['no options', undefined, TypeError],
    ['no client', { ...options, client: undefined }, TypeError],
    ['a client without replay', { ...options, client: { webhooks: client.webhooks } }, TypeError],
    ['no receiver', { ...options, receiver: {} }, TypeError],
    ['no store', { ...options, store: undefined }, TypeError],
    ['a number for an id', { ...options, webhookId: 1 }, TypeError],
    ['an id that is none', { ...options, webhookId: 'x' }, RangeError],
    ['another endpoint', { ...options, endpoint: 'other' }, RangeError],
    ['a handler that is none', { ...options, on: { lost: 1 } }, TypeError],
    ['a handler of an unknown step', { ...options, on: { loss: () => {} } }, RangeError],
    ['a handler under a prototype key', { ...options, on: { constructor: () => {} } }, RangeError],
    ['no rules', { ...options, rules: null }, TypeError],
    ['a text to probe', { ...options, probe: 'yes' }, TypeError],
    ['an error handler that is none', { ...options, onError: 1 }, TypeError],
    ['a gap as short as a heartbeat', { ...options, heartbeatMs: 60_000 }, RangeError],
    ['a clock that is none', { ...options, now: 1 }, TypeError],
    ['a sleep that is none', { ...options, sleep: 1 }, TypeError],
  ])('throws on %s', (_, given, type) => {
    expect(() => createRecovery(given as never)).toThrow(type)
  })

  it.each([
    ['heartbeatMs', [1, 59_999], [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]],
    ['gapMs', [15_001, 2 ** 31 - 1], [0, 15_000, Number.NaN]],
    ['checkMs', [1, 2 ** 31 - 1], [0, Number.NaN]],
    ['jobTimeoutMs', [1, 2 ** 31 - 1], [0, Number.NaN]],
    ['retryMs', [1, 2 ** 31 - 1], [0, Number.NaN]],
    ['marginMinutes', [0, 1440], [-1, 1441, 0.5, Number.NaN]],
    ['windowMinutes', [1, 1440], [0, 1441, Number.NaN]],
    ['maxAttempts', [1, 10], [0, 11, Number.NaN]],
  ])('has limits: %s', (name, inside, outside) => {
    for (const value of inside) expect(() => createRecovery({ ...options, [name]: value })).not.toThrow()
    for (const value of outside) expect(() => createRecovery({ ...options, [name]: value })).toThrow(RangeError)
    expect(() => createRecovery({ ...options, [name]: '1' })).toThrow(TypeError)
  })
})
