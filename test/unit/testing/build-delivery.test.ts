import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  activityOf,
  classifyPost,
  type EventType,
  eventTypes,
  fullText,
  idOf,
  parseDelivery,
  unescapeText,
  type WireEntities,
} from 'x-account-activity/events'
import { buildDelivery, type DeliveryOverrides, deliveryVariants } from 'x-account-activity/testing'

/** Every type with each of its variants, and without one. */
const forms = eventTypes.flatMap((type) => [undefined, ...deliveryVariants[type]].map((variant) => ({ type, variant })))

function build({ type, variant }: (typeof forms)[number]): object {
  return buildDelivery<EventType>(type, undefined, { variant })
}

function onlyEvent(body: object) {
  const [event, ...others] = parseDelivery(body).events
  expect(others).toEqual([])
  if (event === undefined) throw new Error('The body has no event.')
  return event
}

/** When an id of X was created: https://docs.x.com/fundamentals/x-ids */
function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + 1_288_834_974_657n)
}

/** Every value in a body under a key, at any depth. */
function valuesOf(body: unknown, key: string): unknown[] {
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(value, key)])
}

/** The objects in a body that have a key, at any depth. */
function objectsWith(body: unknown, key: string): Record<string, unknown>[] {
  if (typeof body !== 'object' || body === null) return []
  const inside = Object.values(body).flatMap((value) => objectsWith(value, key))
  return key in body ? [body as Record<string, unknown>, ...inside] : inside
}

afterEach(() => void vi.useRealTimers())

