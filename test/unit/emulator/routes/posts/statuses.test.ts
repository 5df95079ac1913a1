import { describe, expect, it } from 'vitest'
import { callAs, createBot, postSigned } from '../../../../support/emulator-calls.ts'
import { callSigned, failureOf, wrongKind } from '../../../../support/emulator-v1.ts'

const update = '/1.1/statuses/update.json'

describe('POST /1.1/statuses/update.json', () => {
  it('posts as the user, with all digits of the id and the app as its source', async () => {
    const { harness, alice } = await createBot()
    const response = await postSigned(harness, alice, update, { status: 'Hello, world!' })
    expect(response.status).toBe(200)
    const text = await response.text()
    const [delivery] = await harness.flush()
    const [post] = delivery?.json.tweet_create_events ?? []
    expect(text).toContain(`"id":${post.id_str},"id_str":"${post.id_str}"`)
    expect(JSON.parse(text)).toMatchObject({ text: 'Hello, world!', truncated: false, user: { id_str: alice.id } })
    expect(post.source).toBe('<a href="https://example.com/app" rel="nofollow">Emulated App</a>')
  })

  it('returns the whole text with tweet_mode=extended', async () => {
    const { harness, alice } = await createBot()
    const status = `${'word '.repeat(50)}#end`
    const response = await postSigned(harness, alice, update, { status, tweet_mode: 'extended' })
    const body = (await response.json()) as { entities?: object }
    expect(body).toMatchObject({ full_text: status, truncated: false, display_text_range: [0, status.length] })
    expect(body).not.toHaveProperty('text')
    expect(body).not.toHaveProperty('extended_tweet')
    expect(body.entities).toMatchObject({ hashtags: [{ text: 'end' }] })
  })

  // "This parameter will be ignored unless the author of the Tweet this parameter references is mentioned."
  // https://developer.x.com/en/docs/twitter-api/v1/tweets/post-and-engage/api-reference/post-statuses-update
  it.each([
    ['Hi', {}, null, 'Hi'],
    ['Hi @bobby', {}, null, 'Hi @bobby'],
    ['@BOB Hi', {}, 'reply', '@BOB Hi'],
    ['Hi @bob', {}, 'reply', 'Hi @bob'],
    ['Hi', { auto_populate_reply_metadata: 'true' }, 'reply', '@bob Hi'],
    ['@bob Hi', { auto_populate_reply_metadata: 'true' }, 'reply', '@bob Hi'],
  ])('replies when the text names the author, or when asked to: %j', async (status, more, kind, text) => {
    const { harness, alice, bob } = await createBot()
    const { id_str } = await bob.post('Hello')
    const form = { status, in_reply_to_status_id: id_str, ...more }
    const body = (await (await postSigned(harness, alice, update, form)).json()) as object
    expect(body).toMatchObject({ text, in_reply_to_status_id_str: kind === 'reply' ? id_str : null })
  })

  it('quotes the post of attachment_url', async () => {
    const { harness, alice, bob } = await createBot()
    const { id_str } = await bob.post('Hello')
    const form = { status: 'Hear, hear', attachment_url: `https://x.com/bob/status/${id_str}` }
    expect(await (await postSigned(harness, alice, update, form)).json()).toMatchObject({
      quoted_status_id_str: id_str,
    })
  })

  it('refuses what X refuses', async () => {
    const { harness, alice, bob } = await createBot()
    const refused = async (form: Record<string, string>) => failureOf(await postSigned(harness, alice, update, form))
    expect(await refused({})).toEqual({ status: 403, code: 170, message: 'Missing required parameter: status.' })
    expect(await refused({ status: 'a'.repeat(281) })).toEqual({
      status: 403,
      code: 186,
      message: 'Tweet needs to be a bit shorter.',
    })
    await postSigned(harness, alice, update, { status: 'Hello' })
    expect(await refused({ status: 'Hello' })).toEqual({ status: 403, code: 187, message: 'Status is a duplicate.' })
    expect(await refused({ status: 'Look', media_ids: '1' })).toMatchObject({ status: 400, code: 324 })
    const reply = { status: 'Hi', in_reply_to_status_id: '1', auto_populate_reply_metadata: 'true' }
    expect(await refused(reply)).toMatchObject({ status: 403, code: 385 })
    const { id_str } = await bob.post('Hello')
    await bob.block(alice)
    expect(await refused({ ...reply, in_reply_to_status_id: id_str })).toMatchObject({ status: 403, code: 136 })
  })

  it('refuses other kinds of tokens, and too few permissions', async () => {
    const { harness, alice } = await createBot()
    expect(await failureOf(await callAs(harness, alice, 'POST', update))).toEqual(wrongKind)
    harness.x.configureApp({ permissions: 'read' })
    await alice.authorize()
    expect(await failureOf(await postSigned(harness, alice, update, { status: 'Hi' }))).toMatchObject({
      status: 403,
      code: 261,
    })
  })
})

describe('POST /1.1/statuses/destroy/:id.json', () => {
  it('deletes own posts only', async () => {
    const { harness, alice, bob } = await createBot()
    const own = await alice.post('Oops')
    const other = await bob.post('Hello')
    await harness.flush()
    const destroy = (id: string) => postSigned(harness, alice, `/1.1/statuses/destroy/${id}.json`)
    expect(await (await destroy(own.id_str)).json()).toMatchObject({ id_str: own.id_str, text: 'Oops' })
    const [delivery] = await harness.flush()
    expect(delivery?.json.tweet_delete_events[0].status.id).toBe(own.id_str)
    const notFound = { status: 404, code: 144, message: 'No status found with that ID.' }
    expect(await failureOf(await destroy(own.id_str))).toEqual(notFound)
    expect(await failureOf(await destroy('1'))).toEqual(notFound)
    expect(await failureOf(await destroy(other.id_str))).toEqual({
      status: 403,
      code: 183,
      message: "You may not delete another user's status.",
    })
  })
})

describe('GET /1.1/statuses/show', () => {
  it.each([(id: string) => `/1.1/statuses/show/${id}.json`, (id: string) => `/1.1/statuses/show.json?id=${id}`])(
    'returns a post',
    async (path) => {
      const { harness, alice, bob } = await createBot()
      const { id_str } = await bob.post('Hello')
      const response = await callSigned(harness, alice, { method: 'GET', path: path(id_str) })
      expect(await response.json()).toMatchObject({ id_str, text: 'Hello', user: { screen_name: 'bob' } })
      expect((await harness.asApp('GET', path(id_str))).status).toBe(200)
      await bob.deletePost(id_str)
      expect(await failureOf(await harness.asApp('GET', path(id_str)))).toMatchObject({ status: 404, code: 144 })
    },
  )

  it('shows the posts of a protected account to its followers only', async () => {
    const { harness, alice } = await createBot()
    const carol = harness.x.addUser({ screenName: 'carol', protected: true })
    const path = `/1.1/statuses/show/${(await carol.post('Psst')).id_str}.json`
    expect(await failureOf(await harness.asApp('GET', path))).toMatchObject({ status: 403, code: 179 })
    await alice.follow(carol)
    expect((await callSigned(harness, alice, { method: 'GET', path })).status).toBe(200)
  })
})
