import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from 'x-account-activity/emulator'
import { EmulatorHarness } from '../../../../support/emulator-harness.ts'
import { openStream } from '../../../../support/emulator-stream.ts'

const path = '/2/tweets/search/stream'

/** A harness whose first app has a rule, and a function that opens its filtered stream. */
async function create(options: EmulatorOptions = {}) {
  const harness = new EmulatorHarness(options)
  const alice = harness.x.addUser({ screenName: 'alice' })
  const added = await harness.asApp('POST', `${path}/rules`, { add: [{ value: 'cat', tag: 'cats' }] })
  const { data } = (await added.json()) as { data: [{ id: string }] }
  return { harness, alice, ruleId: data[0].id, open: (query = '') => openStream(harness, query, { path }) }
}

describe('the filtered stream', () => {
  it('sends a post that matches a rule, with the default fields, on a line of its own', async () => {
    const { harness, alice, ruleId, open } = await create()
    const stream = await open()
    await alice.post('A dog')
    const post = await alice.post('A cat')
    const text = await stream.read()
    expect(text.match(/\r\n/g)).toHaveLength(1)
    // https://docs.x.com/x-api/posts/filtered-stream/introduction
    expect(JSON.parse(text)).toEqual({
      data: { id: post.id_str, text: 'A cat', edit_history_tweet_ids: [post.id_str] },
      matching_rules: [{ id: ruleId, tag: 'cats' }],
    })
    const response = await stream.response
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(response.headers.get('x-rate-limit-limit')).toBe('50')
    expect(harness.x.deliveries).toEqual([])
    stream.abort()
  })

  it('has the fields and the expansions of each connection', async () => {
    const { alice, open } = await create()
    const query = '?tweet.fields=author_id,lang&expansions=author_id&user.fields=verified&backfill_minutes=0'
    const [full, plain] = [await open(query), await open()]
    await alice.post({ text: 'A cat', lang: 'de' })
    expect(await full.events()).toMatchObject([
      { data: { author_id: alice.id, lang: 'de' }, includes: { users: [{ username: 'alice', verified: false }] } },
    ])
    const [event] = await plain.events()
    expect(event).not.toHaveProperty('includes')
    expect(event.data).not.toHaveProperty('lang')
    for (const stream of [full, plain]) stream.abort()
  })

  it('is kept open with keep-alives when the app has no rules', async () => {
    const harness = new EmulatorHarness()
    const stream = await openStream(harness, '', { path })
    await harness.x.addUser({ screenName: 'alice' }).post('A cat')
    await harness.x.advance({ ms: 14_999 })
    expect(await stream.read()).toBe('')
    await harness.x.advance({ seconds: 30 })
    expect(await stream.read()).toBe('\r\n'.repeat(2))
    expect(stream.end).toBeUndefined()
    stream.abort()
  })

  it('follows the rules while it is open', async () => {
    const { harness, alice, ruleId, open } = await create()
    const stream = await open()
    await harness.asApp('POST', `${path}/rules`, { add: [{ value: 'dog' }] })
    await harness.asApp('POST', `${path}/rules`, { delete: { ids: [ruleId] } })
    await alice.post('A cat')
    await alice.post('A dog')
    expect(await stream.events()).toMatchObject([{ data: { text: 'A dog' } }])
    stream.abort()
  })

  it('has neither the posts of protected accounts nor those of the rules of other apps', async () => {
    const { harness, open } = await create()
    const ofOther = await openStream(harness, '', { app: harness.x.addApp(), path })
    const stream = await open()
    await harness.x.addUser({ screenName: 'carol', protected: true }).post('A cat')
    expect(await stream.read()).toBe('')
    await harness.x.addUser({ screenName: 'bob' }).post('A cat')
    expect(await stream.events()).toHaveLength(1)
    expect(await ofOther.read()).toBe('')
    for (const one of [stream, ofOther]) one.abort()
  })

  it('is another stream than that of activities', async () => {
    const { harness, alice, open } = await create()
    const filter = { user_id: alice.id }
    await harness.asApp('POST', '/2/activity/subscriptions', { event_type: 'post.create', filter })
    const [filtered, activities] = [await open(), await openStream(harness)]
    await alice.post('A cat')
    expect(await filtered.events()).toMatchObject([{ matching_rules: [{ tag: 'cats' }] }])
    expect(await activities.events()).toMatchObject([{ data: { event_type: 'post.create' } }])
    for (const stream of [filtered, activities]) stream.abort()
  })

  it('sends what a linked webhook receives', async () => {
    const { harness, alice, open } = await create()
    await harness.asApp('POST', `/2/tweets/search/webhooks/${await harness.register()}?tweet.fields=lang`)
    const stream = await open('?tweet.fields=lang')
    await alice.post('A cat')
    const text = await stream.read()
    expect((await harness.flush()).map(({ body }) => `${body}\r\n`)).toEqual([text])
    stream.abort()
  })
})

