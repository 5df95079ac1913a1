import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HandlerContext, ReceiverOptions } from 'x-account-activity/receiver'
import { deferred } from '../../../support/deferred.ts'
import { createTestReceiver, signatureHeader, twoFollows } from '../../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../../support/x-request.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 21) })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function setUp(options: Partial<ReceiverOptions> = {}) {
  const { receiver, errors } = createTestReceiver(options)
  const deliver = async (body = followBody()) => {
    const response = await receiver.fetch(deliveryRequest(body))
    return { status: response.status, ...((await response.json()) as { error?: string }) }
  }
  return { receiver, errors, deliver }
}

describe('a handler that takes too long', () => {
  it.each([
    ['2,500 ms by default', {}, 2_500],
    ['handlerTimeoutMs', { handlerTimeoutMs: 8_000 }, 8_000],
  ])('makes X be answered with 500 after %s, and its signal fires', async (_, options, limit) => {
    const contexts: HandlerContext[] = []
    const hanging = deferred()
    const follow = (_event: unknown, context: HandlerContext) => {
      contexts.push(context)
      return hanging.promise
    }
    const { deliver, errors } = setUp({ ...options, on: { follow } })
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(limit - 1)
    expect(contexts[0]?.deadline).toEqual(new Date(Date.UTC(2026, 10, 21) + limit))
    expect(contexts[0]?.signal.aborted).toBe(false)
    expect(errors).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(await answer).toMatchObject({ status: 500, error: 'handler_timeout' })
    expect(contexts[0]?.signal).toMatchObject({ aborted: true, reason: { name: 'TimeoutError' } })
    expect(errors).toMatchObject([
      { error: { name: 'TimeoutError' }, context: { phase: 'handler', event: { type: 'follow' } } },
    ])
    hanging.resolve()
  })

  it('gets a deadline and a signal, though no timer is started when it returns without a promise', async () => {
    const contexts: HandlerContext[] = []
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    const { receiver } = setUp({ on: { any: (_event, context) => void contexts.push(context) } })
    const body = followBody()
    const request = { method: 'POST', url: '/', headers: signatureHeader(body), body }
    expect((await receiver.handle(request)).status).toBe(200)
    expect(contexts[0]?.deadline).toEqual(new Date(Date.UTC(2026, 10, 21) + 2_500))
    expect(contexts[0]?.deadline).toBe(contexts[0]?.deadline)
    expect(contexts[0]?.signal.aborted).toBe(false)
    expect(setTimer).not.toHaveBeenCalled()
    setTimer.mockRestore()
  })

  it('is measured from the arrival of the delivery, not from its first await', async () => {
    let late = 0
    const now = () => Date.now() + late
    const hanging = deferred()
    const follow = () => {
      // The synchronous part of the handler takes 2 seconds.
      late = 2_000
      return hanging.promise
    }
    const { receiver } = setUp({ on: { follow }, now })
    const answer = receiver.fetch(deliveryRequest(followBody()))
    await vi.advanceTimersByTimeAsync(500)
    expect((await answer).status).toBe(500)
    hanging.resolve()
    await vi.advanceTimersByTimeAsync(0)
  })

  it('keeps its event until it ends, and its outcome then counts', async () => {
    const hanging = deferred()
    const follow = vi.fn(() => hanging.promise)
    const { deliver } = setUp({ on: { follow } })
    const first = deliver()
    await vi.advanceTimersByTimeAsync(2_500)
    expect((await first).status).toBe(500)
    const second = deliver()
    await vi.advanceTimersByTimeAsync(2_500)
    expect((await second).status).toBe(500)
    hanging.resolve()
    expect((await deliver()).status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('runs again when it fails after the deadline', async () => {
    const hanging = deferred()
    const follow = vi.fn().mockReturnValueOnce(hanging.promise)
    const { deliver, errors } = setUp({ on: { follow } })
    const first = deliver()
    await vi.advanceTimersByTimeAsync(2_500)
    expect((await first).status).toBe(500)
    hanging.reject(new Error('database is down'))
    await vi.advanceTimersByTimeAsync(0)
    expect((await deliver()).status).toBe(200)
    expect(follow).toHaveBeenCalledTimes(2)
    expect(errors.map(({ error }) => (error as Error).message)).toEqual([
      'Not finished within 2500 ms',
      'database is down',
    ])
  })

  it('and rejects with the reason of its signal is reported once', async () => {
    const follow = (_event: unknown, { signal }: HandlerContext) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    const { deliver, errors } = setUp({ on: { follow } })
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(2_500)
    expect((await answer).status).toBe(500)
    expect(errors).toHaveLength(1)
  })

  it('prevents that the later events of its delivery are handled before X sends them again', async () => {
    const hanging = deferred()
    const seen: string[] = []
    const { deliver } = setUp({
      on: {
        follow: (event) => {
          seen.push(event.sourceId)
          return event.sourceId === '22' && seen.length === 1 ? hanging.promise : undefined
        },
      },
    })
    const first = deliver(twoFollows)
    await vi.advanceTimersByTimeAsync(2_500)
    expect((await first).status).toBe(500)
    hanging.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect(seen).toEqual(['22'])
    expect((await deliver(twoFollows)).status).toBe(200)
    expect(seen).toEqual(['22', '33'])
  })

  it('is kept alive by waitUntil until it ends', async () => {
    const hanging = deferred()
    const { receiver } = setUp({ on: { follow: () => hanging.promise } })
    const waitUntil = vi.fn()
    const answer = receiver.fetch(deliveryRequest(followBody()), { waitUntil })
    await vi.advanceTimersByTimeAsync(2_499)
    expect(waitUntil).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect((await answer).status).toBe(500)
    expect(waitUntil).toHaveBeenCalledOnce()
    hanging.resolve()
    await expect(waitUntil.mock.calls[0]?.[0]).resolves.toBe(true)
  })

  it('has 60 seconds with after-accept, and the later events are handled afterwards', async () => {
    const hanging = deferred()
    const seen: string[] = []
    const { deliver, errors } = setUp({
      ack: 'after-accept',
      on: {
        follow: (event) => {
          seen.push(event.sourceId)
          return event.sourceId === '22' ? hanging.promise : undefined
        },
      },
    })
    expect((await deliver(twoFollows)).status).toBe(200)
    await vi.advanceTimersByTimeAsync(59_999)
    expect(errors).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(errors).toMatchObject([{ error: { name: 'TimeoutError' } }])
    hanging.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect(seen).toEqual(['22', '33'])
  })
})

describe('the signal', () => {
  it('is the same for every handler, and has fired when it is read after the deadline', async () => {
    const contexts: HandlerContext[] = []
    const hanging = deferred()
    const on = {
      follow: (_event: unknown, context: HandlerContext) => void contexts.push(context),
      any: (_event: unknown, context: HandlerContext) => {
        contexts.push(context)
        return hanging.promise
      },
    }
    const { deliver } = setUp({ on })
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(2_500)
    await answer
    expect(contexts[0]?.signal.aborted).toBe(true)
    expect(contexts[0]?.signal).toBe(contexts[1]?.signal)
    hanging.resolve()
    await vi.advanceTimersByTimeAsync(0)
  })

  it('does not fire after the handlers have ended', async () => {
    const signals: AbortSignal[] = []
    const { deliver } = setUp({ on: { follow: (_event, { signal }) => void signals.push(signal) } })
    expect((await deliver()).status).toBe(200)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  })
})
