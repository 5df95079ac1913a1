import { describe, expect, it, vi } from 'vitest'
import type { Handler, ReceiverOptions } from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { createTestReceiver, settle } from '../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../support/x-request.ts'

/** A receiver whose handlers end when the test says so. `runs` has one entry for each, in the order of their start. */
function setUp(options: Partial<ReceiverOptions> = {}) {
  const started: string[] = []
  const runs: ReturnType<typeof deferred>[] = []
  const follow: Handler = ({ forUserId, occurredAt }) => {
    started.push(`${forUserId} ${occurredAt?.getTime()}`)
    const run = deferred()
    runs.push(run)
    return run.promise
  }
  const { receiver } = createTestReceiver({ on: { follow }, ...options })
  const deliver = async (forUserId: string, at: number) =>
    (await receiver.fetch(deliveryRequest(followBody({ forUserId, target: forUserId, at })))).status
  return { started, runs, deliver, receiver }
}

describe("the deliveries for one account, with order: 'account'", () => {
  it('are handled one after the other, and those for other accounts meanwhile', async () => {
    const { started, runs, deliver } = setUp({ order: 'account' })
    const answers = [deliver('11', 1), deliver('11', 2), deliver('22', 3), deliver('11', 4)]
    await settle()
    expect(started).toEqual(['11 1', '22 3'])
    runs[1]?.resolve()
    runs[0]?.resolve()
    await vi.waitFor(() => expect(started).toEqual(['11 1', '22 3', '11 2']))
    runs[2]?.resolve()
    await vi.waitFor(() => expect(started).toHaveLength(4))
    runs[3]?.resolve()
    expect(await Promise.all(answers)).toEqual([200, 200, 200, 200])
  })

  it('are handled after one that failed', async () => {
    const { started, runs, deliver } = setUp({ order: 'account' })
    const answers = [deliver('11', 1), deliver('11', 2)]
    await settle()
    runs[0]?.reject(new Error('database is down'))
    await vi.waitFor(() => expect(started).toEqual(['11 1', '11 2']))
    runs[1]?.resolve()
    expect(await Promise.all(answers)).toEqual([500, 200])
  })

  it('do not delay deliveries that name no account', async () => {
    const revoked = vi.fn()
    const { runs, deliver, receiver } = setUp({ order: 'account' })
    receiver.on('user_revoke', revoked)
    const waiting = deliver('11', 1)
    await settle()
    const body = '{"user_event":{"revoke":{"target":{"app_id":"1"},"source":{"user_id":"11"}}}}'
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect(revoked).toHaveBeenCalledOnce()
    runs[0]?.resolve()
    await waiting
  })

  it('are not handled when X has been answered while they waited', async () => {
    vi.useFakeTimers()
    const { started, runs, deliver } = setUp({ order: 'account' })
    const answers = [deliver('11', 1), deliver('11', 2)]
    await vi.advanceTimersByTimeAsync(2_500)
    expect(await Promise.all(answers)).toEqual([500, 500])
    runs[0]?.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect(started).toEqual(['11 1'])
    vi.useRealTimers()
  })
})

describe('the deliveries for one account, by default', () => {
  it('are handled at the same time', async () => {
    const { started, runs, deliver } = setUp()
    const answers = [deliver('11', 1), deliver('11', 2)]
    await settle()
    expect(started).toEqual(['11 1', '11 2'])
    for (const run of runs) run.resolve()
    expect(await Promise.all(answers)).toEqual([200, 200])
  })
})
