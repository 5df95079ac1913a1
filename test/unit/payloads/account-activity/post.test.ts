import { describe, expect, it } from 'vitest'
import type { PostPayload } from 'x-account-activity/emulator'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

async function createCast() {
  const harness = new EmulatorHarness()
  const alice = harness.x.addUser({ screenName: 'alice', name: 'Alice 🌻' })
  const bob = harness.x.addUser({ screenName: 'bob', name: 'Bob' })
  await harness.subscribe(await harness.register(), alice, bob)
  return { harness, alice, bob }
}

type Entity = { readonly indices?: readonly [number, number] }

/** The part of a text at the indices of an entity. */
function cut(text: string, { indices = [0, 0] }: Entity): string {
  return Array.from(text)
    .slice(...indices)
    .join('')
}

/** The parts of a text at the indices of its entities. */
function pointedAt(text: string, entities: PostPayload['entities']): string[] {
  const { hashtags = [], urls = [], user_mentions = [], symbols = [] } = entities ?? {}
  return [...hashtags, ...urls, ...user_mentions, ...symbols].map((entity) => cut(text, entity))
}

describe('a post', () => {
  it('is escaped as HTML, has indices of the escaped text, and is never cut inside an escape', async () => {
    const { alice } = await createCast()
    // https://github.com/Twitter4J/Twitter4J/issues/349: the indices refer to the escaped text.
    const short = await alice.post('<3 tea & cake #teatime')
    expect(short.text).toBe('&lt;3 tea &amp; cake #teatime')
    expect(pointedAt(short.text, short.entities)).toEqual(['#teatime'])
    for (let before = 100; before < 120; before += 1) {
      const { text, extended_tweet } = await alice.post(`${'a'.repeat(before)}&${'b'.repeat(60)}`)
      expect(text.replaceAll('&amp;', '')).not.toContain('&')
      expect(extended_tweet?.full_text).toBe(`${'a'.repeat(before)}&amp;${'b'.repeat(60)}`)
    }
  })

  it('has every member of a v1.1 post, and the time in both formats', async () => {
    const { harness, alice } = await createCast()
    await alice.post('Good morning 🌅')
    const [delivery] = await harness.flush()
    expect(delivery?.json).toEqual({
      for_user_id: alice.id,
      tweet_create_events: [
        {
          created_at: 'Sat Nov 21 09:30:00 +0000 2026',
          id: expect.any(Number),
          id_str: expect.stringMatching(/^\d{19}$/),
          text: 'Good morning 🌅',
          source: expect.stringMatching(/^<a href="https:\/\/[^"]+" rel="nofollow">[^<]+<\/a>$/),
          truncated: false,
          in_reply_to_status_id: null,
          in_reply_to_status_id_str: null,
          in_reply_to_user_id: null,
          in_reply_to_user_id_str: null,
          in_reply_to_screen_name: null,
          user: expect.objectContaining({
            id_str: alice.id,
            screen_name: 'alice',
            name: 'Alice 🌻',
            statuses_count: 1,
          }),
          geo: null,
          coordinates: null,
          place: null,
          contributors: null,
          is_quote_status: false,
          quote_count: 0,
          reply_count: 0,
          retweet_count: 0,
          favorite_count: 0,
          entities: { hashtags: [], urls: [], user_mentions: [], symbols: [] },
          favorited: false,
          retweeted: false,
          filter_level: 'low',
          lang: 'en',
          timestamp_ms: '1795253400250',
        },
      ],
    })
  })

  it('is what the action returns', async () => {
    const { harness, alice } = await createCast()
    const post = await alice.post({ text: 'Guten Morgen', lang: 'de' })
    const [delivery] = await harness.flush()
    expect(delivery?.json.tweet_create_events[0]).toEqual(post)
    expect(post).toMatchObject({ text: 'Guten Morgen', lang: 'de' })
  })

  it('has indices in code points, also after an emoji', async () => {
    const { alice } = await createCast()
    const { text, entities } = await alice.post(
      '👩‍💻🎉 @bob #Über_1 $ACME https://example.com/a?b=c, (@Bob) me@bob.com #1 @ghost',
    )
    expect(text).toMatch(
      /^👩‍💻🎉 @bob #Über_1 \$ACME https:\/\/t\.co\/[A-Za-z0-9]{10}, \(@Bob\) me@bob\.com #1 @ghost$/,
    )
    const link = entities?.urls?.[0]
    expect(pointedAt(text, entities)).toEqual(['#Über_1', link?.url, '@bob', '@Bob', '$ACME'])
    expect(link).toMatchObject({ expanded_url: 'https://example.com/a?b=c', display_url: 'example.com/a?b=c' })
    expect(entities?.user_mentions?.[0]).toMatchObject({ screen_name: 'bob', name: 'Bob', indices: [5, 9] })
  })

  it('that begins with a handle is a reply to that user, and to no post', async () => {
    const { alice, bob } = await createCast()
    expect(await alice.post('@bob hello')).toMatchObject({
      in_reply_to_status_id: null,
      in_reply_to_status_id_str: null,
      in_reply_to_user_id_str: bob.id,
      in_reply_to_screen_name: 'bob',
    })
    expect(await alice.post('.@bob hello')).toMatchObject({ in_reply_to_user_id_str: null })
  })

  it.each([
    [140, false],
    [141, true],
  ])('of %i characters is cut: %s', async (length, truncated) => {
    const { alice } = await createCast()
    const post = await alice.post('🌻'.repeat(length))
    expect(post.truncated).toBe(truncated)
    expect(post.extended_tweet !== undefined).toBe(truncated)
  })

  it('that is long is cut to 140 characters, with a link to the whole', async () => {
    const { alice } = await createCast()
    const whole = `@bob ${'lorem ipsum '.repeat(30)}#late`
    const post = await alice.post(whole)
    expect(Array.from(post.text)).toHaveLength(140)
    expect(post.text).toMatch(/^@bob lorem .+… https:\/\/t\.co\/[A-Za-z0-9]{10}$/)
    expect(pointedAt(post.text, post.entities)).toEqual([expect.stringMatching(/^https:\/\/t\.co\/\w{10}$/), '@bob'])
    expect(post.entities?.urls?.[0]?.expanded_url).toBe(`https://x.com/i/web/status/${post.id_str}`)
    expect(post.extended_tweet).toMatchObject({ full_text: whole, display_text_range: [0, whole.length] })
    expect(pointedAt(whole, post.extended_tweet?.entities)).toEqual(['#late', '@bob'])
    expect(post).not.toHaveProperty('display_text_range')
  })

  it('is never cut inside an entity', async () => {
    const { alice } = await createCast()
    const post = await alice.post(`${'x'.repeat(110)} #abcdefghijkl ${'y'.repeat(40)}`)
    expect(post.text.startsWith(`${'x'.repeat(110)} … https://t.co/`)).toBe(true)
    expect(post.entities?.hashtags).toEqual([])
  })

  it('is sent to a user whom only the cut part mentions', async () => {
    const { harness, alice, bob } = await createCast()
    await alice.post(`${'lorem ipsum '.repeat(20)}@bob`)
    expect((await harness.flush()).map(({ json }) => json.for_user_id)).toEqual([alice.id, bob.id])
  })
})

