import { afterEach, describe, expect, it, vi } from 'vitest'
import { createReceiver, type HandlerContext, parseDelivery } from 'x-account-activity'
import { buildDelivery, createTestContext } from 'x-account-activity/testing'

afterEach(() => void vi.useRealTimers())

describe('createTestContext', () => {
  it('has every member that a receiver gives a handler', async () => {
    const given: HandlerContext[] = []
    const receiver = createReceiver({ consumerSecret: 'secret', on: { any: (_, context) => void given.push(context) } })
    await receiver.dispatch(parseDelivery(buildDelivery('follow')))
    const context = createTestContext()
    for (const name of ['delivery', 'receivedAt', 'deadline', 'signal'] as const satisfies (keyof HandlerContext)[]) {
      expect(context[name]).toBeInstanceOf(given[0]?.[name].constructor)
    }
    // The default of `handlerTimeoutMs`.
    expect(context.deadline.getTime() - context.receivedAt.getTime()).toBe(2500)
  })

  it('was received now, and has a signal that has not fired', () => {
    vi.useFakeTimers({ now: 1_795_253_400_000 })
    const context = createTestContext()
    expect(context.receivedAt).toEqual(new Date(1_795_253_400_000))
    expect(context.signal.aborted).toBe(false)
    expect(context.delivery.events).toHaveLength(1)
  })

  it('takes what a test sets', () => {
    const delivery = parseDelivery(buildDelivery('follow'))
    const signal = AbortSignal.abort()
    const context = createTestContext({ delivery, signal, receivedAt: new Date(0), deadline: undefined })
    expect(context).toEqual({ delivery, signal, receivedAt: new Date(0), deadline: new Date(2500) })
  })

  it.each([null, 7, 'text', []])('refuses %o', (overrides) => {
    expect(() => createTestContext(overrides as never)).toThrow(TypeError)
    expect(() => createTestContext(overrides as never)).toThrow(/^"overrides" must be an object/)
  })
})
