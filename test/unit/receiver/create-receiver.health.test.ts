import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryDedupeStore, createMemoryInbox, parseDelivery, type ReceiverOptions } from 'x-account-activity'
import { deferred } from '../../support/deferred.ts'
import { crcRequest, createTestReceiver } from '../../support/receiver.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

const start = Date.UTC(2026, 10, 28, 12)
const never = () => new Promise<never>(() => {})

beforeEach(() => void vi.useFakeTimers({ now: start }))
afterEach(() => void vi.useRealTimers())

/** A receiver, and a delivery to it of the follow by the user with this id. */
function setUp(options: Partial<ReceiverOptions> = {}) {
  const { receiver } = createTestReceiver(options)
  const deliver = (by = '22') => receiver.fetch(deliveryRequest(followBody().replaceAll('"22"', `"${by}"`)))
  return { receiver, deliver }
}

const isoAfter = (ms: number) => new Date(start + ms).toISOString()

describe('health', () => {
  it('of a new receiver has nothing that happened', () => {
    const { receiver } = setUp()
    expect(receiver.health()).toEqual({
      isLive: true,
      isReady: true,
      state: 'open',
      startedAt: '2026-11-28T12:00:00.000Z',
      deliveries: { inProgress: 0, limit: 10_000 },
      unverified: { inProgress: 0, limit: 1_000 },
      refusals: {},
      failures: { handler: { count: 0 }, store: { count: 0 } },
      uncommitted: 0,
    })
  })

  it('has the last delivery, the last verified one, the last CRC, and the refusals by reason', async () => {
    const { receiver, deliver } = setUp({ on: { follow: () => {} } })
    await deliver()
    vi.setSystemTime(start + 1_000)
    for (let count = 0; count < 2; count += 1) {
      await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    }
    vi.setSystemTime(start + 2_000)
    await receiver.fetch(crcRequest('?crc_token=foo'))
    const ofGoodCrc = receiver.health()
    await receiver.fetch(crcRequest(''))
    const health = receiver.health()
    expect(ofGoodCrc.lastCrc).toEqual({ at: isoAfter(2_000), status: 200, durationMs: 0 })
    expect(health.lastCrc).toEqual({ at: isoAfter(2_000), status: 400, reason: 'crc_token_missing', durationMs: 0 })
    expect(health.lastDelivery).toEqual({ at: isoAfter(1_000), status: 401, reason: 'signature_mismatch' })
    expect(health.lastVerifiedAt).toBe(isoAfter(0))
    expect(health.refusals).toEqual({ signature_mismatch: 2, crc_token_missing: 1 })
    expect(health.failures).toEqual({ handler: { count: 0 }, store: { count: 0 } })
  })

  it('answers the CRC, and can be read, also with a clock that returns no time', async () => {
    const { receiver } = setUp({ now: () => Number.NaN })
    expect((await receiver.fetch(crcRequest('?crc_token=foo'))).status).toBe(200)
    expect(receiver.health().lastCrc).toMatchObject({ at: 'NaN', status: 200 })
  })

  it('has a dispatched delivery too', async () => {
    const { receiver } = setUp()
    expect(await receiver.dispatch(parseDelivery(followBody()))).toBe(true)
    expect(receiver.health()).toMatchObject({
      lastDelivery: { at: isoAfter(0), status: 200 },
      lastVerifiedAt: isoAfter(0),
    })
  })

  it('counts failures of handlers and of the store, without the message of an error', async () => {
    const fail = () => {
      throw new TypeError('the password is hunter2')
    }
    const claim = vi.fn<() => 'claimed'>(fail)
    const { receiver, deliver } = setUp({
      on: { follow: fail },
      dedupe: { claim, commit: () => {}, release: () => {} },
    })
    await deliver()
    claim.mockReturnValue('claimed')
    vi.setSystemTime(start + 5_000)
    await deliver()
    const { failures, ...health } = receiver.health()
    expect(failures).toEqual({
      handler: { count: 1, lastAt: isoAfter(5_000), lastError: 'TypeError' },
      store: { count: 1, lastAt: isoAfter(0), lastError: 'TypeError' },
    })
    expect(health).toMatchObject({ isLive: true, isReady: true, refusals: { handler_failed: 2 } })
    expect(JSON.stringify(receiver.health())).not.toContain('hunter2')
  })

  it('counts the events that are handled and not committed', async () => {
    const commit = () => Promise.reject(new Error('disk full'))
    const { receiver, deliver } = setUp({ on: { follow: () => {} }, dedupe: { ...createMemoryDedupeStore(), commit } })
    expect((await deliver()).status).toBe(200)
    expect(receiver.health()).toMatchObject({ uncommitted: 1, failures: { store: { count: 1, lastError: 'Error' } } })
  })

  it('counts what is in progress against the limits', async () => {
    const work = deferred()
    const { receiver, deliver } = setUp({ on: { follow: () => work.promise }, maxConcurrentDeliveries: 2 })
    const first = deliver('21')
    await vi.advanceTimersByTimeAsync(0)
    expect(receiver.health().deliveries).toEqual({ inProgress: 1, limit: 2 })
    const second = deliver('23')
    await vi.advanceTimersByTimeAsync(0)
    expect(receiver.health().deliveries).toEqual({ inProgress: 2, limit: 2, fullSince: isoAfter(0) })
    expect((await deliver('24')).status).toBe(503)
    expect(receiver.health()).toMatchObject({ refusals: { busy: 1 }, isReady: true, isLive: true })
    work.resolve()
    await Promise.all([first, second])
    await vi.advanceTimersByTimeAsync(0)
    expect(receiver.health().deliveries).toEqual({ inProgress: 0, limit: 2 })
  })

  it('counts bodies that have not arrived, and refuses and reports those over the limit', async () => {
    const onDelivery = vi.fn()
    const { receiver } = setUp({ maxUnverifiedDeliveries: 1, hooks: { onDelivery } })
    const post = (body: AsyncIterable<Uint8Array>) =>
      receiver.handle({
        method: 'POST',
        url: '/',
        headers: { 'x-twitter-webhooks-signature': `sha256=${'A'.repeat(43)}=` },
        body,
      })
    // biome-ignore lint/correctness/useYield: the body never arrives
    const slow = async function* (): AsyncGenerator<Uint8Array> {
      await never()
    }
    void post(slow())
    await vi.advanceTimersByTimeAsync(0)
    expect(receiver.health().unverified).toEqual({ inProgress: 1, limit: 1, fullSince: isoAfter(0) })
    expect((await post(slow())).status).toBe(503)
    expect(receiver.health()).toMatchObject({ refusals: { busy: 1 }, isLive: true })
    expect(onDelivery).toHaveBeenCalledExactlyOnceWith({ status: 503, reason: 'busy', durationMs: 0, eventTypes: [] })
  })

  it.each([
    ['a minute', undefined, 60_000],
    ['twice handlerTimeoutMs', 40_000, 80_000],
  ])('is not live when a full receiver ends nothing for %s', async (_, handlerTimeoutMs, longest) => {
    const { receiver, deliver } = setUp({ on: { follow: never }, maxConcurrentDeliveries: 1, handlerTimeoutMs })
    void deliver()
    await vi.advanceTimersByTimeAsync(longest - 1)
    expect(receiver.health().isLive).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    expect(receiver.health()).toMatchObject({ isLive: false, isReady: true })
  })

  it('is not ready from the call of close, and is closed when close has resolved', async () => {
    const work = deferred()
    const { receiver, deliver } = setUp({ on: { follow: () => work.promise } })
    void deliver()
    await vi.advanceTimersByTimeAsync(0)
    const closed = receiver.close()
    expect(receiver.health()).toMatchObject({ isReady: false, isLive: true, state: 'closing' })
    expect((await deliver('23')).status).toBe(503)
    work.resolve()
    expect(await closed).toBe(true)
    expect(receiver.health()).toMatchObject({ state: 'closed', refusals: { closing: 1 } })
  })

  it('is closed too when handlers did not end in time', async () => {
    const { receiver, deliver } = setUp({ on: { follow: never } })
    void deliver()
    await vi.advanceTimersByTimeAsync(0)
    const closed = receiver.close({ timeoutMs: 10 })
    await vi.advanceTimersByTimeAsync(10)
    expect(await closed).toBe(false)
    expect(receiver.health().state).toBe('closed')
  })

  it('shows the items of the inbox that are handled here', async () => {
    const work = deferred()
    const { receiver, deliver } = setUp({ inbox: createMemoryInbox(), workers: 1 })
    expect(receiver.health().inbox).toEqual({ inProgress: 0, limit: 1, isRunning: false })
    receiver.on('follow', () => work.promise)
    await deliver()
    await vi.advanceTimersByTimeAsync(0)
    expect(receiver.health().inbox).toEqual({ inProgress: 1, limit: 1, isRunning: true, fullSince: isoAfter(0) })
    expect(receiver.health().deliveries.inProgress).toBe(0)
    work.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect(receiver.health().inbox).toEqual({ inProgress: 0, limit: 1, isRunning: true })
    await receiver.close()
    expect(receiver.health().inbox).toEqual({ inProgress: 0, limit: 1, isRunning: false })
  })

  it('of a receiver with 0 workers is live', () => {
    const { receiver } = setUp({ inbox: createMemoryInbox(), workers: 0, on: { follow: () => {} } })
    vi.setSystemTime(start + 3_600_000)
    expect(receiver.health()).toMatchObject({ isLive: true, inbox: { inProgress: 0, limit: 0, isRunning: false } })
  })

  it('is plain JSON without secrets and bodies', async () => {
    const { receiver, deliver } = setUp({ on: { follow: () => {} } })
    await deliver()
    await receiver.fetch(crcRequest('?crc_token=challenge_string'))
    const health = receiver.health()
    expect(JSON.parse(JSON.stringify(health))).toEqual(health)
    expect(JSON.stringify(health)).not.toMatch(new RegExp(`${secret}|sha256=|challenge_string|created_timestamp`))
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e20])('does not throw with a clock that returns %s', async (now) => {
    const { receiver, deliver } = setUp({ now: () => now, on: { follow: () => {} } })
    await deliver()
    expect(receiver.health()).toMatchObject({ startedAt: String(now), lastDelivery: { status: 200 } })
  })
})
