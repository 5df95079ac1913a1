import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { afterOutage, webhookId, windowsOf } from '../../support/recovery-world.ts'

describe('stopping a recovery', () => {
  it('rejects with the reason of the signal', async () => {
    const world = await afterOutage(60)
    const controller = new AbortController()
    const reason = new Error('stopped by the test')
    const steps = world.recovery.run({ signal: controller.signal })
    expect((await steps.next()).value).toMatchObject({ type: 'outage' })
    expect((await steps.next()).value).toMatchObject({ type: 'waiting' })
    controller.abort(reason)
    await expect(steps.next()).rejects.toBe(reason)
  })

  it('makes no call when the signal is already aborted', async () => {
    const world = await afterOutage(60)
    await expect(world.recovery.run({ signal: AbortSignal.abort() }).next()).rejects.toThrow('aborted')
    expect(world.calls).toEqual([])
  })

  it('stops when its loop is left, and continues in the next run', async () => {
    const world = await afterOutage(60)
    for await (const step of world.recovery.run()) {
      if (step.type === 'waiting') break
    }
    await world.time.pass(60)
    expect(world.replayCalls).toEqual([])
    await world.run()
    // Heartbeats are recorded during runs only, so the hour in between is an outage.
    expect(windowsOf(world)).toEqual(['11:50-13:01', '13:01-14:01'])
  })

  it('close() stops it, and stops observing the receiver', async () => {
    const world = await afterOutage(60)
    world.recovery.start()
    await world.time.pass(1)
    await world.recovery.close()
    const state = await world.store.get(webhookId)
    await world.time.pass(60)
    await world.jobEnds('1', 'Complete')
    expect(world.replayCalls).toEqual([])
    expect(await world.store.get(webhookId)).toEqual(state)
    await world.recovery.close()
  })

  it('also works with a sleep that rejects when its signal aborts', async () => {
    const sleep = (ms: number, signal?: AbortSignal) => setTimeout(ms, undefined, signal && { signal })
    const world = await afterOutage(60, { sleep })
    const stop = world.recovery.start()
    await world.time.settle()
    await stop()
    expect(world.steps).toHaveLength(2)
    expect(world.errors).toEqual([])
  })

  it('makes no further calls after stop()', async () => {
    const world = await afterOutage(60)
    const stop = world.recovery.start()
    await world.time.pass(1)
    await stop()
    await world.time.pass(60)
    expect(world.replayCalls).toEqual([])
    expect(world.errors).toEqual([])
  })
})
