import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { verifySignature } from 'x-account-activity/webhook'
import { activityWorld, parsed, subscriptionsPath, typesOf } from '../../../support/emulator-activity.ts'
import { crcAnswer, hookUrl } from '../../../support/emulator-harness.ts'

describe('a delivery of the X Activity API', () => {
  it('is signed and recorded as those of the other API', async () => {
    const { harness, webhookId, alice } = await activityWorld(['post.create'])
    await alice.post('Hello')
    const [received] = await harness.flush()
    const signature = received?.headers.get('x-twitter-webhooks-signature')
    const { consumerSecret } = harness.x.app
    expect(verifySignature({ body: received?.body, signature, secret: consumerSecret })).toBe(true)
    expect(harness.x.deliveries).toEqual([
      {
        number: 1,
        kind: 'live',
        api: 'activity',
        webhookId,
        url: hookUrl,
        forUserId: alice.id,
        body: received?.body,
        signature,
        attempt: 1,
        at: harness.time,
        outcome: 'delivered',
        status: 200,
      },
    ])
  })

  it('repeats the tag, and the id is the same for all subscriptions', async () => {
    const { harness, webhookId, alice, bob } = await activityWorld([])
    await harness.subscribeTo('follow.follow', alice, { tag: 'a', webhook_id: webhookId })
    await harness.subscribeTo('follow.follow', bob, { tag: 'b', webhook_id: webhookId })
    await alice.follow(bob)
    const received = await harness.flush()
    expect(received.map(({ json }) => [json.data.tag, json.data.filter.user_id])).toEqual([
      ['a', alice.id],
      ['b', bob.id],
    ])
    expect(received[0]?.json.data.event_uuid).toBe(received[1]?.json.data.event_uuid)
    expect(new Set(received.map((one) => parsed(one).id)).size).toBe(2)
  })

  it('has ids that follow from the seed, and some are negative', async () => {
    const ids = async () => {
      const { harness, alice, bob } = await activityWorld(['follow.follow', 'follow.unfollow'])
      for (let time = 0; time < 8; time += 1) {
        await alice.follow(bob)
        await alice.unfollow(bob)
      }
      return (await harness.flush()).map(({ json }) => json.data.event_uuid as string)
    }
    const [first, second] = [await ids(), await ids()]
    expect(isDeepStrictEqual(first, second)).toBe(true)
    expect(new Set(first).size).toBe(16)
    expect(first.filter((id) => id.startsWith('-')).length).toBeGreaterThan(0)
    for (const id of first) expect(BigInt.asIntN(64, BigInt(id)).toString()).toBe(id)
  })

  it('is attempted again, unless the subscription was deleted', async () => {
    const { harness, alice } = await activityWorld(['post.create', 'post.delete'])
    harness.onDelivery = () => new Response(null, { status: 500 })
    await alice.deletePost(await alice.post('Hello'))
    await harness.flush()
    const [created] = await harness.listed()
    await harness.asApp('DELETE', `${subscriptionsPath}/${created?.subscription_id}`)
    await harness.x.load(harness.x.save())
    await harness.x.advance({ minutes: 1 })
    expect(typesOf(await harness.flush())).toEqual(['post.delete'])
  })

  it('does not come without a webhook, to an invalid webhook, or after the webhook was deleted', async () => {
    const { harness, webhookId, alice, bob } = await activityWorld(['post.create'])
    await harness.subscribeTo('post.create', bob)
    await bob.post('Hello')
    harness.onCrc = () => new Response(null, { status: 500 })
    await harness.x.advance({ hours: 53 })
    expect(harness.x.webhooks[0]?.valid).toBe(false)
    await alice.post('Hello')
    await harness.asApp('DELETE', `/2/webhooks/${webhookId}`)
    await alice.post('Hello')
    expect(await harness.flush()).toEqual([])
    expect(await harness.listed()).toHaveLength(2)
  })

  it('goes to the new webhook after a change', async () => {
    const { harness, alice } = await activityWorld(['post.create'])
    const webhook_id = await harness.register(`${hookUrl}/2`)
    const [created] = await harness.listed()
    await harness.asApp('PUT', `${subscriptionsPath}/${created?.subscription_id}`, { webhook_id })
    await alice.post('Hello')
    expect((await harness.flush()).map(({ url }) => url)).toEqual([`${hookUrl}/2`])
  })

  it('goes to each app that is subscribed', async () => {
    const { harness, alice } = await activityWorld(['post.create'])
    const other = harness.x.addApp()
    harness.onCrc = (request) =>
      request.url.includes('/other') ? crcAnswer(request, other.consumerSecret) : harness.answerCrc(request)
    const webhook_id = await harness.register(`${hookUrl}/other`, other)
    const body = { event_type: 'post.create', filter: { user_id: alice.id }, webhook_id }
    await harness.asApp('POST', subscriptionsPath, body, other)
    await alice.post('Hello')
    expect((await harness.flush()).map(({ url }) => url)).toEqual([hookUrl, `${hookUrl}/other`])
  })

  it('can have unknown fields, and be followed by an event of an unknown type', async () => {
    const { harness, alice } = await activityWorld(['post.create'])
    harness.x.faults({ deliveries: { unknownFields: { next: 1 }, unknownType: { next: 1 } } })
    await alice.post('Hello')
    const [first, second] = await harness.flush()
    expect(first?.json).toMatchObject({
      data: { payload: { undocumented_field: { depth: [1, null] }, author_id: alice.id } },
      undocumented_context: { version: 2 },
    })
    expect(parsed(first)).toMatchObject({ type: 'post.create' })
    expect(second?.json).toMatchObject({
      data: { event_type: 'undocumented.create', filter: { user_id: alice.id } },
    })
  })

  it('can be selected in the control API', async () => {
    const { harness, webhookId, alice } = await activityWorld(['post.create'])
    await harness.subscribe(webhookId, alice)
    await alice.post('Hello')
    await harness.flush()
    const response = await harness.x.fetch('http://127.0.0.1/emulator/deliveries?api=activity')
    expect(await response.json()).toMatchObject({ deliveries: [{ number: 2, api: 'activity' }] })
  })
})
