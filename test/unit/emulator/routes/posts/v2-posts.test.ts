import { describe, expect, it } from 'vitest'
import { answerOf, callAs, createBot } from '../../../../support/emulator-calls.ts'
import { callSigned } from '../../../../support/emulator-v1.ts'

const forbidden = (detail: string) => ({
  status: 403,
  body: { title: 'Forbidden', detail, type: 'about:blank', status: 403 },
})
const duplicate = forbidden('You are not allowed to create a Tweet with duplicate content.')
const tooLong = forbidden(
  'Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.',
)

describe('POST /2/tweets', () => {
  it('posts as the user, and delivers the post with the app as its source', async () => {
    const { harness, alice } = await createBot()
    const { status, body } = await answerOf(await callAs(harness, alice, 'POST', '/2/tweets', { text: 'Hi <you>' }))
    expect(status).toBe(201)
    const [delivery] = await harness.flush()
    const [post] = delivery?.json.tweet_create_events ?? []
    expect(body).toEqual({
      data: { id: post.id_str, text: 'Hi &lt;you&gt;', edit_history_tweet_ids: [post.id_str] },
    })
    expect(post).toMatchObject({
      text: 'Hi &lt;you&gt;',
      source: '<a href="https://example.com/app" rel="nofollow">Emulated App</a>',
      user: { screen_name: 'alice' },
    })
    const { id_str } = await alice.post('By hand')
    const [byHand] = await harness.flush()
    expect(byHand?.json.tweet_create_events[0]).toMatchObject({
      id_str,
      source: '<a href="https://mobile.x.com" rel="nofollow">X Web App</a>',
    })
  })

  it('accepts OAuth 1.0a', async () => {
    const { harness, alice } = await createBot()
    const headers = { 'content-type': 'application/json' }
    const call = { method: 'POST', path: '/2/tweets', headers, body: JSON.stringify({ text: 'Hi' }) }
    expect((await callSigned(harness, alice, call)).status).toBe(201)
  })

  it('replies with the handles of the thread, without the excluded ones', async () => {
    const { harness, alice, bob } = await createBot()
    const carol = harness.x.addUser({ screenName: 'carol' })
    const post = await bob.post('@alice @carol Hi')
    await harness.flush()
    const reply = (excluded: readonly string[], text: string) =>
      callAs(harness, alice, 'POST', '/2/tweets', {
        text,
        reply: { in_reply_to_tweet_id: post.id_str, exclude_reply_user_ids: excluded },
      })
    expect((await reply([], 'Yes?')).status).toBe(201)
    expect((await reply([carol.id, bob.id], 'Only you')).status).toBe(201)
    const texts = (await harness.flush()).map(({ json }) => json.tweet_create_events[0])
    expect(texts.map(({ text }) => text)).toEqual(['@bob @carol Yes?', '@bob Only you'])
    expect(texts[0]).toMatchObject({ in_reply_to_status_id_str: post.id_str, display_text_range: [12, 16] })
  })

  it('quotes', async () => {
    const { harness, alice, bob } = await createBot()
    const { id_str } = await bob.post('Hello')
    await callAs(harness, alice, 'POST', '/2/tweets', { text: 'Hear, hear', quote_tweet_id: id_str })
    const [delivery] = await harness.flush()
    expect(delivery?.json.tweet_create_events[0]).toMatchObject({ quoted_status_id_str: id_str })
  })

  it.each([
    ['a'.repeat(280), 201],
    ['a'.repeat(281), 403],
    ['故'.repeat(140), 201],
    ['故'.repeat(141), 403],
    [`${'a'.repeat(256)} https://example.com/${'b'.repeat(400)}`, 201],
    [`${'a'.repeat(257)} https://example.com/${'b'.repeat(400)}`, 403],
  ])('limits the weighted length: %s is %i', async (text, status) => {
    const { harness, alice } = await createBot()
    const answer = await answerOf(await callAs(harness, alice, 'POST', '/2/tweets', { text }))
    if (status === 403) expect(answer).toEqual(tooLong)
    else expect(answer.status).toBe(status)
  })

  it('accepts long posts with the option limits.postLength', async () => {
    const { harness, alice } = await createBot({ limits: { postLength: 25_000 } })
    const post = (length: number) => callAs(harness, alice, 'POST', '/2/tweets', { text: 'a'.repeat(length) })
    expect((await post(25_000)).status).toBe(201)
    expect((await post(25_001)).status).toBe(403)
    await expect(createBot({ limits: { postLength: 25_001 } })).rejects.toThrow(
      new RangeError('"limits.postLength" must be an integer from 1 to 25000, got 25001'),
    )
  })

  it('refuses a duplicate within a day, and accepts it in reply to another post', async () => {
    const { harness, alice, bob } = await createBot()
    const first = await bob.post('One')
    const second = await bob.post('Two')
    const send = async (text: string, to?: string) =>
      answerOf(
        await callAs(harness, alice, 'POST', '/2/tweets', {
          text,
          ...(to !== undefined && { reply: { in_reply_to_tweet_id: to } }),
        }),
      )
    const link = 'Read https://example.com/a & more'
    expect((await send(link)).status).toBe(201)
    expect(await send(` ${link}`)).toEqual(duplicate)
    expect((await send(link, first.id_str)).status).toBe(201)
    expect((await send(link, second.id_str)).status).toBe(201)
    expect(await send(link, second.id_str)).toEqual(duplicate)
    await alice.post('By hand')
    expect(await send('By hand')).toEqual(duplicate)
    await harness.x.advance({ hours: 24 })
    expect((await send('By hand')).status).toBe(201)
  })

  it('posts again what was deleted', async () => {
    const { harness, alice } = await createBot()
    const post = await alice.post('Oops')
    await alice.deletePost(post)
    expect((await callAs(harness, alice, 'POST', '/2/tweets', { text: 'Oops' })).status).toBe(201)
  })

  it.each<[unknown, string]>([
    ['not JSON', 'The body must be a JSON object'],
    [[], 'The body must be a JSON object'],
    [{}, '$.text: is missing but it is required'],
    [{ text: '' }, '$.text: is missing but it is required'],
    [{ text: ' \n' }, '$.text: is missing but it is required'],
    [{ text: 1 }, '$.text: is missing but it is required'],
    [{ text: 'Hi', quote_tweet_id: 1 }, '$.quote_tweet_id: does not match the regex pattern ^[0-9]{1,19}$'],
    [{ text: 'Hi', reply: null }, '$.reply: must be an object'],
    [{ text: 'Hi', reply: {} }, '$.reply.in_reply_to_tweet_id: is missing but it is required'],
    [
      { text: 'Hi', reply: { in_reply_to_tweet_id: 'x' } },
      '$.reply.in_reply_to_tweet_id: does not match the regex pattern ^[0-9]{1,19}$',
    ],
    [
      { text: 'Hi', reply: { in_reply_to_tweet_id: '1', exclude_reply_user_ids: 'x' } },
      '$.reply.exclude_reply_user_ids: must be an array of ids',
    ],
    [{ text: 'Hi', media: { media_ids: ['1'] } }, 'Your media IDs are invalid.'],
    [{ text: 'Hi', poll: {} }, '$.poll: the emulator has no polls'],
  ])('refuses the body %j', async (body, message) => {
    const { harness, alice } = await createBot()
    const response = await callAs(harness, alice, 'POST', '/2/tweets', body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ message }] })
    expect(await harness.flush()).toEqual([])
  })

  it('refuses a reply to a deleted post, and a quote of one', async () => {
    const { harness, alice, bob } = await createBot()
    const { id_str } = await bob.post('Oops')
    await bob.deletePost(id_str)
    const reply = { text: 'Hi', reply: { in_reply_to_tweet_id: id_str } }
    expect(await answerOf(await callAs(harness, alice, 'POST', '/2/tweets', reply))).toEqual(
      forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.'),
    )
    const quote = { text: 'Hi', quote_tweet_id: id_str }
    expect(await answerOf(await callAs(harness, alice, 'POST', '/2/tweets', quote))).toEqual(
      forbidden('You attempted to quote a Tweet that is deleted or not visible to you.'),
    )
  })

  it('refuses a reply to a user who has blocked this one', async () => {
    const { harness, alice, bob } = await createBot()
    const { id_str } = await bob.post('Hello')
    await bob.block(alice)
    const reply = { text: 'Hi', reply: { in_reply_to_tweet_id: id_str } }
    expect((await callAs(harness, alice, 'POST', '/2/tweets', reply)).status).toBe(403)
  })

  it('requires permissions, scopes and a user', async () => {
    const { harness, alice } = await createBot()
    expect((await harness.asApp('POST', '/2/tweets', { text: 'Hi' })).status).toBe(403)
    await alice.authorize(harness.x.app, { scopes: ['tweet.read', 'users.read'] })
    const refused = await callAs(harness, alice, 'POST', '/2/tweets', { text: 'Hi' })
    expect(refused.status).toBe(403)
    expect(harness.x.requests.at(-1)?.failedCheck).toBe('scopes')
    harness.x.configureApp({ permissions: 'read' })
    await alice.authorize()
    expect((await harness.asUser(alice, 'POST', '/2/tweets')).status).toBe(403)
    expect(harness.x.requests.at(-1)?.failedCheck).toBe('permissions')
  })

  it('has a rate limit of 100 calls in 15 minutes for each user, with its headers', async () => {
    const { harness, alice } = await createBot()
    for (let call = 1; call <= 100; call += 1) {
      const response = await callAs(harness, alice, 'POST', '/2/tweets', { text: `Post ${call}` })
      expect(response.headers.get('x-rate-limit-remaining')).toBe(String(100 - call))
    }
    expect((await callAs(harness, alice, 'POST', '/2/tweets', { text: 'One more' })).status).toBe(429)
  })
})

