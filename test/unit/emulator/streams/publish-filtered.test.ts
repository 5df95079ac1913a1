import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from 'x-account-activity/emulator'
import { parseDelivery } from 'x-account-activity/events'
import { EmulatorHarness, hookUrl, signatureOf } from '../../../support/emulator-harness.ts'

const rulesPath = '/2/tweets/search/stream/rules'
const linksPath = '/2/tweets/search/webhooks'

/** A harness with rules, and a webhook that is linked with some fields. */
async function createLinked(values: readonly string[], { query = '', options = {} as EmulatorOptions } = {}) {
  const harness = new EmulatorHarness(options)
  const id = await harness.register()
  await harness.asApp('POST', `${linksPath}/${id}${query}`)
  const add = values.map((value) => ({ value, tag: `tag ${value}` }))
  const { data = [] } = (await (await harness.asApp('POST', rulesPath, { add })).json()) as { data?: { id: string }[] }
  const alice = harness.x.addUser({ screenName: 'alice' })
  const bob = harness.x.addUser({ screenName: 'bob' })
  const flush = async () => (await harness.flush()).map(({ json }) => json)
  return { harness, id, alice, bob, rules: data.map((rule) => rule.id), flush }
}

describe('a post that matches rules', () => {
  it('is delivered once with all of them, and with the default fields', async () => {
    const { harness, alice, rules, flush } = await createLinked(['cat', 'from:alice', 'dog'])
    const post = await alice.post('A cat')
    expect(await flush()).toEqual([
      {
        data: { id: post.id_str, text: 'A cat', edit_history_tweet_ids: [post.id_str] },
        matching_rules: [
          { id: rules[0], tag: 'tag cat' },
          { id: rules[1], tag: 'tag from:alice' },
        ],
      },
    ])
    const { body, headers } = harness.received.at(-1) ?? {}
    expect(headers?.get('x-twitter-webhooks-signature')).toBe(signatureOf(harness.x.app.consumerSecret, body ?? ''))
    expect(harness.x.deliveries).toMatchObject([{ kind: 'live', api: 'filtered_stream', outcome: 'delivered' }])
  })

  it('has the fields and the expansions of the link', async () => {
    const query =
      '?tweet.fields=created_at,author_id,entities,lang,public_metrics,referenced_tweets,in_reply_to_user_id,conversation_id,note_tweet,geo' +
      '&expansions=author_id,in_reply_to_user_id,referenced_tweets.id&user.fields=verified'
    const { alice, bob, flush } = await createLinked(['cat'], { query })
    const first = await bob.post('First')
    const reply = await alice.reply(first, { text: 'A cat #meow', lang: 'de' })
    const [body] = await flush()
    expect(body.data).toEqual({
      id: reply.id_str,
      text: '@bob A cat #meow',
      edit_history_tweet_ids: [reply.id_str],
      author_id: alice.id,
      conversation_id: first.id_str,
      created_at: '2026-11-21T09:30:00.250Z',
      entities: {
        hashtags: [{ start: 11, end: 16, tag: 'meow' }],
        mentions: [{ start: 0, end: 4, username: 'bob', id: bob.id }],
      },
      in_reply_to_user_id: bob.id,
      lang: 'de',
      public_metrics: {
        retweet_count: 0,
        reply_count: 0,
        like_count: 0,
        quote_count: 0,
        bookmark_count: 0,
        impression_count: 0,
      },
      referenced_tweets: [{ type: 'replied_to', id: first.id_str }],
    })
    expect(body.includes).toEqual({
      users: [
        { id: alice.id, name: 'alice', username: 'alice', verified: false },
        { id: bob.id, name: 'bob', username: 'bob', verified: false },
      ],
      tweets: [expect.objectContaining({ id: first.id_str, text: 'First', author_id: bob.id })],
    })
  })

  it('of more than 280 characters is whole in note_tweet', async () => {
    const { alice, flush } = await createLinked(['cat'], { query: '?tweet.fields=note_tweet' })
    await alice.post(`cat ${'x'.repeat(276)}`)
    await alice.post(`cat ${'x'.repeat(277)}`)
    const [short, long] = await flush()
    expect(short.data).toMatchObject({ text: `cat ${'x'.repeat(276)}` })
    expect(short.data).not.toHaveProperty('note_tweet')
    expect(long.data).toMatchObject({
      text: expect.stringMatching(/^cat x{200,}… https:\/\/t\.co\/\w{10}$/),
      note_tweet: { text: `cat ${'x'.repeat(277)}` },
    })
  })

  it('is read by parseDelivery', async () => {
    const { harness, alice, rules } = await createLinked(['cat'])
    const post = await alice.post('A cat')
    const [delivery] = await harness.flush()
    expect(parseDelivery(delivery?.body ?? '')).toMatchObject({
      family: 'filtered_stream',
      events: [{ type: 'filtered_post', postId: post.id_str, matchingRules: [{ id: rules[0] }] }],
    })
  })

  it('goes to each linked webhook with its own fields, and to those of other apps by their rules', async () => {
    const { harness, alice, flush } = await createLinked(['cat'])
    const second = await harness.register(`${hookUrl}/second`)
    await harness.asApp('POST', `${linksPath}/${second}?tweet.fields=lang`)
    await harness.register(`${hookUrl}/unlinked`)
    await alice.post('A cat')
    expect((await flush()).map(({ data }) => data.lang)).toEqual([undefined, 'en'])
  })
})

