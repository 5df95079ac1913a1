import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryInbox, parseDelivery, type ReceiverObserver, type ReceiverOptions } from 'x-account-activity'
import { crcRequest, createTestReceiver } from '../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../support/x-request.ts'

const names = ['onRequest', 'onVerification', 'onDelivery', 'onHandler', 'onAnswer'] as const

/** A receiver whose clock moves by 5 ms each time it is read, and what its observer sees. */
function observed(options: Partial<ReceiverOptions> = {}) {
  let now = 1_795_253_460_000
  const clock = () => {
    now += 5
    return now
  }
  const seen: [name: string, report: Record<string, unknown>][] = []
  const { receiver, errors } = createTestReceiver({ now: clock, ...options })
  const observer = Object.fromEntries(
    names.map((name) => [name, (report: object) => void seen.push([name, { ...report }])]),
  )
  const remove = receiver.observe(observer)
  return { receiver, errors, seen, remove }
}

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/)

describe('an observer', () => {
  it('sees a delivery from the request to the answer, with its bytes and the time of each handler', async () => {
    const { receiver, seen } = observed({ on: { follow: () => {}, any: async () => {} } })
    const body = followBody()
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect(seen.map(([name]) => name)).toEqual([
      'onRequest',
      'onVerification',
      'onDelivery',
      'onHandler',
      'onHandler',
      'onAnswer',
    ])
    const reports = seen.map(([, report]) => report)
    expect(reports[0]).toMatchObject({ requestId: uuid, method: 'POST', url: 'https://app.example/webhook' })
    expect(reports[0]?.receivedAt).toBeInstanceOf(Date)
    expect(reports[1]).toEqual({ requestId: reports[0]?.requestId, isVerified: true })
    expect(reports[2]).toEqual({
      source: 'request',
      requestId: reports[0]?.requestId,
      delivery: parseDelivery(body),
      body: expect.anything(),
      receivedAt: expect.any(Date),
    })
    const bytes = reports[2]?.body as string | Uint8Array
    expect(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)).toBe(body)
    for (const report of reports.slice(3, 5)) {
      expect(report).toMatchObject({ event: { type: 'follow' }, delivery: { forUserId: '11' }, isHandled: true })
      expect(report.durationMs).toBeGreaterThan(0)
    }
    expect(reports[5]).toMatchObject({ requestId: reports[0]?.requestId, status: 200, body: '{}' })
  })

  it('sees why a request is refused', async () => {
    const { receiver, seen } = observed()
    expect((await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))).status).toBe(401)
    expect(seen.slice(1)).toMatchObject([
      ['onVerification', { isVerified: false, reason: 'signature_mismatch' }],
      ['onAnswer', { status: 401 }],
    ])
  })

  it('sees a CRC as a request and an answer', async () => {
    const { receiver, seen } = observed()
    await receiver.fetch(crcRequest('?crc_token=abc'))
    expect(seen).toMatchObject([
      ['onRequest', { method: 'GET' }],
      ['onAnswer', { status: 200 }],
    ])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('no database')
      },
    ],
    ['rejects', () => Promise.reject(new Error('no database'))],
  ])('sees the error of a handler that %s', async (_, follow) => {
    const { receiver, seen } = observed({ on: { follow } })
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(500)
    expect(seen.find(([name]) => name === 'onHandler')?.[1]).toMatchObject({
      isHandled: false,
      error: new Error('no database'),
    })
  })

  it('sees a delivery that is dispatched', async () => {
    const { receiver, seen } = observed()
    const delivery = parseDelivery(followBody())
    expect(await receiver.dispatch(delivery)).toBe(true)
    expect(seen).toEqual([
      [
        'onDelivery',
        { source: 'dispatch', delivery, body: JSON.stringify(delivery.payload), receivedAt: expect.any(Date) },
      ],
    ])
  })

  it('is not a handler: it claims nothing', async () => {
    const claim = vi.fn(() => 'claimed' as const)
    const { receiver } = observed({ dedupe: { claim, commit: () => {}, release: () => {} } })
    await receiver.fetch(deliveryRequest(followBody()))
    expect(claim).not.toHaveBeenCalled()
  })

  it('sees nothing after it is removed', async () => {
    const { receiver, seen, remove } = observed({ on: { follow: () => {} } })
    remove()
    remove()
    await receiver.fetch(deliveryRequest(followBody()))
    expect(seen).toEqual([])
  })

  it('can throw, and changes nothing', async () => {
    const { receiver, errors } = createTestReceiver({ on: { follow: () => {} } })
    const fail = () => {
      throw new Error('observer is broken')
    }
    receiver.observe(Object.fromEntries(names.map((name) => [name, fail])))
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
    expect(errors).toEqual([])
  })

  it.each([
    [undefined, '"observer" must be an object, got undefined'],
    [{ onDelivery: 1 }, '"observer.onDelivery" must be a function, got number'],
  ])('cannot be %j', (observer, message) => {
    const { receiver } = createTestReceiver()
    expect(() => receiver.observe(observer as unknown as ReceiverObserver)).toThrow(new TypeError(message))
  })
})

describe('an observer of a receiver with an inbox', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('starts no work on the inbox, and sees what the inbox hands out to a handler', async () => {
    const inbox = createMemoryInbox()
    const run = vi.spyOn(inbox, 'run')
    const { receiver, seen } = observed({ inbox })
    await receiver.fetch(deliveryRequest(followBody()))
    await vi.advanceTimersByTimeAsync(0)
    expect(run).not.toHaveBeenCalled()
    receiver.on('follow', () => {})
    await vi.advanceTimersByTimeAsync(0)
    expect(seen.map(([name, { source }]) => [name, source])).toEqual([
      ['onRequest', undefined],
      ['onVerification', undefined],
      ['onDelivery', 'request'],
      ['onAnswer', undefined],
      ['onDelivery', 'inbox'],
      ['onHandler', undefined],
    ])
  })
})