describe.each(forms)('a delivery of $type, variant $variant', (form) => {
  it('is read as one event of this type, without issues', () => {
    const event = onlyEvent(build(form))
    expect(event.type).toBe(form.type)
    expect(event).not.toHaveProperty('issues')
  })

  it('is JSON, and says the same after it was written and read', () => {
    const body = build(form)
    expect(JSON.parse(JSON.stringify(body))).toStrictEqual(body)
  })

  it('has new ids at each call, so that it is never a duplicate, not even for one account in one millisecond', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 9, 30) })
    const ids = Array.from({ length: 20 }, () => onlyEvent(build(form)).id)
    expect(new Set(ids).size).toBe(20)
    const account = {
      for_user_id: '2244994945',
      user_event: { revoke: { source: { user_id: '2244994945' } } },
      data: { filter: { user_id: '2244994945' } },
    }
    const key = Object.keys(build(form)).find((name): name is keyof typeof account => name in account)
    if (key === undefined || form.type === 'filtered_post') return
    const overrides = { [key]: account[key] } as DeliveryOverrides<'follow'>
    const ofOneAccount = Array.from({ length: 20 }, () => {
      const options = { variant: form.variant as 'incoming' | undefined }
      return onlyEvent(buildDelivery(form.type as 'follow', overrides, options)).id
    })
    expect(new Set(ofOneAccount).size).toBe(20)
  })

  it('has the ids of X: 19 digits that are not exact as numbers', () => {
    const body = build(form)
    for (const id of [
      ...valuesOf(body, 'id_str'),
      ...valuesOf(body, 'for_user_id'),
      ...valuesOf(body, 'user_id'),
    ].flat()) {
      expect(id).toMatch(/^[1-9]\d{18}$/)
      expect(String(BigInt(Number(id)))).not.toBe(id)
    }
  })

  it('has the same id as a number and as a string', () => {
    const pairs = objectsWith(build(form), 'id_str').filter(({ id }) => id !== undefined)
    for (const { id, id_str } of pairs) expect(id).toBe(Number(id_str))
  })

  it('has ids whose time is that of the object', () => {
    const body = build(form)
    const v1 = objectsWith(body, 'created_at').filter(({ id_str }) => id_str !== undefined)
    for (const { id_str, created_at } of v1) {
      expect(Math.floor(timeOf(String(id_str)) / 1000)).toBe(Date.parse(String(created_at)) / 1000)
    }
    const v2 = objectsWith(body, 'created_at').filter(({ id }) => typeof id === 'string' && /^\d{19}$/.test(id))
    for (const { id, created_at } of v2) {
      expect(Math.abs(timeOf(String(id)) - Date.parse(String(created_at)))).toBeLessThan(1000)
    }
    for (const { id, created_timestamp } of objectsWith(body, 'message_create')) {
      expect(timeOf(String(id))).toBe(Number(created_timestamp))
    }
    for (const { id_str, timestamp_ms } of objectsWith(body, 'id_str').filter((post) => 'timestamp_ms' in post)) {
      expect(timeOf(String(id_str))).toBe(Number(timestamp_ms))
    }
  })

  it('happens now, after everything that it refers to', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 9, 30, 0, 250) })
    const body = build(form)
    const { occurredAt } = onlyEvent(body)
    if (occurredAt) expect(Math.floor(occurredAt.getTime() / 1000)).toBe(1_795_253_400)
    for (const id of valuesOf(body, 'id_str')) expect(timeOf(String(id))).toBeLessThanOrEqual(1_795_253_400_250)
  })

  it('has entities that point at their text', () => {
    for (const post of objectsWith(build(form), 'entities')) {
      const text = Array.from(String(post.full_text ?? post.text ?? post.description ?? ''))
      const entities = post.entities as WireEntities
      for (const { indices, screen_name } of entities.user_mentions ?? []) {
        expect(text.slice(...(indices ?? [0, 0])).join('')).toBe(`@${screen_name}`)
      }
      for (const { indices, text: tag } of entities.hashtags ?? []) {
        if (indices) expect(text.slice(...indices).join('')).toBe(`#${tag}`)
      }
      for (const { indices, url } of [...(entities.urls ?? []), ...(entities.media ?? [])]) {
        if (indices) expect(text.slice(...indices).join('')).toBe(url)
      }
    }
    for (const { start, end, username, url, ...rest } of objectsWith(build(form), 'start_str')) {
      expect(rest).toMatchObject({ start_str: String(start), end_str: String(end) })
      const length = String(username === undefined ? (url ?? `#${rest.tag}`) : `@${username}`).length
      expect(Number(end) - Number(start)).toBe(length)
    }
  })

  it('is about the account that the overrides name', () => {
    const account = { for_user_id: '2244994945' }
    const overrides =
      parseDelivery(build(form)).family === 'activity'
        ? { data: { filter: { user_id: account.for_user_id } } }
        : account
    const event = onlyEvent(
      buildDelivery(form.type as 'follow', overrides as never, { variant: form.variant as never }),
    )
    const withoutAccount: readonly EventType[] = ['user_revoke', 'replay_job_status', 'oauth.revoke', 'filtered_post']
    if (withoutAccount.includes(form.type)) return
    expect(event.forUserId).toBe('2244994945')
    const { direction } = onlyEvent(build(form))
    expect(event.direction).toBe(direction)
  })
})

