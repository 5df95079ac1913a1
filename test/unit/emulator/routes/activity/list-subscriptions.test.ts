import { describe, expect, it } from 'vitest'
import { ActivityHarness, type ShownSubscription, subscriptionsPath } from '../../../../support/emulator-activity.ts'

interface Page {
  readonly data: ShownSubscription[]
  readonly meta: { readonly result_count: number; readonly next_token?: string; readonly total_subscriptions: number }
}

async function setup() {
  const harness = new ActivityHarness()
  const [alice, bob] = [harness.x.addUser({ screenName: 'alice' }), harness.x.addUser({ screenName: 'bob' })]
  const list = async (query = '', token = harness.x.app.bearerToken) =>
    (await (await harness.withToken(token, 'GET', `${subscriptionsPath}${query}`)).json()) as Page
  return { harness, alice, bob, list }
}

describe('GET /2/activity/subscriptions', () => {
  it('answers with an empty list', async () => {
    const { list } = await setup()
    expect(await list()).toEqual({ data: [], meta: { result_count: 0, total_subscriptions: 0 } })
  })

  it('lists the subscriptions of the app only', async () => {
    const { harness, alice, list } = await setup()
    const created = await harness.subscribeTo('post.create', alice, { tag: 'a' })
    const other = harness.x.addApp()
    const body = { event_type: 'post.create', filter: { user_id: alice.id } }
    await harness.asApp('POST', subscriptionsPath, body, other)
    expect(await list()).toEqual({ data: [created], meta: { result_count: 1, total_subscriptions: 2 } })
    expect((await list('', other.bearerToken)).data).toHaveLength(1)
  })

  it('lists those of one user', async () => {
    const { harness, alice, bob, list } = await setup()
    await harness.subscribeTo('post.create', alice)
    const ofBob = await harness.subscribeTo('post.create', bob)
    expect((await list(`?user_id=${bob.id}`)).data).toEqual([ofBob])
    expect((await list('?user_id=1')).data).toEqual([])
  })

  it('lists with the token of a user those of that user', async () => {
    const { harness, alice, bob, list } = await setup()
    const own = await harness.subscribeTo('post.create', alice)
    const made = await harness.subscribeTo('post.delete', bob, { by: alice })
    await harness.subscribeTo('post.create', bob)
    expect((await list('', alice.oauth2Token)).data).toEqual([own, made])
    expect((await list(`?user_id=${alice.id}`, alice.oauth2Token)).data).toEqual([own])
    expect((await harness.signed(alice, 'GET', subscriptionsPath)).status).toBe(200)
    const other = await harness.withToken(alice.oauth2Token, 'GET', `${subscriptionsPath}?user_id=${bob.id}`)
    expect(other.status).toBe(403)
  })

  it('requires two scopes', async () => {
    const { harness, alice } = await setup()
    for (const scopes of [['like.read'], ['tweet.read']] as const) {
      const { oauth2Token } = await alice.authorize(harness.x.app, { scopes })
      expect((await harness.withToken(oauth2Token, 'GET', subscriptionsPath)).status).toBe(403)
    }
  })

  it('pages, and misses none when subscriptions are deleted in between', async () => {
    const { harness, list } = await setup()
    const ids: string[] = []
    for (let user = 1; user <= 5; user += 1) {
      const body = { event_type: 'post.create', filter: { user_id: String(user) } }
      const response = await harness.asApp('POST', subscriptionsPath, body)
      ids.push(
        ((await response.json()) as { data: { subscription: ShownSubscription } }).data.subscription.subscription_id,
      )
    }
    const first = await list('?max_results=2')
    expect(first.data.map((one) => one.subscription_id)).toEqual(ids.slice(0, 2))
    expect(first.meta).toEqual({
      result_count: 2,
      next_token: expect.stringMatching(/^[0-9a-v]{16}$/),
      total_subscriptions: 5,
    })
    await harness.asApp('DELETE', `${subscriptionsPath}?ids=${ids[0]},${ids[1]}`)
    const second = await list(`?max_results=2&pagination_token=${first.meta.next_token}`)
    expect(second.data.map((one) => one.subscription_id)).toEqual(ids.slice(2, 4))
    const third = await list(`?max_results=2&pagination_token=${second.meta.next_token}`)
    expect(third.data.map((one) => one.subscription_id)).toEqual(ids.slice(4))
    expect(third.meta).toEqual({ result_count: 1, total_subscriptions: 3 })
    expect((await list('?max_results=3')).meta).toEqual({ result_count: 3, total_subscriptions: 3 })
  })

  it.each([
    'max_results=0',
    'max_results=1001',
    'max_results=x',
    'pagination_token=short',
    'pagination_token=zzzzzzzzzzzzzzzz',
    'user_id=alice',
  ])('refuses %s', async (query) => {
    const { harness } = await setup()
    expect((await harness.asApp('GET', `${subscriptionsPath}?${query}`)).status).toBe(400)
  })

  it.each(['max_results=1', 'max_results=1000'])('accepts %s', async (query) => {
    const { harness } = await setup()
    expect((await harness.asApp('GET', `${subscriptionsPath}?${query}`)).status).toBe(200)
  })
})
