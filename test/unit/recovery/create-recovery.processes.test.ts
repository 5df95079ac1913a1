import { describe, expect, it } from 'vitest'
import { createMemoryInbox } from 'x-account-activity/receiver'
import { minuteMs } from '../../../src/internal/clock.ts'
import {
  afterOutage,
  formatSteps,
  noon,
  RecoveryWorld,
  refusal,
  type WorldProcess,
  webhookId,
  windowsOf,
} from '../../support/recovery-world.ts'

const outagesOf = (world: RecoveryWorld) => formatSteps(world.steps).filter((step) => step.startsWith('outage'))

const stateOf = async (world: RecoveryWorld) => (await world.store.get(webhookId)) as Record<string, unknown>

describe('several recoveries with one store', () => {
  it('make each replay job once, also for an outage that the other one reported', async () => {
    const world = new RecoveryWorld()
    await world.time.pass(180)
    const [one, two] = [world.startProcess(), world.startProcess()]
    await world.time.pass(1)
    world.receiver = one.receiver
    const leaders = [one, two].filter(({ recovery }) => recovery.status().isLeader)
    expect(leaders).toHaveLength(1)
    const other = leaders[0] === one ? two : one
    await other.recovery.report({ from: new Date(noon), to: new Date(noon + 60 * minuteMs) })
    await world.time.pass(30)
    expect(windowsOf(world)).toEqual(['11:50-13:01'])
    expect(formatSteps(world.steps).at(-1)).toBe('done 71/71')
    expect(world.errors).toEqual([])
  })

  it('lose no report when the process that it was made to ends', async () => {
    const world = new RecoveryWorld()
    await world.time.pass(180)
    const [one, two] = [world.startProcess(), world.startProcess()]
    await world.time.pass(1)
    world.receiver = two.receiver
    await one.recovery.report({ from: new Date(noon), to: new Date(noon + 60 * minuteMs) })
    await Promise.all([one.recovery.close(), world.time.settle()])
    await world.time.pass(10)
    expect(windowsOf(world)).toEqual(['11:50-13:01'])
  })

  it('another one takes over within a minute of the death of the leader, and continues', async () => {
    const world = await afterOutage(240)
    // The first job is running when the leader dies.
    world.onReplay = ({ jobId }) => {
      if (jobId === '2') throw refusal('ReplayConflictError')
      return 'Complete'
    }
    const leader = world.startProcess()
    await world.time.settle()
    const other = world.startProcess()
    world.receiver = other.receiver
    await world.time.pass(1)
    expect([leader, other].map(({ recovery }) => recovery.status().isLeader)).toEqual([true, false])
    leader.alive.abort()
    await world.time.pass(1)
    expect(other.recovery.status().isLeader).toBe(true)
    await world.time.pass(30)
    expect(formatSteps(world.steps).at(-1)).toContain('done')
    expect(windowsOf(world)).toEqual(['11:50-13:50', '11:50-13:50', '13:50-15:50', '15:50-16:01'])
    expect(formatSteps(world.steps)).toContain('job_ended 1 complete')
    expect(outagesOf(world)).toEqual(['outage 12:00-16:00 process_start'])
  })

  it.each([-7, 7])('take over although the clock of one is %s hours off', async (hours) => {
    const world = await afterOutage(240)
    const leader = world.startProcess({ now: () => world.time.now() + hours * 60 * minuteMs })
    await world.time.pass(1)
    const other = world.startProcess()
    world.receiver = other.receiver
    await world.time.pass(2)
    leader.alive.abort()
    await world.time.pass(2)
    expect(other.recovery.status().isLeader).toBe(true)
  })

  it('a leader that was paused does nothing after another one has taken over', async () => {
    const world = await afterOutage(240)
    let isPaused = false
    const waiting: (() => void)[] = []
    const sleep = async (ms: number, signal?: AbortSignal) => {
      await world.time.sleep(ms, signal)
      if (isPaused) await new Promise<void>((resolve) => waiting.push(resolve))
    }
    const leader = world.startProcess({ sleep })
    await world.time.settle()
    const other = world.startProcess()
    world.receiver = other.receiver
    await world.time.pass(1)
    isPaused = true
    await world.time.pass(30)
    expect(other.recovery.status().isLeader).toBe(true)
    const calls = world.replayCalls.length
    isPaused = false
    for (const resume of waiting.splice(0)) resume()
    await world.time.pass(60)
    expect(leader.recovery.status().isLeader).toBe(false)
    expect(world.replayCalls).toHaveLength(calls)
    expect(new Set(windowsOf(world)).size).toBe(windowsOf(world).length)
    expect(world.errors).toEqual([])
  })

  it('notice no outage while one receiver is alive, and one when none is', async () => {
    const world = new RecoveryWorld()
    const [one, two] = [world.startProcess(), world.startProcess()]
    await world.time.pass(5)
    one.alive.abort()
    await world.time.pass(60)
    const three = world.startProcess()
    await world.time.pass(5)
    two.alive.abort()
    await world.time.pass(5)
    expect(outagesOf(world)).toEqual([])
    three.alive.abort()
    await world.time.pass(30)
    world.startProcess()
    await world.time.pass(1)
    expect(outagesOf(world)).toEqual(['outage 13:15-13:45 process_start'])
  })

  it('the heartbeats of a worker do not hide an outage of the receivers', async () => {
    const world = new RecoveryWorld()
    const receiver = world.startProcess()
    world.startProcess({ role: 'worker' })
    await world.time.pass(5)
    receiver.alive.abort()
    await world.time.pass(30)
    world.receiver = world.startProcess().receiver
    await world.time.pass(60)
    expect(outagesOf(world)).toEqual(['outage 12:05-12:35 process_start'])
    expect(windowsOf(world)).toEqual(['11:55-12:36'])
  })

  it('see the end of a job that another process has received, in spite of a backlog', async () => {
    const world = await afterOutage(60)
    // The receiver only stores deliveries, and no process works on them.
    const inbox = createMemoryInbox({ now: world.time.now, sleep: world.time.sleep })
    const front = world.startProcess({}, { inbox, workers: 0 })
    const worker = world.startProcess({ role: 'worker' })
    world.receiver = front.receiver
    await world.time.pass(30)
    expect(formatSteps(world.steps)).toContain('job_ended 1 complete')
    expect(formatSteps(world.steps).at(-1)).toBe('done 71/71')
    expect(windowsOf(world)).toEqual(['11:50-13:01'])
    expect(worker.recovery.status()).toMatchObject({ pendingMinutes: 0 })
  })

  it('run() waits while another process recovers, and ends when nothing is left', async () => {
    const world = await afterOutage(240)
    const leader = world.startProcess()
    await world.time.settle()
    world.receiver = leader.receiver
    const { recovery } = world.addProcess()
    const types: string[] = []
    const run = (async () => {
      for await (const step of recovery.run()) types.push(step.type === 'waiting' ? step.reason : step.type)
    })()
    await world.time.pass(30)
    await run
    expect(new Set(types)).toEqual(new Set(['other_process']))
    expect(windowsOf(world)).toEqual(['11:50-13:50', '13:50-15:50', '15:50-16:01'])
  })

  it('leave no process and no lease behind when they are closed', async () => {
    const world = new RecoveryWorld()
    const processes = [world.startProcess(), world.startProcess()]
    await world.time.pass(1)
    for (const { recovery } of processes) await Promise.all([recovery.close(), world.time.settle()])
    const state = await stateOf(world)
    expect(state.processes).toEqual([])
    expect(state).not.toHaveProperty('lease')
  })
})