describe('user_has_blocked', () => {
  it.each([
    ['no block', false, async () => {}],
    ['a block by the mentioned user', true, ({ alice, bob }) => bob.block(alice)],
    ['a block of the mentioned user', false, ({ alice, bob }) => alice.block(bob)],
  ] satisfies [string, boolean, (cast: Awaited<ReturnType<typeof createCast>>) => Promise<void>][])(
    'is part of a mention: with %s it is %s',
    async (_, expected, before) => {
      const cast = await createCast()
      await before(cast)
      await cast.harness.flush()
      await cast.alice.post('Hello @bob')
      const [own, mention] = await cast.harness.flush()
      expect(own?.json).not.toHaveProperty('user_has_blocked')
      expect(mention?.json.user_has_blocked).toBe(expected)
    },
  )

  it('is part of a mention of oneself, and not of a repost', async () => {
    const { harness, alice, bob } = await createCast()
    const post = await alice.post('@alice here')
    await bob.repost(post)
    const [own, ...reposts] = await harness.flush()
    expect(own?.json.user_has_blocked).toBe(false)
    for (const { json } of reposts) expect(json).not.toHaveProperty('user_has_blocked')
  })
})

describe('a reply', () => {
  it('begins with the handle of the author, which is not displayed', async () => {
    const { alice, bob } = await createCast()
    const post = await alice.post('Hello')
    const reply = await bob.reply(post, 'Hi there')
    expect(reply).toMatchObject({
      text: '@alice Hi there',
      display_text_range: [7, 15],
      in_reply_to_status_id_str: post.id_str,
      in_reply_to_user_id_str: alice.id,
      in_reply_to_screen_name: 'alice',
    })
    expect(await bob.reply(post, '@Alice Hi there')).toMatchObject({
      text: '@Alice Hi there',
      display_text_range: [7, 15],
    })
    expect(await alice.reply(post, 'By the way')).toMatchObject({
      text: 'By the way',
      in_reply_to_user_id_str: alice.id,
    })
  })

  it('to a repost replies to the original', async () => {
    const { alice, bob } = await createCast()
    const post = await alice.post('Hello')
    const reply = await alice.reply(await bob.repost(post), 'More')
    expect(reply.in_reply_to_status_id_str).toBe(post.id_str)
  })
})

