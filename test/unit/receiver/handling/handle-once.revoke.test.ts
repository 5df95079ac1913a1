import { describe, expect, it, vi } from 'vitest'
import { parseDelivery } from 'x-account-activity/events'
import { createMemoryDedupeStore, createMemoryInbox } from 'x-account-activity/receiver'
import { deferred } from '../../../support/deferred.ts'
import { createTestReceiver, settle } from '../../../support/receiver.ts'
import { deliveryRequest } from '../../../support/x-request.ts'

// X's documentation has `date_time` in a revocation, and bodies without it are known.
const revocation = '{"user_event":{"revoke":{"target":{"app_id":"1"},"source":{"user_id":"2"}}}}'
const dated =
  '{"user_event":{"revoke":{"date_time":"2018-05-24T09:48:12+00:00","target":{"app_id":"1"},"source":{"user_id":"2"}}}}'

function recordingStore() {
  const store = createMemoryDedupeStore()
  return { claim: vi.fn(store.claim), commit: vi.fn(store.commit), release: vi.fn(store.release) }
}

describe.each([
  ['when nothing is waited for', false],
  ['with promises', true],
])('a revocation without a time, %s', (_, isAsync) => {
  function setUp(dedupe = recordingStore()) {
    const revoked = vi.fn((): unknown => (isAsync ? Promise.resolve() : undefined))
    const { receiver, errors } = createTestReceiver({ dedupe, on: { user_revoke: revoked } })
    const deliver = async (body: string) => (await receiver.fetch(deliveryRequest(body))).status
    return { receiver, deliver, revoked, dedupe, errors }
  }

  it('is handled each time, and nothing is claimed', async () => {
    const { deliver, revoked, dedupe } = setUp()
    expect([await deliver(revocation), await deliver(revocation)]).toEqual([200, 200])
    expect(revoked).toHaveBeenCalledTimes(2)
    for (const method of [dedupe.claim, dedupe.commit, dedupe.release]) expect(method).not.toHaveBeenCalled()
  })

  it('is handled each time when it is dispatched', async () => {
    const { receiver, revoked } = setUp()
    const delivery = parseDelivery(revocation)
    expect([await receiver.dispatch(delivery), await receiver.dispatch(delivery)]).toEqual([true, true])
    expect(revoked).toHaveBeenCalledTimes(2)
  })

  it('does not wait for one that is being handled', async () => {
    const { deliver, revoked } = setUp()
    const hanging = deferred()
    revoked.mockReturnValueOnce(hanging.promise)
    const first = deliver(revocation)
    await settle()
    expect(await deliver(revocation)).toBe(200)
    hanging.resolve()
    expect(await first).toBe(200)
    expect(revoked).toHaveBeenCalledTimes(2)
  })

  it('is answered with 500 when its handler fails', async () => {
    const { deliver, revoked, errors } = setUp()
    revoked.mockImplementationOnce(() => {
      throw new Error('database is down')
    })
    expect([await deliver(revocation), await deliver(revocation)]).toEqual([500, 200])
    expect(errors).toMatchObject([{ error: { message: 'database is down' } }])
  })

  it('is handled once when it has a time', async () => {
    const { deliver, revoked, dedupe } = setUp()
    expect([await deliver(dated), await deliver(dated)]).toEqual([200, 200])
    expect(revoked).toHaveBeenCalledOnce()
    expect(dedupe.commit).toHaveBeenCalledOnce()
  })
})

describe('an inbox', () => {
  it('keeps each revocation without a time, and hands it out', async () => {
    const revoked = vi.fn()
    const inbox = createMemoryInbox()
    const { receiver, errors } = createTestReceiver({ inbox, on: { user_revoke: revoked } })
    for (const body of [revocation, revocation, dated, dated]) await receiver.fetch(deliveryRequest(body))
    await vi.waitFor(() => expect(revoked).toHaveBeenCalledTimes(3))
    await receiver.close()
    inbox.close()
    expect(revoked).toHaveBeenCalledTimes(3)
    expect(errors).toEqual([])
  })
})
