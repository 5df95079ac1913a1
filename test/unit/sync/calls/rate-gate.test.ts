import { describe, expect, it } from 'vitest'
import { createRateGate } from '../../../../src/sync/calls/rate-gate.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { VirtualTime } from '../../../support/virtual-time.ts'

const never = new AbortController().signal

function createTime(): VirtualTime {
  const { now, advance } = createManualClock()
  return new VirtualTime({ now, advance: async ({ ms = 0 }) => advance(ms), idle: async () => {} })
}

describe('createRateGate', () => {
  it('lets calls pass while it is open', async () => {
    await expect(createRateGate(createTime()).pass(never)).resolves.toBe(0)
  })

  it('holds all calls back until it opens, also when it is closed for longer in the meantime', async () => {
    const time = createTime()
    const gate = createRateGate(time)
    expect(gate.refused(0, new Date(60_000))).toBe(true)
    const passedAt: number[] = []
    const calls = [1, 2].map(() => gate.pass(never).then(() => passedAt.push(time.now())))
    await time.pass(0.5)
    expect(gate.refused(0, new Date(120_000))).toBe(true)
    expect(gate.refused(0, new Date(90_000))).toBe(true)
    await time.pass(2)
    await Promise.all(calls)
    expect(passedAt).toEqual([120_000, 120_000])
  })

  it('gives up after X refused a call after each of five waits, and not before', () => {
    const gate = createRateGate(createTime())
    const refuse = () => [0, 1, 2, 3, 4].map((passedAt) => gate.refused(passedAt, undefined))
    expect(refuse()).toEqual([true, true, true, true, true])
    expect(gate.refused(5, undefined)).toBe(false)
    gate.accepted()
    expect(gate.refused(5, undefined)).toBe(true)
  })

  it('does not wait for a limit that resets after more than a day', () => {
    const gate = createRateGate(createTime())
    expect(gate.refused(0, new Date(24 * 3_600_000))).toBe(true)
    expect(gate.refused(1, new Date(26 * 3_600_000))).toBe(false)
  })

  it('throws the reason of the signal', async () => {
    const reason = new Error('stopped')
    const gate = createRateGate(createTime())
    await expect(gate.pass(AbortSignal.abort(reason))).rejects.toBe(reason)
    gate.refused(0, new Date(60_000))
    const controller = new AbortController()
    const waiting = gate.pass(controller.signal)
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})
