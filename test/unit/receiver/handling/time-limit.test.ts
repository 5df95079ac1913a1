import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createReceiver,
  type ErrorContext,
  type HandlerContext,
  type ReceiverOptions,
} from 'x-account-activity/receiver'
import { deferred } from '../../../support/deferred.ts'
import { deliveryRequest, followBody, secret, signatureOf } from '../../../support/x-request.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 21) })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function setUp(options: Partial<ReceiverOptions> = {}) {
  const errors: { error: unknown; context: ErrorContext }[] = []
  const onError = (error: unknown, context: ErrorContext) => errors.push({ error, context })
  const receiver = createReceiver({ consumerSecret: secret, onError, ...options })
  const deliver = async (body = followBody()) => {
    const response = await receiver.fetch(deliveryRequest(body))
    return { status: response.status, ...((await response.json()) as { error?: string }) }
  }
  return { receiver, errors, deliver }
}

const twoFollows = JSON.stringify({
  for_user_id: '11',
  follow_events: ['22', '33'].map((source) => JSON.parse(followBody({ source })).follow_events[0]),
})

describe('a handler that takes too long', () => {
  it.each([
    ['2,500 ms unless set', {}, 2_500],
    ['what is set', { handlerTimeoutMs: 8_000 }, 8_000],
  ])('is answered for with 500 after %s, and told so', async (_, options, limit) => {
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

  it('has its deadline and signal at hand though it returns at once, and costs no timer', async () => {
    const contexts: HandlerContext[] = []
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    const { receiver } = setUp({ on: { any: (_event, context) => void contexts.push(context) } })
    const body = followBody()
    const headers = { 'x-twitter-webhooks-signature': signatureOf(body) }
    expect((await receiver.handle({ method: 'POST', url: '/', headers, body })).status).toBe(200)
    expect(contexts[0]?.deadline).toEqual(new Date(Date.UTC(2026, 10, 21) + 2_500))
    expect(contexts[0]?.deadline).toBe(contexts[0]?.deadline)
    expect(contexts[0]?.signal.aborted).toBe(false)
    expect(setTimer).not.toHaveBeenCalled()
    setTimer.mockRestore()
  })

  it('is measured from when the delivery was received, not from when it began to wait', async () => {
    let late = 0
    const now = () => Date.now() + late
    const hanging = deferred()
    const follow = () => {
      // What it does before its first await.
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

  it('keeps its event until it has ended, and what it then did stands', async () => {
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

  it('runs again when it has failed at last', async () => {
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

  it('and heeds its signal is reported once', async () => {
    const follow = (_event: unknown, { signal }: HandlerContext) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    const { deliver, errors } = setUp({ on: { follow } })
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(2_500)
    expect((await answer).status).toBe(500)
    expect(errors).toHaveLength(1)
  })

  it('does not hold up what fails by itself, with undefined for an error', async () => {
    const { deliver, errors } = setUp({ on: { follow: () => Promise.reject() } })
    expect((await deliver()).status).toBe(500)
    expect(errors).toMatchObject([{ error: undefined, context: { phase: 'handler' } }])
  })

  it('keeps the rest of its delivery from beginning, which comes again', async () => {
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

  it('is kept alive by the platform until it has ended', async () => {
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

  it('has 60 seconds where X is answered at once, and every event is begun', async () => {
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
  it('is the same one for every handler, and fires late when it is asked for late', async () => {
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

  it('does not fire once the handlers have ended', async () => {
    const signals: AbortSignal[] = []
    const { deliver } = setUp({ on: { follow: (_event, { signal }) => void signals.push(signal) } })
    expect((await deliver()).status).toBe(200)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])
  })
})