describe('a repost', () => {
  it('names the author, and contains the original', async () => {
    const { harness, alice, bob } = await createCast()
    const post = await alice.post('Hello @bob #fun')
    const repost = await bob.repost(post)
    expect(repost.text).toBe('RT @alice: Hello @bob #fun')
    expect(pointedAt(repost.text, repost.entities)).toEqual(['#fun', '@alice', '@bob'])
    expect(repost).toMatchObject({
      truncated: false,
      in_reply_to_user_id_str: null,
      user: { screen_name: 'bob' },
      retweeted_status: {
        id_str: post.id_str,
        text: 'Hello @bob #fun',
        user: { screen_name: 'alice' },
        retweet_count: 1,
      },
    })
    expect(repost.retweeted_status).not.toHaveProperty('timestamp_ms')
    expect(await harness.flush()).toHaveLength(4)
  })

  it('of a long post is cut, is not marked as truncated, and contains the whole in the original', async () => {
    const { alice, bob } = await createCast()
    const whole = `${'lorem ipsum '.repeat(15)}@bob`
    const repost = await bob.repost(await alice.post(whole))
    expect(Array.from(repost.text)).toHaveLength(140)
    expect(repost.text).toMatch(/^RT @alice: lorem .+…$/)
    expect(repost).toMatchObject({
      truncated: false,
      retweeted_status: { truncated: true, extended_tweet: { full_text: whole } },
    })
    expect(pointedAt(repost.text, repost.entities)).toEqual(['@alice'])
  })

  it('of a quote names the quoted post, and contains it in the original', async () => {
    const { alice, bob } = await createCast()
    const quoted = await alice.post('Hello')
    const repost = await alice.repost(await bob.quote(quoted, 'Look'))
    expect(repost).toMatchObject({
      is_quote_status: true,
      quoted_status_id_str: quoted.id_str,
      retweeted_status: { is_quote_status: true, quoted_status: { id_str: quoted.id_str } },
    })
    expect(repost).not.toHaveProperty('quoted_status')
  })
})

describe('a quote', () => {
  it('contains the quoted post and a link to it', async () => {
    const { alice, bob } = await createCast()
    const quoted = await alice.post('Hello')
    const expanded = `https://x.com/alice/status/${quoted.id_str}`
    expect(await bob.quote(quoted, 'Look')).toMatchObject({
      text: 'Look',
      is_quote_status: true,
      quoted_status_id_str: quoted.id_str,
      quoted_status: { id_str: quoted.id_str, quote_count: 1 },
      quoted_status_permalink: {
        expanded,
        url: expect.stringMatching(/^https:\/\/t\.co\//),
        display: 'x.com/alice/status/2124072…',
      },
    })
  })

  it('contains one post, and not the post that this one quotes', async () => {
    const { alice, bob } = await createCast()
    const first = await alice.post('One')
    const second = await bob.quote(first, 'Two')
    const third = await alice.quote(second, 'Three')
    expect(third.quoted_status).toMatchObject({ id_str: second.id_str, quoted_status_id_str: first.id_str })
    expect(third.quoted_status).not.toHaveProperty('quoted_status')
  })

  it('has only the flag when the quoted post was deleted', async () => {
    const { harness, alice, bob } = await createCast()
    const quoted = await alice.post('Hello')
    const quote = await bob.quote(quoted, 'Look')
    await alice.deletePost(quoted)
    await harness.flush()
    await alice.like(quote)
    const [delivery] = await harness.flush()
    const status = delivery?.json.favorite_events[0].favorited_status
    expect(status.is_quote_status).toBe(true)
    for (const name of ['quoted_status', 'quoted_status_id', 'quoted_status_permalink'])
      expect(status).not.toHaveProperty(name)
  })
})
