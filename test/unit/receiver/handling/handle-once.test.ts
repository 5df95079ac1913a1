import { describe, expect, it, vi } from 'vitest'
import { createMemoryDedupeStore } from 'x-account-activity/receiver'
import { deferred } from '../../../support/deferred.ts'
import { createTestReceiver } from '../../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../../support/x-request.ts'

describe('an event', () => {
  it('that comes again while its handlers are running shares their outcome', async () => {
    const runs: ReturnType<typeof deferred>[] = []
    const follow = vi.fn(() => {
      const run = deferred()
      runs.push(run)
      return run.promise
    })
    const { receiver } = createTestReceiver({ on: { follow } })
    const deliver = () => receiver.fetch(deliveryRequest(followBody()))
    const failing = [deliver(), deliver()]
    await vi.waitFor(() => expect(runs).toHaveLength(1))
    runs[0]?.reject(new Error('connection lost'))
    expect((await Promise.all(failing)).map(({ status }) => status)).toEqual([500, 500])
    const succeeding = [deliver(), deliver()]
    await vi.waitFor(() => expect(runs).toHaveLength(2))
    runs[1]?.resolve()
    expect((await Promise.all(succeeding)).map(({ status }) => status)).toEqual([200, 200])
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it.each(['claim', 'release'] as const)('is answered with 500 when the store fails to %s', async (method) => {
    const store = createMemoryDedupeStore()
    const dedupe = { ...store, [method]: () => Promise.reject(new Error('store is down')) }
    const follow = () => {
      if (method === 'release') throw new Error('database is down')
    }
    const { receiver, errors } = createTestReceiver({ dedupe, on: { follow } })
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(500)
    expect(errors.map(({ context }) => context.phase)).toContain('store')
  })

  it('that another process is handling is answered with 500, and no handler runs', async () => {
    const dedupe = { ...createMemoryDedupeStore(), claim: () => 'in_progress' as const }
    const follow = vi.fn()
    const { receiver } = createTestReceiver({ dedupe, on: { follow } })
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(500)
    expect(follow).not.toHaveBeenCalled()
  })

  it('whose handler rejects with undefined is reported, though its signal has no reason either', async () => {
    const { receiver, errors } = createTestReceiver({ on: { follow: () => Promise.reject() } })
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(500)
    expect(errors).toMatchObject([{ error: undefined, context: { phase: 'handler' } }])
  })
})