describe('a recovery in trouble', () => {
  it('notices a crash loop of an hour, 55 seconds down and 5 seconds up', async () => {
    const world = new RecoveryWorld()
    const first = world.startProcess()
    await world.time.pass(5)
    first.alive.abort()
    let last: WorldProcess | undefined
    for (let loop = 0; loop < 60; loop += 1) {
      await world.time.pass(55 / 60)
      last = world.startProcess()
      await world.time.pass(5 / 60)
      last.alive.abort()
    }
    world.receiver = world.startProcess().receiver
    await world.time.pass(90)
    const spans = world.steps.flatMap((step) => (step.type === 'outage' ? [step] : []))
    // Without a gap from the beginning of the loop to its end.
    expect(spans[0]?.from).toEqual(new Date(noon + 5 * minuteMs))
    for (const [index, span] of spans.entries()) {
      if (index > 0) expect(span.from.getTime()).toBeLessThanOrEqual(spans[index - 1]?.to.getTime() ?? 0)
    }
    expect(spans.at(-1)?.to.getTime()).toBeGreaterThanOrEqual(noon + 65 * minuteMs)
    expect(formatSteps(world.steps).at(-1)).toContain('done')
  })

  it.each([
    ['back', -120],
    ['forward', 120],
  ])('misses no outage when the clock was set %s while the process was down', async (_, minutes) => {
    const world = new RecoveryWorld()
    world.start()
    await world.time.pass(5)
    world.kill()
    await world.time.pass(30)
    world.start({ now: () => world.time.now() + minutes * minuteMs })
    await world.time.pass(1)
    const [outage] = world.steps
    expect(outage).toMatchObject({ type: 'outage' })
    if (outage?.type !== 'outage') return
    expect(outage.from.getTime()).toBeLessThanOrEqual(noon + 5 * minuteMs)
    expect(outage.to.getTime()).toBeGreaterThanOrEqual(noon + 35 * minuteMs)
  })

  it('costs one repetition of a window when the end of its job never arrives', async () => {
    const world = await afterOutage(240)
    world.onReplay = ({ jobId }) => (jobId === '2' ? undefined : 'Complete')
    const steps = await world.run()
    expect(windowsOf(world)).toEqual(['11:50-13:50', '13:50-15:50', '13:50-14:50', '14:50-15:50', '15:50-16:01'])
    expect(steps.filter(({ type }) => type === 'lost')).toEqual([])
  })

  it('notices deliveries that were answered with 500 for longer than X tries them again', async () => {
    const world = new RecoveryWorld()
    let isDown = false
    const handler = () => {
      if (isDown) throw new Error('the database is down')
    }
    const process = world.startProcess({}, { on: { tweet_delete: handler }, onError: () => {} })
    const post = (id: number) =>
      world.deliver(
        {
          for_user_id: '12',
          tweet_delete_events: [{ status: { id: String(id), user_id: '12' }, timestamp_ms: String(noon) }],
        },
        process.receiver,
      )
    await post(0)
    await world.time.pass(5)
    isDown = true
    for (let id = 1; id <= 20; id += 1) {
      await post(id)
      await world.time.pass(1)
    }
    expect(process.recovery.status()).toMatchObject({ isHealthy: false })
    expect(process.recovery.status().processes[0]).toHaveProperty('failingSince', '2026-11-21T12:05:00.000Z')
    expect(outagesOf(world)).toEqual([])
    isDown = false
    await post(21)
    // X has tried the last one again.
    await post(20)
    await world.time.pass(1)
    // The last failures are younger than five minutes, so X may try them again.
    expect(outagesOf(world)).toEqual(['outage 12:05-12:20:00 deliveries_failed'])
    world.receiver = process.receiver
    await world.time.pass(60)
    expect(windowsOf(world)[0]).toBe('11:55-12:25')
    expect(outagesOf(world).at(-1)).toMatch(/^outage .*-12:23:00 deliveries_failed$/)
    expect(process.recovery.status()).toMatchObject({ isHealthy: true })
  })

  it('notices no outage for a delivery that X has delivered with another attempt', async () => {
    const world = new RecoveryWorld()
    let fails = true
    const handler = () => {
      if (fails) throw new Error('the database is down')
    }
    const process = world.startProcess({}, { on: { tweet_delete: handler }, onError: () => {} })
    const body = { for_user_id: '12', tweet_delete_events: [{ status: { id: '1', user_id: '12' }, timestamp_ms: '1' }] }
    await world.deliver(body, process.receiver)
    await world.time.pass(4)
    fails = false
    await world.deliver(body, process.receiver)
    await world.time.pass(30)
    expect(outagesOf(world)).toEqual([])
    expect(process.recovery.status().isHealthy).toBe(true)
  })

  it('waits for a job of another program that never ends, and reports what expires', async () => {
    const world = await afterOutage(60)
    world.onReplay = () => {
      throw refusal('ReplayConflictError')
    }
    const steps = await world.run(30 * 60)
    expect(formatSteps(steps).filter((step) => step.startsWith('lost')).length).toBeGreaterThan(0)
    expect(steps.at(-1)).toMatchObject({ lost: [{ from: new Date(noon), to: new Date(noon + 60 * minuteMs) }] })
  })
})