describe('the connections', () => {
  it.each([
    ['enterprise', 2],
    ['pay-per-use', 1],
    ['premium', 1],
    ['sandbox', 1],
  ] as const)('of an app are limited on the tier %s to %d, beside those of activities', async (tier, most) => {
    const { harness, open } = await create({ tier })
    const streams = [await openStream(harness), await openStream(harness)]
    for (let count = 0; count < most; count += 1) streams.push(await open())
    const refused = await harness.asApp('GET', path)
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({ connection_issue: 'TooManyConnections' })
    streams.at(-1)?.abort()
    streams.push(await open())
    expect(streams.at(-1)?.end).toBeUndefined()
    for (const stream of streams) stream.abort()
  })

  it('are listed with the name of their stream, and closed by it', async () => {
    const { harness, open } = await create()
    const [filtered, activities] = [await open(), await openStream(harness)]
    const listed = await (await harness.asApp('GET', '/2/connections')).json()
    expect(listed).toMatchObject({
      data: [{ endpoint_name: 'filtered_stream' }, { endpoint_name: 'activity_stream' }],
      meta: { result_count: 2 },
    })
    const killed = await (await harness.asApp('DELETE', '/2/connections/filtered_stream')).json()
    expect(killed).toMatchObject({ data: { successful_kills: 1 } })
    expect(await filtered.events()).toMatchObject([{ errors: [{ disconnect_type: 'ForceDisconnect' }] }])
    expect([filtered.end, activities.end]).toEqual(['ended', undefined])
    activities.abort()
  })

  it('are 50 in 15 minutes', async () => {
    const { harness, open } = await create()
    for (let count = 0; count < 50; count += 1) (await open()).abort()
    const refused = await harness.asApp('GET', path)
    expect(refused.status).toBe(429)
    expect(await refused.json()).not.toHaveProperty('connection_issue')
  })
})

describe('a time in the past', () => {
  it('is sent before what happens now', async () => {
    const { harness, alice, open } = await create()
    await alice.post('Cat 1')
    await harness.x.advance({ minutes: 4 })
    const deleted = await alice.post('Cat 2')
    await alice.post('Cat 3')
    await alice.deletePost(deleted)
    await harness.x.advance({ minutes: 4 })
    const stream = await open('?backfill_minutes=5&tweet.fields=lang')
    await alice.post('Cat 4')
    const events = await stream.events()
    expect(events.map(({ data }) => `${data.text} ${data.lang}`)).toEqual(['Cat 3 en', 'Cat 4 en'])
    stream.abort()
  })

  it('has an end', async () => {
    const { harness, alice, open } = await create()
    await alice.post('Cat 1')
    await harness.x.advance({ minutes: 1 })
    await alice.post('Cat 2')
    const stream = await open('?start_time=2026-11-21T09:30:00Z&end_time=2026-11-21T09:31:00Z')
    expect((await stream.events()).map(({ data }) => data.text)).toEqual(['Cat 1'])
    expect(stream.end).toBe('ended')
  })
})

describe('a fault of streams', () => {
  it('closes the connection instead of a post, which a backfill sends again', async () => {
    const { alice, open } = await create({ faults: { stream: { closed: { next: 1 } } } })
    const stream = await open()
    await alice.post('A cat')
    expect([await stream.read(), stream.end]).toEqual(['', 'ended'])
    const next = await open('?backfill_minutes=1')
    expect(await next.events()).toMatchObject([{ data: { text: 'A cat' } }])
    next.abort()
  })
})

describe('a request', () => {
  it.each([
    ['?backfill_minutes=6', 'The `backfill_minutes` query parameter value [6] is not between 0 and 5'],
    ['?tweet.fields=cats', expect.stringContaining('The `tweet.fields` query parameter value [cats] is not one of [')],
    ['?post.fields=lang', expect.stringContaining('The query parameter [post.fields] is not one of [')],
  ])('with the query %s is refused', async (query, message) => {
    const response = await new EmulatorHarness().asApp('GET', `${path}${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ message }] })
  })

  it('for a backfill is refused on a self-serve tier', async () => {
    const response = await new EmulatorHarness({ tier: 'pay-per-use' }).asApp('GET', `${path}?backfill_minutes=1`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'The `backfill_minutes` query parameter is not authorized for this app' }],
    })
  })

  it('with a token of a user is refused', async () => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const authorization = `Bearer ${alice.oauth2Token}`
    const byOAuth2 = await harness.x.fetch(`https://api.x.com${path}`, { headers: { authorization } })
    for (const response of [await harness.asUser(alice, 'GET', path), byOAuth2]) {
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({
        type: 'https://api.x.com/2/problems/unsupported-authentication',
      })
    }
  })
})
