import { describe, expect, it, vi } from 'vitest'
import { createReceiver, type Handler, type ReceiverOptions } from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

/** A receiver whose follows end when the test says so, in the order that they began. */
function setUp(options: Partial<ReceiverOptions> = {}) {
  const begun: string[] = []
  const ends: ReturnType<typeof deferred>[] = []
  const follow: Handler = ({ forUserId, occurredAt }) => {
    begun.push(`${forUserId} ${occurredAt?.getTime()}`)
    const end = deferred()
    ends.push(end)
    return end.promise
  }
  const receiver = createReceiver({ consumerSecret: secret, onError: () => {}, on: { follow }, ...options })
  const deliver = async (forUserId: string, at: number) =>
    (await receiver.fetch(deliveryRequest(followBody({ forUserId, target: forUserId, at })))).status
  return { begun, ends, deliver, receiver }
}

const turn = () => new Promise(setImmediate)

describe('the events for one account', () => {
  it('are handled one after the other where that is asked for, and those for others meanwhile', async () => {
    const { begun, ends, deliver } = setUp({ order: 'account' })
    const answers = [deliver('11', 1), deliver('11', 2), deliver('22', 3), deliver('11', 4)]
    await turn()
    expect(begun).toEqual(['11 1', '22 3'])
    ends[1]?.resolve()
    ends[0]?.resolve()
    await vi.waitFor(() => expect(begun).toEqual(['11 1', '22 3', '11 2']))
    ends[2]?.resolve()
    await vi.waitFor(() => expect(begun).toHaveLength(4))
    ends[3]?.resolve()
    expect(await Promise.all(answers)).toEqual([200, 200, 200, 200])
  })

  it('go on after one that failed', async () => {
    const { begun, ends, deliver } = setUp({ order: 'account' })
    const answers = [deliver('11', 1), deliver('11', 2)]
    await turn()
    ends[0]?.reject(new Error('no'))
    await vi.waitFor(() => expect(begun).toEqual(['11 1', '11 2']))
    ends[1]?.resolve()
    expect(await Promise.all(answers)).toEqual([500, 200])
  })

  it('are not waited for unless it is asked for', async () => {
    const { begun, ends, deliver } = setUp()
    const answers = [deliver('11', 1), deliver('11', 2)]
    await turn()
    expect(begun).toEqual(['11 1', '11 2'])
    for (const end of ends) end.resolve()
    expect(await Promise.all(answers)).toEqual([200, 200])
  })

  it('that are for nobody wait for nobody', async () => {
    const revoked = vi.fn()
    const { ends, deliver, receiver } = setUp({ order: 'account' })
    receiver.on('user_revoke', revoked)
    const waiting = deliver('11', 1)
    await turn()
    const body = '{"user_event":{"revoke":{"target":{"app_id":"1"},"source":{"user_id":"11"}}}}'
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect(revoked).toHaveBeenCalledOnce()
    ends[0]?.resolve()
    await waiting
  })

  it('that waited until X was answered are not handled behind its back', async () => {
    vi.useFakeTimers()
    const { begun, ends, deliver } = setUp({ order: 'account' })
    const answers = [deliver('11', 1), deliver('11', 2)]
    await vi.advanceTimersByTimeAsync(2_500)
    expect(await Promise.all(answers)).toEqual([500, 500])
    ends[0]?.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect(begun).toEqual(['11 1'])
    vi.useRealTimers()
  })
})