describe('the variants', () => {
  it.each([
    ['mention', 'mention', 'incoming'],
    ['reply', 'reply', 'incoming'],
    ['quote', 'quote', 'incoming'],
    ['repost', 'repost', 'incoming'],
    ['media', 'mention', 'incoming'],
    ['video', 'mention', 'incoming'],
    ['long_text', 'mention', 'incoming'],
    ['post', 'post', 'outgoing'],
    ['thread', 'reply', 'outgoing'],
    ['own_reply', 'reply', 'outgoing'],
    ['own_quote', 'quote', 'outgoing'],
    ['own_repost', 'repost', 'outgoing'],
  ] as const)('of tweet_create: %s is a %s, %s', (variant, kind, direction) => {
    const body = buildDelivery('tweet_create', undefined, { variant })
    expect(classifyPost(body.tweet_create_events[0], body.for_user_id)).toBe(kind)
    expect(onlyEvent(body).direction).toBe(direction)
  })

  it('have a photo with its link, or a video with its file', () => {
    const [photo] = buildDelivery('tweet_create', {}, { variant: 'media' }).tweet_create_events
    expect(photo.extended_entities?.media).toMatchObject([{ type: 'photo' }])
    expect(photo.text.endsWith(` ${photo.extended_entities?.media?.[0]?.url}`)).toBe(true)
    const [video] = buildDelivery('tweet_create', {}, { variant: 'video' }).tweet_create_events
    expect(video.entities?.media).toMatchObject([{ type: 'photo' }])
    expect(video.extended_entities?.media).toMatchObject([
      { type: 'video', video_info: { aspect_ratio: [16, 9], duration_millis: expect.any(Number) } },
    ])
    const activity = activityOf(onlyEvent(buildDelivery('post.mention.create', {}, { variant: 'media' })))
    expect(activity).toMatchObject({ kind: 'mention', media: [{ type: 'photo', altText: expect.any(String) }] })
  })

  it('have a text that X cuts, with the mention after the cut', () => {
    const body = buildDelivery('tweet_create', {}, { variant: 'long_text' })
    const [post] = body.tweet_create_events
    expect(post).toMatchObject({ truncated: true, text: expect.stringMatching(/… https:\/\/t\.co\/\w+$/) })
    expect(post.entities?.user_mentions).toEqual([])
    expect(fullText(post)).toContain(' &amp; ')
    expect(Array.from(fullText(post)).length).toBeGreaterThan(280)
    expect(post.extended_tweet?.entities?.user_mentions?.map((user) => idOf(user))).toEqual([body.for_user_id])
    const v2 = buildDelivery('post.mention.create', {}, { variant: 'long_text' }).data.payload
    expect(unescapeText(v2.note_tweet?.text ?? '')).toBe(unescapeText(fullText(post)))
  })

  it('of direct_message have what their names say', () => {
    const data = (variant: (typeof deliveryVariants.direct_message)[number]) =>
      buildDelivery('direct_message', {}, { variant }).direct_message_events[0].message_create.message_data
    expect(data('media').attachment).toMatchObject({ type: 'media', media: { type: 'photo' } })
    expect(data('gif').attachment).toMatchObject({
      media: { type: 'animated_gif', video_info: { variants: [{ bitrate: 0 }] } },
    })
    expect(data('location').attachment).toMatchObject({ type: 'location', location: { type: 'shared_coordinate' } })
    expect(data('quick_reply').quick_reply?.options?.map(({ label }) => label)).toEqual(['Rye', 'Sourdough'])
    expect(data('quick_reply_response')).toMatchObject({ text: 'Rye', quick_reply_response: { type: 'options' } })
    expect(data('buttons').ctas).toMatchObject([
      { type: 'web_url', tco_url: expect.stringMatching(/^https:\/\/t\.co\//) },
    ])
  })

  it('name the app that sent a message only to the sender', () => {
    const outgoing = buildDelivery('direct_message', {}, { variant: 'outgoing' })
    const appId = outgoing.direct_message_events[0].message_create.source_app_id ?? ''
    expect(outgoing.apps?.[appId]).toMatchObject({ id: appId })
    expect(buildDelivery('direct_message')).not.toHaveProperty('apps')
  })

  it('are listed, the default first', () => {
    expect(deliveryVariants.replay_job_status).toEqual(['complete', 'incomplete'])
    expect(deliveryVariants.tweet_delete).toEqual([])
    expect(buildDelivery('replay_job_status').replay_job_status.job_state).toBe('Complete')
  })

  it('name the filter of a like, as X does', () => {
    expect(buildDelivery('like.create').data.filter.direction).toBe('inbound')
    const { data } = buildDelivery('like.create', {}, { variant: 'outgoing' })
    expect(data.filter.direction).toBe('outbound')
    expect(onlyEvent({ data })).toMatchObject({ direction: 'outgoing', userId: data.filter.user_id })
  })

  it('take the id of a post as that of the event where X does', () => {
    // Observed by https://github.com/vercel/chat (packages/adapter-x, sample messages).
    for (const type of ['post.create', 'post.mention.create'] as const) {
      const { data } = buildDelivery(type)
      expect(data.event_uuid).toBe(data.payload.id)
    }
    expect(buildDelivery('post.reply.create').data.event_uuid).toMatch(/^-?\d+$/)
  })
})

// The members in the order of X's documentation and of deliveries that were recorded.
describe('the form', () => {
  it.each([
    [buildDelivery('tweet_create'), ['for_user_id', 'user_has_blocked', 'tweet_create_events']],
    [buildDelivery('tweet_create', {}, { variant: 'post' }), ['for_user_id', 'tweet_create_events']],
    [buildDelivery('direct_message'), ['for_user_id', 'direct_message_events', 'users']],
    [
      buildDelivery('direct_message', {}, { variant: 'outgoing' }),
      ['for_user_id', 'direct_message_events', 'apps', 'users'],
    ],
    [buildDelivery('follow').follow_events[0], ['type', 'created_timestamp', 'target', 'source']],
    [buildDelivery('favorite').favorite_events[0], ['id', 'created_at', 'timestamp_ms', 'favorited_status', 'user']],
    [buildDelivery('tweet_delete').tweet_delete_events[0], ['status', 'timestamp_ms']],
    [buildDelivery('user_revoke').user_event.revoke, ['date_time', 'target', 'source']],
    [
      buildDelivery('direct_message_mark_read').direct_message_mark_read_events[0],
      ['created_timestamp', 'sender_id', 'target', 'last_read_event_id'],
    ],
    [
      buildDelivery('replay_job_status').replay_job_status,
      ['webhook_id', 'job_state', 'job_state_description', 'job_id'],
    ],
    [buildDelivery('post.create').data, ['event_uuid', 'filter', 'event_type', 'tag', 'payload', 'includes']],
    [buildDelivery('follow.follow').data, ['event_uuid', 'filter', 'event_type', 'tag', 'payload']],
    [buildDelivery('oauth.revoke').data, ['event_uuid', 'filter', 'event_type', 'payload']],
    [buildDelivery('filtered_post'), ['data', 'includes', 'matching_rules']],
    [
      buildDelivery('like.create').data.payload,
      ['id', 'created_at', 'timestamp_ms', 'liked_tweet_id', 'liked_tweet_author_id'],
    ],
    [
      buildDelivery('broadcast.end').data.payload,
      [
        'user',
        'broadcast_id',
        'event_timestamp_ms',
        'event_timestamp_ms_str',
        'title',
        'broadcast_state',
        'created_timestamp_ms',
        'created_timestamp_ms_str',
        'updated_timestamp_ms',
        'updated_timestamp_ms_str',
        'duration_ms',
        'duration_ms_str',
        'language',
        'thumbnail_url',
        'available_for_replay',
      ],
    ],
  ])('has the members of X in their order: %#', (object, keys) => {
    expect(Object.keys(object)).toEqual(keys)
  })

  it('has users in the three forms of the Account Activity API', () => {
    const [post] = buildDelivery('tweet_create').tweet_create_events
    expect(post.user).toMatchObject({ id: expect.any(Number), id_str: expect.any(String), url: null, lang: null })
    const [{ source }] = buildDelivery('follow').follow_events
    expect(source).toMatchObject({ id: expect.any(String), url: '', profile_link_color: -1 })
    expect(source).not.toHaveProperty('id_str')
    const { users, direct_message_events } = buildDelivery('direct_message')
    const sender = users[direct_message_events[0].message_create.sender_id]
    expect(sender).toMatchObject({ created_timestamp: expect.any(String) })
    expect(sender).not.toHaveProperty('url')
  })

  it('wraps the users of the X Activity API where X does, and leaves out ids there', () => {
    const flat = buildDelivery('post.create').data.includes?.users?.[0]
    expect(flat).toMatchObject({ pinned_tweet_id: expect.any(String), affiliation: { user_id: [expect.any(String)] } })
    const { target } = buildDelivery('follow.follow').data.payload
    expect(target).toMatchObject({ data: { affiliation: { description: expect.any(String) } } })
    expect(target).not.toHaveProperty('data.pinned_tweet_id')
    expect(target).not.toHaveProperty('data.affiliation.user_id')
    expect(buildDelivery('post.delete').data.includes?.users).toMatchObject([{ data: { id: expect.any(String) } }])
  })
})

describe('overrides', () => {
  it('change members at any depth, and leave the others', () => {
    const body = buildDelivery('tweet_create', { tweet_create_events: [{ text: 'Hi', user: { name: 'Ada' } }] })
    expect(body.tweet_create_events[0]).toMatchObject({
      text: 'Hi',
      user: { name: 'Ada', screen_name: 'mira_sketches' },
    })
  })

  it('are not changed, and neither is what another call returns', () => {
    const overrides = { tweet_create_events: [{ user: { name: 'Ada' } }] }
    buildDelivery('tweet_create', overrides)
    expect(overrides).toEqual({ tweet_create_events: [{ user: { name: 'Ada' } }] })
    const first = buildDelivery('direct_message', {}, { variant: 'outgoing' })
    for (const app of Object.values(first.apps ?? {})) Object.assign(app, { name: 'changed' })
    expect(JSON.stringify(buildDelivery('direct_message', {}, { variant: 'outgoing' }))).not.toContain('changed')
  })

  it('of the account make the whole body one of that account', () => {
    const message = buildDelivery('direct_message', { for_user_id: '12' })
    expect(message.direct_message_events[0].message_create.target.recipient_id).toBe('12')
    expect(message.users['12']).toMatchObject({ id: '12', screen_name: 'linden_bakery' })
    const mention = buildDelivery('post.mention.create', { data: { filter: { user_id: '12' } } })
    expect(mention.data.payload.entities?.mentions).toMatchObject([{ id: '12' }])
    const revoke = buildDelivery('oauth.revoke', { data: { payload: { user_id: '12' } } })
    expect(onlyEvent(revoke)).toMatchObject({ userId: '12' })
  })

  it('give whatever JSON they are, never an error', () => {
    fc.assert(
      fc.property(fc.constantFrom(...eventTypes), fc.dictionary(fc.string(), fc.jsonValue()), (type, overrides) => {
        const body = buildDelivery(type as 'follow', { for_user_id: '12', ...overrides } as never)
        for (const [key, value] of Object.entries(overrides)) {
          if (key in buildDelivery(type)) continue
          expect(JSON.stringify(Object.getOwnPropertyDescriptor(body, key)?.value)).toBe(JSON.stringify(value))
        }
        expect(Object.getPrototypeOf(body)).toBe(Object.prototype)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what is refused', () => {
  it('is a type that does not exist: the message lists those that do', () => {
    const call = () => buildDelivery('tweet_creat' as 'tweet_create')
    expect(call).toThrow(TypeError)
    expect(call).toThrow(/^"type" must be "tweet_create" or "tweet_delete" or .* or "unknown", got "tweet_creat"$/)
  })

  it.each([undefined, null, 7, {}, 'constructor', '__proto__'])('is the type %o', (type) => {
    expect(() => buildDelivery(type as 'follow')).toThrow(/^"type" must be "tweet_create" or /)
  })

  it('is a variant that does not exist: the message lists those that do', () => {
    const call = () => buildDelivery('follow', {}, { variant: 'media' as 'incoming' })
    expect(call).toThrow(TypeError)
    expect(call).toThrow('"variant" of "follow" must be "incoming" or "outgoing", got "media"')
  })

  it.each([null, 7, {}, '', 'constructor', 'toString'])('is the variant %o', (variant) => {
    expect(() => buildDelivery('follow', {}, { variant: variant as 'incoming' })).toThrow(
      /^"variant" of "follow" must be/,
    )
  })

  it('is a variant of a type that has one form', () => {
    expect(() => buildDelivery('tweet_delete', {}, { variant: 'media' as never })).toThrow(
      new TypeError('"variant" must not be set: "tweet_delete" has no variants, got "media"'),
    )
  })

  it.each([null, 7, 'media', []])('are the options %o', (options) => {
    expect(() => buildDelivery('follow', {}, options as never)).toThrow(/^"options" must be an object/)
  })

  it.each([null, 7, 'text', [], new Map()])('are the overrides %o', (overrides) => {
    expect(() => buildDelivery('follow', overrides as never)).toThrow(/^"overrides" must be an object/)
  })
})