describe('DELETE /2/tweets/:id', () => {
  it('deletes a post of the user, and delivers that', async () => {
    const { harness, alice, bob } = await createBot()
    const { id_str } = await alice.post('Oops')
    const other = await bob.post('Hello')
    await harness.flush()
    expect(await answerOf(await callAs(harness, alice, 'DELETE', `/2/tweets/${id_str}`))).toEqual({
      status: 200,
      body: { data: { deleted: true } },
    })
    const [delivery] = await harness.flush()
    expect(delivery?.json.tweet_delete_events[0].status.id).toBe(id_str)
    expect(await answerOf(await callAs(harness, alice, 'DELETE', `/2/tweets/${other.id_str}`))).toEqual(
      forbidden('You are not authorized to delete this Tweet.'),
    )
    expect((await callAs(harness, alice, 'DELETE', `/2/tweets/${id_str}`)).status).toBe(404)
  })
})

describe('GET /2/tweets', () => {
  it('returns a post with the fields and expansions that are asked for', async () => {
    const { harness, alice, bob } = await createBot()
    const { id_str } = await bob.post('Hello @alice')
    expect(await (await callAs(harness, alice, 'GET', `/2/tweets/${id_str}`)).json()).toEqual({
      data: { id: id_str, text: 'Hello @alice', edit_history_tweet_ids: [id_str] },
    })
    const query = 'tweet.fields=author_id,lang&expansions=author_id&user.fields=verified'
    expect(await (await harness.asApp('GET', `/2/tweets/${id_str}?${query}`)).json()).toEqual({
      data: { id: id_str, text: 'Hello @alice', edit_history_tweet_ids: [id_str], author_id: bob.id, lang: 'en' },
      includes: { users: [{ id: bob.id, name: 'bob', username: 'bob', verified: false }] },
    })
  })

  it('names the posts that it does not find, with status 200', async () => {
    const { harness, bob } = await createBot()
    const { id_str } = await bob.post('Hello')
    const problem = (parameter: string) => ({
      value: '1',
      detail: `Could not find tweet with ${parameter}: [1].`,
      title: 'Not Found Error',
      resource_type: 'tweet',
      parameter,
      resource_id: '1',
      type: 'https://api.x.com/2/problems/resource-not-found',
    })
    expect(await answerOf(await harness.asApp('GET', '/2/tweets/1'))).toEqual({
      status: 200,
      body: { errors: [problem('id')] },
    })
    expect(await (await harness.asApp('GET', `/2/tweets?ids=${id_str},1`)).json()).toMatchObject({
      data: [{ id: id_str }],
      errors: [problem('ids')],
    })
  })

  it('shows the posts of a protected account to its followers only', async () => {
    const { harness, alice } = await createBot()
    const carol = harness.x.addUser({ screenName: 'carol', protected: true })
    const { id_str } = await carol.post('Psst')
    const path = `/2/tweets/${id_str}`
    expect(await (await harness.asApp('GET', path)).json()).toMatchObject({
      errors: [{ title: 'Authorization Error', resource_id: id_str }],
    })
    expect(await (await callAs(harness, alice, 'GET', path)).json()).toHaveProperty('errors')
    await alice.follow(carol)
    expect(await (await callAs(harness, alice, 'GET', path)).json()).toMatchObject({ data: { text: 'Psst' } })
  })

  it.each(['', '?ids=', '?ids=x', `?ids=${'1,'.repeat(100)}1`, '?ids=1&nothing=1', '?ids=1&tweet.fields=nothing'])(
    'refuses the query %s',
    async (query) => {
      const { harness } = await createBot()
      expect((await harness.asApp('GET', `/2/tweets${query}`)).status).toBe(400)
    },
  )
})
