import { describe, expect, it } from 'vitest'
import { createRateGate } from '../../../src/sync/rate-gate.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { VirtualTime } from '../../support/virtual-time.ts'

const never = new AbortController().signal

function createTime(): VirtualTime {
  const { now, advance } = createManualClock()
  return new VirtualTime({ now, advance: async ({ ms = 0 }) => advance(ms), idle: async () => {} })
}

describe('createRateGate', () => {
  it('lets calls pass while it is open', async () => {
    await expect(createRateGate(createTime()).pass(never)).resolves.toBeUndefined()
  })

  it('holds all calls back until it opens, also when it is closed for longer in the meantime', async () => {
    const time = createTime()
    const gate = createRateGate(time)
    gate.closeUntil(60_000)
    const passedAt: number[] = []
    const calls = [1, 2].map(() => gate.pass(never).then(() => passedAt.push(time.now())))
    await time.pass(0.5)
    gate.closeUntil(120_000)
    gate.closeUntil(90_000)
    await time.pass(2)
    await Promise.all(calls)
    expect(passedAt).toEqual([120_000, 120_000])
  })

  it('throws the reason of the signal', async () => {
    const reason = new Error('stopped')
    const gate = createRateGate(createTime())
    await expect(gate.pass(AbortSignal.abort(reason))).rejects.toBe(reason)
    gate.closeUntil(60_000)
    const controller = new AbortController()
    const waiting = gate.pass(controller.signal)
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})
