import { describe, expect, it } from 'vitest'
import type { ObservedDelivery } from 'x-account-activity'
import { createFailedDeliveries } from '../../../../src/recovery/run/failed-deliveries.ts'

const retryMs = 300_000

function create() {
  let at = 0
  const failures = createFailedDeliveries({ deliveryRetryMs: retryMs, now: () => at })
  let requests = 0
  const { onRequest, onDelivery, onAnswer } = failures.observer
  return {
    failures,
    /** A request at a time. Without an id, its signature was not verified. */
    answer: (time: number, id: string | undefined, status: number, method = 'POST') => {
      at = time
      requests += 1
      const requestId = String(requests)
      onRequest?.({ requestId, method, url: '/', headers: {}, receivedAt: new Date(at) })
      const delivery = { events: [{ id }] } as unknown as ObservedDelivery['delivery']
      if (id !== undefined) onDelivery?.({ source: 'request', requestId, delivery, body: '', receivedAt: new Date(at) })
      onAnswer?.({ requestId, status, body: '', durationMs: 1 })
    },
    expiredAt: (time: number) => {
      at = time
      return failures.expired()
    },
  }
}

describe('createFailedDeliveries', () => {
  it('returns a span once X has given up, and deliveries succeed again', () => {
    const { answer, expiredAt, failures } = create()
    answer(0, 'a', 500)
    answer(1000, 'b', 503)
    expect(failures.since()).toBe(0)
    answer(2000, 'c', 200)
    expect(expiredAt(retryMs)).toBeUndefined()
    expect(expiredAt(retryMs + 1)?.span).toEqual({ from: 0, to: 1 })
    const expired = expiredAt(retryMs + 1001)
    expect(expired?.span).toEqual({ from: 0, to: 1001 })
    expired?.forget()
    expect(expiredAt(retryMs + 2000)).toBeUndefined()
    expect(failures.since()).toBeUndefined()
  })

  it('holds the span back while deliveries fail', () => {
    const { answer, expiredAt } = create()
    for (let at = 0; at <= 2 * retryMs; at += 10_000) answer(at, `event ${at}`, 500)
    expect(expiredAt(2 * retryMs + 1)).toBeUndefined()
    // Either a delivery succeeds, or none comes for as long as X tries again.
    expect(expiredAt(3 * retryMs + 1)?.span).toEqual({ from: 0, to: 2 * retryMs + 1 })
  })

  it('forgets a delivery that succeeds with another attempt', () => {
    const { answer, expiredAt, failures } = create()
    answer(0, 'a', 500)
    answer(1000, 'a', 200)
    expect(failures.since()).toBeUndefined()
    expect(expiredAt(2 * retryMs)).toBeUndefined()
  })

  it('reports an event once, also when its replay fails', () => {
    const { answer, expiredAt } = create()
    answer(0, 'a', 500)
    answer(1, 'b', 200)
    expiredAt(retryMs + 1)?.forget()
    answer(2 * retryMs, 'a', 500)
    answer(2 * retryMs + 1, 'b', 200)
    expect(expiredAt(4 * retryMs)).toBeUndefined()
  })

  it('counts requests that failed before they were verified, if that goes on for longer than X tries again', () => {
    const short = create()
    short.answer(0, undefined, 500)
    short.answer(retryMs - 1, undefined, 503)
    expect(short.expiredAt(3 * retryMs)).toBeUndefined()
    const long = create()
    for (let at = 0; at <= retryMs; at += 1000) long.answer(at, undefined, 500)
    expect(long.expiredAt(3 * retryMs)?.span).toEqual({ from: 0, to: retryMs + 1 })
  })

  it('ignores CRC requests, and requests that are refused', () => {
    const { answer, failures } = create()
    answer(0, undefined, 500, 'GET')
    for (const status of [400, 401, 405, 408, 413]) answer(1, undefined, status)
    expect(failures.since()).toBeUndefined()
  })
})
