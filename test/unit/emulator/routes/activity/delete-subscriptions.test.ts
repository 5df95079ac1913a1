import { describe, expect, it } from 'vitest'
import { ActivityHarness, subscriptionsPath } from '../../../../support/emulator-activity.ts'

async function setup() {
  const harness = new ActivityHarness()
  const [alice, bob] = [harness.x.addUser({ screenName: 'alice' }), harness.x.addUser({ screenName: 'bob' })]
  const like = (await harness.subscribeTo('like.create', alice)).subscription_id
  const post = (await harness.subscribeTo('post.create', alice)).subscription_id
  return { harness, alice, bob, like, post }
}

describe('DELETE /2/activity/subscriptions/:subscription_id', () => {
  it('deletes the subscription, and answers with the number of those that are left', async () => {
    const { harness, like, post } = await setup()
    const response = await harness.asApp('DELETE', `${subscriptionsPath}/${like}`)
    expect([response.status, await response.json()]).toEqual([
      200,
      { data: { deleted: true }, meta: { total_subscriptions: 1 } },
    ])
    expect((await harness.listed()).map(({ subscription_id }) => subscription_id)).toEqual([post])
    expect((await harness.asApp('DELETE', `${subscriptionsPath}/${like}`)).status).toBe(404)
  })

  it('accepts the token of the user, and of no other one', async () => {
    const { harness, alice, bob, like } = await setup()
    expect((await harness.withToken(bob.oauth2Token, 'DELETE', `${subscriptionsPath}/${like}`)).status).toBe(404)
    expect((await harness.withToken(alice.oauth2Token, 'DELETE', `${subscriptionsPath}/${like}`)).status).toBe(200)
  })
})

describe('DELETE /2/activity/subscriptions', () => {
  it('deletes those that exist, and answers with an error for the others', async () => {
    const { harness, like, post } = await setup()
    const response = await harness.asApp('DELETE', `${subscriptionsPath}?ids=${like},9,${like},${post}`)
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        data: [
          { subscription_id: like, deleted: true },
          { subscription_id: post, deleted: true },
        ],
        errors: [
          {
            subscription_id: '9',
            reason: 'SubscriptionNotFound',
            message: 'The subscription does not exist or belongs to another app',
          },
        ],
        meta: { total_subscriptions: 0 },
      },
    ])
  })

  it('has no errors when all exist', async () => {
    const { harness, like } = await setup()
    const response = await harness.asApp('DELETE', `${subscriptionsPath}?ids=${like}`)
    expect(await response.json()).toEqual({
      data: [{ subscription_id: like, deleted: true }],
      meta: { total_subscriptions: 1 },
    })
  })

  it('does not delete the subscriptions of another app', async () => {
    const { harness, like } = await setup()
    await harness.asApp('DELETE', `${subscriptionsPath}?ids=${like}`, undefined, harness.x.addApp())
    expect(await harness.listed()).toHaveLength(2)
  })

  it.each([
    ['no ids', ''],
    ['an empty list', '?ids='],
    ['a malformed id', '?ids=1,x'],
    ['101 ids', `?ids=${Array.from({ length: 101 }, (_, index) => index + 1)}`],
  ])('refuses %s', async (_, query) => {
    const { harness } = await setup()
    const response = await harness.asApp('DELETE', `${subscriptionsPath}${query}`)
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('ids: must be a list of 1')])
  })

  it('accepts 100 ids', async () => {
    const { harness } = await setup()
    const ids = Array.from({ length: 100 }, (_, index) => index + 1)
    expect((await harness.asApp('DELETE', `${subscriptionsPath}?ids=${ids}`)).status).toBe(200)
  })

  it('accepts the bearer token only', async () => {
    const { harness, alice, like } = await setup()
    const response = await harness.withToken(alice.oauth2Token, 'DELETE', `${subscriptionsPath}?ids=${like}`)
    expect(response.status).toBe(403)
    expect(harness.x.requests.at(-1)).toMatchObject({ failedCheck: 'authentication-kind' })
  })

  it.each(['POST', 'GET', 'DELETE'])('has a rate limit of 500 for %s', async (method) => {
    // https://docs.x.com/x-api/fundamentals/rate-limits
    const { harness } = await setup()
    const response = await harness.asApp(method, `${subscriptionsPath}?ids=1`)
    expect(response.headers.get('x-rate-limit-limit')).toBe('500')
  })
})