describe('the words of a rule', () => {
  it.each<[string, number[]]>([
    ['café', [0, 3]],
    ['"r & d"', [0, 3]],
    ['#Fünf', [0, 3]],
    ['@bob', [0, 1, 3]],
    ['to:bob', [1]],
    ['from:bob OR to:alice', []],
    ['alice', []],
    ['"look at" is:quote', [2]],
    ['cafe OR café is:retweet', [3]],
    ['from:alice has:links', [0, 3]],
    ['from:alice has:hashtags -is:retweet', [0]],
    ['from:alice has:mentions', [0, 1, 3]],
    ['from:alice has:media', []],
    ['from:alice is:reply lang:en', [1]],
    ['https', []],
  ])('%s', async (rule, expected) => {
    const { harness, alice, bob } = await createLinked([])
    const first = await bob.post('Unrelated')
    await harness.flush()
    const added = await harness.asApp('POST', rulesPath, { add: [{ value: rule }] })
    expect(await added.json()).toMatchObject({ meta: { summary: { created: 1 } } })
    const original = await alice.post('CAFÉ, R&D for @bob: https://example.com #fünf')
    const posts = [
      original,
      await alice.reply(first, 'So it is'),
      await alice.quote(first, 'Look at this'),
      await alice.repost(original),
    ].map(({ id_str }) => id_str)
    const found = (await harness.flush()).map(({ json }) => posts.indexOf(json.data.id))
    expect(found).toEqual(expected)
  })

  it('of a repost are those of the original, with a mention of its author', async () => {
    const { alice, bob, flush } = await createLinked(['@alice cat'])
    await bob.repost(await alice.post('A cat'))
    expect((await flush()).map(({ data }) => data.text)).toEqual(['RT @alice: A cat'])
  })

  it('do not make a reply of a post that begins with a handle', async () => {
    const { alice, flush } = await createLinked(['from:alice is:reply'])
    await alice.post('@bob hello')
    expect(await flush()).toEqual([])
  })
})

describe('no delivery', () => {
  it('of the posts of a protected account', async () => {
    const { harness, flush } = await createLinked(['cat'])
    await harness.x.addUser({ screenName: 'carol', protected: true }).post('A cat')
    expect(await flush()).toEqual([])
  })

  it('after the rule or the link was deleted', async () => {
    const { harness, id, alice, rules, flush } = await createLinked(['cat', 'dog'])
    await harness.asApp('POST', rulesPath, { delete: { ids: [rules[0]] } })
    await alice.post('A cat')
    expect(await flush()).toEqual([])
    await harness.asApp('DELETE', `${linksPath}/${id}`)
    await alice.post('A dog')
    expect(await flush()).toEqual([])
  })

  it('to a webhook that is not valid', async () => {
    const { harness, id, alice, flush } = await createLinked(['cat'])
    harness.onCrc = () => new Response('{"response_token":"wrong"}')
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    await alice.post('A cat')
    expect(await flush()).toEqual([])
  })
})

describe('a failed delivery', () => {
  it('is attempted again, but not when the link was deleted', async () => {
    const { harness, id, alice, flush } = await createLinked(['cat'])
    harness.onDelivery = () => new Response(null, { status: 500 })
    await alice.post('A cat')
    await harness.x.advance({ minutes: 1 })
    expect(harness.x.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2])
    await harness.asApp('DELETE', `${linksPath}/${id}`)
    await flush()
    await harness.x.advance({ hours: 5 })
    expect(await flush()).toEqual([])
  })

  it('is attempted again by an emulator with the saved state', async () => {
    const { harness, alice } = await createLinked(['cat'])
    harness.onDelivery = () => new Response(null, { status: 500 })
    await alice.post('A cat')
    await harness.x.idle()
    const copy = new EmulatorHarness({ state: JSON.parse(JSON.stringify(harness.x.save())) })
    await copy.x.advance({ minutes: 1 })
    expect(copy.received.map(({ body }) => body)).toEqual([harness.received[0]?.body])
    await copy.x.user('alice')?.post('Another cat')
    expect(await copy.flush()).toHaveLength(2)
  })
})

it('adds the unknown fields of the fault to the post and to the envelope', async () => {
  const { alice, flush } = await createLinked(['cat'], { options: { faults: { deliveries: { unknownFields: 1 } } } })
  await alice.post('A cat')
  expect(await flush()).toMatchObject([
    { data: { undocumented_field: {}, text: 'A cat' }, undocumented_context: { version: 2 } },
  ])
})

describe('a replay', () => {
  async function createDelivered() {
    const linked = await createLinked(['cat'])
    await linked.alice.post('A cat')
    await linked.harness.x.advance({ hours: 1 })
    await linked.flush()
    return linked
  }

  it('of all products delivers filtered posts again with meta.replay', async () => {
    const { harness, id, flush } = await createDelivered()
    const live = harness.received[0]?.body ?? ''
    const job = { webhook_id: id, from_date: '202611210930', to_date: '202611210940' }
    expect((await harness.asApp('POST', '/2/webhooks/replay', job)).status).toBe(200)
    const [replayed, status] = await flush()
    expect(replayed).toEqual({ ...JSON.parse(live), meta: { replay: true } })
    expect(status).toMatchObject({ replay_job_status: { job_state: 'Complete' } })
    expect(parseDelivery(replayed).events).toMatchObject([
      { type: 'filtered_post', isReplay: true, id: parseDelivery(live).events[0]?.id },
    ])
  })

  it('of the Account Activity API does not', async () => {
    const { harness, id, flush } = await createDelivered()
    const path = `/2/account_activity/replay/webhooks/${id}/subscriptions/all?from_date=202611210930&to_date=202611210940`
    expect((await harness.asApp('POST', path)).status).toBe(200)
    expect(await flush()).toMatchObject([{ replay_job_status: { job_state: 'Complete' } }])
  })
})
