import { describe, expect, it } from 'vitest'
import { EmulatorHarness, start } from '../../support/emulator-harness.ts'
import { continueFrom, createFilledHarness, throughJson } from '../../support/emulator-saved.ts'

describe('load', () => {
  it('replaces everything, and the users that are not in the state', async () => {
    const harness = await createFilledHarness()
    const { x } = harness
    const saved = x.save()
    const [alice, eve] = [x.user('alice'), x.addUser({ screenName: 'eve' })]
    await alice?.post('Forgotten')
    await harness.flush()
    await x.load(throughJson(saved))
    expect(x.save()).toEqual(saved)
    expect(x.deliveries).toEqual([])
    expect(x.user('eve')).toBeUndefined()
    await expect(eve.post('Still here')).rejects.toThrow('"user" must be a user of this emulator')
    await alice?.post('Remembered')
    expect((await harness.flush()).map(({ json }) => json.tweet_create_events[0].text)).toEqual(['Remembered'])
  })

  it('waits until nothing is pending', async () => {
    const harness = await createFilledHarness()
    const { x } = harness
    const asked = new Promise<() => void>((resolve) => {
      harness.onDelivery = () => new Promise((answer) => resolve(() => answer(new Response())))
    })
    await x.user('alice')?.post('Slow')
    const { deliveries } = x
    const loaded = x.load(x.save())
    const answer = await asked
    expect(x.deliveries).toBe(deliveries)
    answer()
    await loaded
    expect(deliveries.at(-1)?.outcome).toBe('delivered')
    expect(x.deliveries).toEqual([])
  })

  it('changes nothing when the state is refused', async () => {
    const { x } = await createFilledHarness()
    const before = x.save()
    await expect(x.load({ ...before, tables: {} })).rejects.toThrow('"state.tables.apps" must be an array')
    expect(x.save()).toEqual(before)
  })
})

describe('reset', () => {
  it('restores the initial state, with the same keys', async () => {
    const harness = new EmulatorHarness({ limits: { rate: { 'GET /2/webhooks': 1 } } })
    const { x } = harness
    const { app } = x
    const keys = JSON.stringify(app)
    const [alice] = await harness.subscribed('alice')
    await alice.post('Hello')
    await x.advance({ hours: 5 })
    x.faults({ api: { unavailable: 1 } })
    await x.reset()
    expect(x.users.map(({ screenName }) => screenName)).toEqual(['app_owner'])
    expect([x.webhooks, x.deliveries, x.now()]).toEqual([[], [], start])
    expect(JSON.stringify(x.app)).toBe(keys)
    expect(x.app).toBe(app)
    for (const status of [200, 429]) expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(status)
    await x.reset()
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(200)
  })

  it('gives the same bytes for the same actions', async () => {
    const harness = new EmulatorHarness()
    const play = async () => {
      const [alice, bob] = await harness.subscribed('alice', 'bob')
      await bob.like(await alice.post('Hello @bob'))
      return (await harness.flush()).map(({ body }) => body)
    }
    const first = await play()
    await harness.x.reset()
    expect(await play()).toEqual(first)
  })

  it('restores the state that the emulator was created with', async () => {
    const copy = continueFrom(await createFilledHarness())
    const before = copy.x.save()
    await copy.x.user('alice')?.post('More')
    await copy.x.reset()
    expect(copy.x.save()).toEqual(before)
  })
})
