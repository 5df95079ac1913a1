import { describe, expect, it } from 'vitest'
import { reasonOf } from '../../../support/emulator-harness.ts'
import { createSubscribed } from '../../../support/emulator-replay.ts'

describe('a replay job', () => {
  it('of v1.1 reaches back five days', async () => {
    const { harness, alice, replayV1, flush } = await createSubscribed()
    await alice.post('Hello')
    await harness.x.advance({ days: 4, hours: 23 })
    await flush()
    expect((await replayV1('202611210930', '202611210931')).status).toBe(202)
    expect(await flush()).toEqual(['Hello', 'Complete'])
  })

  it('delivers the events from the time of the subscription', async () => {
    const { harness, id, alice, replay, flush } = await createSubscribed()
    const bob = harness.x.addUser({ screenName: 'bob' })
    await bob.post('Not subscribed yet')
    await alice.post('Alice is here')
    await harness.subscribe(id, bob)
    await harness.asApp('DELETE', `/2/account_activity/webhooks/${id}/subscriptions/${alice.id}/all`)
    await alice.post('Alice has left')
    await bob.post('Bob is here')
    await harness.x.advance({ hours: 1 })
    await flush()
    await replay('202611210930', '202611210931')
    expect(await flush()).toEqual(['Alice is here', 'Bob is here', 'Complete'])
  })

  it('attempts no delivery a second time', async () => {
    const { harness, alice, replay, flush } = await createSubscribed()
    await alice.post('Hello')
    await harness.x.advance({ hours: 1 })
    await flush()
    harness.onDelivery = () => new Response(null, { status: 503 })
    await replay('202611210930', '202611210931')
    await harness.x.advance({ days: 1 })
    expect(await flush()).toEqual(['Hello', 'Incomplete'])
    expect(harness.x.deliveries.slice(1)).not.toContainEqual(expect.objectContaining({ retryAt: expect.anything() }))
  })

  it('takes the time of the option, and is the only job until then', async () => {
    const { harness, alice, replay, flush } = await createSubscribed({ replay: { takesMinutes: 5 } })
    await alice.post('Hello')
    await harness.x.advance({ hours: 1 })
    await flush()
    expect((await replay('202611210930', '202611210931')).status).toBe(200)
    await harness.x.advance({ minutes: 4.9 })
    expect(await reasonOf(await replay('202611210930', '202611210931'))).toBe('ReplayConflictError')
    expect(await flush()).toEqual([])
    await harness.x.advance({ minutes: 0.1 })
    expect(await flush()).toEqual(['Hello', 'Complete'])
    expect((await replay('202611210930', '202611210931')).status).toBe(200)
  })

  it('delivers nothing to a webhook that became invalid before it started', async () => {
    const { harness, id, alice, replay, flush } = await createSubscribed({ replay: { takesMinutes: 5 } })
    await alice.post('Hello')
    await harness.x.advance({ hours: 1 })
    await flush()
    await replay('202611210930', '202611210931')
    harness.onCrc = () => Response.json({})
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    await harness.x.advance({ hours: 1 })
    expect(await flush()).toEqual([])
  })

  it('delivers nothing to a webhook that was deleted before it started', async () => {
    const { harness, id, alice, replay, flush } = await createSubscribed({ replay: { takesMinutes: 5 } })
    await alice.post('Hello')
    await harness.x.advance({ hours: 1 })
    await flush()
    await replay('202611210930', '202611210931')
    await harness.asApp('DELETE', `/2/webhooks/${id}`)
    await harness.x.advance({ hours: 1 })
    expect(await flush()).toEqual([])
  })

  it('sends no status when the webhook becomes invalid while it runs', async () => {
    const { harness, id, alice, replay, flush } = await createSubscribed()
    for (let count = 0; count < 60; count += 1) await alice.post(`Post ${count}`)
    await harness.x.advance({ hours: 1 })
    await flush()
    let validated: Promise<Response> | undefined
    harness.onDelivery = async () => {
      harness.onCrc = () => Response.json({})
      validated ??= harness.asApp('PUT', `/2/webhooks/${id}`)
      await validated
      return new Response()
    }
    await replay('202611210930', '202611210931')
    expect((await flush()).filter((text) => /omplete/.test(text))).toEqual([])
  })

  it('delivers the events that are kept', async () => {
    const { harness, alice, replay, flush } = await createSubscribed({ replay: { keptMegabytes: 0.004 } })
    for (const text of ['One', 'Two', 'Three', 'Four']) await alice.post(text)
    await harness.x.advance({ hours: 1 })
    await flush()
    await replay('202611210930', '202611210931')
    expect(await flush()).toEqual(['Three', 'Four', 'Complete'])
  })
})
