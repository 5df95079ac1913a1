import { describe, expect, test } from 'vitest'
import { type Client, createClient } from '../../../../src/client/create-client.ts'
import type { ActivitySubscriptionInput } from '../../../../src/endpoints/activity/create-activity-subscription.ts'
import { accountId, subscription, subscriptionId, wireSubscription } from '../../../support/activity-values.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { htmlPage, id, invalidIds } from '../../../support/endpoint-values.ts'
import { expectSigned } from '../../../support/signed-by.ts'
import { alice, mockXApi, patientOptions, refusal, type Script, secrets } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const mention: ActivitySubscriptionInput = {
  eventType: 'post.mention.create',
  filter: { userId: accountId },
  tag: 'mentions of @XDevelopers',
  webhookId: id,
}
const created: Script = { json: { data: { subscription: wireSubscription } } }
const create = (client: Client, input: object, options?: object) =>
  client.activity.subscriptions.create(input as ActivitySubscriptionInput, options)
const { user: _, ...appOnly } = patientOptions()
const bearer = `Bearer ${secrets.bearerToken}`

describeV2(x, 'activity.subscriptions.create', {
  call: (client, options) => create(client, mention, options),
  sends: 'POST /2/activity/subscriptions',
  body: {
    event_type: 'post.mention.create',
    filter: { user_id: accountId },
    tag: 'mentions of @XDevelopers',
    webhook_id: id,
  },
  isSigned: true,
  accepts: [
    [created, subscription],
    [{ json: { data: { subscription: wireSubscription }, meta: { total_subscriptions: 1 } } }, subscription],
    [{ json: { data: { subscription: wireSubscription, total_subscriptions_for_instance_id: '1' } } }, subscription],
    [{ status: 201, json: { data: [wireSubscription], meta: { total_subscriptions: 1 } } }, subscription],
    [{ json: { data: wireSubscription } }, subscription],
    [{ json: wireSubscription }, subscription],
    // Version 2.167 requires no member. What the request had is taken from it.
    [
      { json: { data: { subscription: { subscription_id: subscriptionId } } } },
      { id: subscriptionId, eventType: 'post.mention.create', filter: { userId: accountId } },
    ],
    [{ json: { data: wireSubscription, errors: [{ title: 'A warning' }] } }, subscription],
  ],
  rejects: [
    [htmlPage, ['']],
    [{ json: { data: { subscription: { ...wireSubscription, updated_at: 'soon' } } } }, ['updated_at']],
  ],
})

describe('activity.subscriptions.create without a subscription in the response', () => {
  const others = [
    { ...wireSubscription, subscription_id: '1', event_type: 'post.create' },
    { ...wireSubscription, subscription_id: '2', filter: { user_id: '99' } },
    { ...wireSubscription, subscription_id: '3', filter: { user_id: accountId, direction: 'inbound' } },
  ]
  const list = (...entries: object[]): Script => ({ json: { data: entries } })

  test.each<readonly [string, Script]>([
    ['a 204', { status: 204 }],
    ['an empty text', { text: '' }],
    ['an empty object', { json: {} }],
    ['an empty list', { json: { data: [], meta: { total_subscriptions: 4 } } }],
  ])('looks it up after %s', async (_, response) => {
    x.answers(response, list(...others, wireSubscription))
    expect(await create(createClient(patientOptions()), mention)).toEqual(subscription)
    expect(x.requests[1]).toMatchObject({
      method: 'GET',
      path: `/2/activity/subscriptions?max_results=1000&user_id=${accountId}`,
      authorization: bearer,
    })
  })

  test('rejects with a ResponseError if it is not in the list', async () => {
    x.answers({ status: 204 }, list(...others))
    await expect(create(createClient(patientOptions()), mention)).rejects.toMatchObject({
      name: 'ResponseError',
      endpoint: 'activity.subscriptions.create',
      issues: [{ path: ['data'], message: 'must have a subscription' }],
    })
  })

  test.each<readonly [string, Script]>([
    ['DuplicateSubscription', refusal('DuplicateSubscription: Subscription already exists')],
    ['the name of the Account Activity API', refusal('DuplicateSubscriptionFailed: Subscription already exists')],
    ['wording', refusal('A subscription with this filter already exists.')],
    ['409', { status: 409, json: { title: 'Conflict', type: 'https://api.x.com/2/problems/conflict' } }],
  ])('returns the existing one for a duplicate, recognised by %s', async (_, response) => {
    x.answers(response, list(...others, wireSubscription))
    expect(await create(createClient(patientOptions()), mention)).toEqual(subscription)
  })

  test('rejects with DuplicateSubscription if the existing one is not in the list', async () => {
    x.answers(refusal('DuplicateSubscription: Subscription already exists'), list(...others))
    await expect(create(createClient(patientOptions()), mention)).rejects.toMatchObject({
      name: 'ApiError',
      reason: 'DuplicateSubscription',
      message:
        'The call activity.subscriptions.create failed: DuplicateSubscription (HTTP 400). Subscription already exists. The app is subscribed to this event type with this filter already. List the activity subscriptions and use the existing one.',
    })
  })

  test('returns what the first attempt created, if its response was lost', async () => {
    x.answers(
      { network: 'lost' },
      refusal('DuplicateSubscription: Subscription already exists'),
      list(wireSubscription),
    )
    expect(await create(createClient(patientOptions()), mention)).toEqual(subscription)
  })

  test('compares qualifiers in any order, and the older name of an event type', async () => {
    const qualifiers = { post_id: '1', language: 'en' }
    const sent = { event_type: 'chat.conversation.join', filter: { qualifiers: { language: 'en', post_id: '1' } } }
    x.answers({ status: 204 }, list({ ...wireSubscription, ...sent }))
    const found = create(createClient(patientOptions()), {
      eventType: 'chat.conversation_join',
      filter: { qualifiers },
    })
    expect(await found).toMatchObject({ id: subscriptionId, eventType: 'chat.conversation.join' })
  })
})

describe('activity.subscriptions.create fails', () => {
  test.each<readonly [string, Script, RegExp]>([
    [
      'OauthAccessTokenRequired',
      refusal('OauthAccessTokenRequired: OAuth user access token is required for this event type'),
      /Pass the token of the user in filter\.userId as \{ user \}/,
    ],
    ['SubscriptionLimitExceeded', refusal('SubscriptionLimitExceeded: Too many'), /ask X for a higher limit/],
    ['SubscriptionLimitExceeded', { status: 403, json: { detail: 'Too many subscriptions.' } }, /higher limit/],
    ['WebhookIdInvalid', refusal('WebhookIdInvalid: no such webhook'), /List the webhooks/],
    ['Forbidden', { status: 403, json: { title: 'Forbidden', type: 'about:blank' } }, /Check the plan/],
    ['Unknown', refusal('$.filter: is missing but it is required'), /^$/],
  ])('with reason %s', async (reason, response, hint) => {
    x.answers(response)
    const error: unknown = await create(createClient(patientOptions()), mention).catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ApiError', endpoint: 'activity.subscriptions.create', reason })
    expect((error as { hint?: string }).hint ?? '').toMatch(hint)
  })

  test('with the 403 for one token, without trying the other', async () => {
    const forbidden = { status: 403, json: { type: 'https://api.x.com/2/problems/unsupported-authentication' } }
    x.answers(forbidden, forbidden)
    await expect(create(createClient(patientOptions()), mention)).rejects.toMatchObject({ reason: 'Forbidden' })
    const post = { eventType: 'post.create', filter: { userId: accountId } }
    await expect(create(createClient(patientOptions()), post)).rejects.toMatchObject({ reason: 'Forbidden' })
    expect(x.requests.map(({ authorization }) => authorization.split(' ')[0])).toEqual(['OAuth', 'Bearer'])
  })
})

describe('the token for activity.subscriptions.create', () => {
  // The lists of public and private events: https://docs.x.com/x-api/activity/introduction
  const publicTypes = ['post.create', 'post.delete', 'profile.update.bio', 'broadcast.start', 'spaces.end', 'news.new']
  const privateTypes = [
    'like.create',
    'post.mention.create',
    'post.reply.create',
    'post.quote.create',
    'post.repost.create',
    'mute.mute',
    'block.unblock',
    'dm.received',
    'dm.sent',
    'chat.received',
    'chat.conversation_join',
    'broadcast.chat',
    'subscriptions.subscribe',
  ]
  const input = (eventType: string) => ({ eventType, filter: { userId: accountId } })

  test.each([...publicTypes, 'oauth.revoke', 'some.new.type', 'constructor'])(
    'is the bearer token for %s, also if the client has a user',
    async (eventType) => {
      x.answers(created)
      await create(createClient(patientOptions()), input(eventType))
      expect(x.requests[0]?.authorization).toBe(bearer)
    },
  )

  test.each([...publicTypes, 'some.new.type', 'follow.follow'])(
    'is the token of the user for %s, if the call has one',
    async (eventType) => {
      x.answers(created)
      await create(createClient(appOnly), input(eventType), { user: alice })
      expectSigned(x.requests[0])
    },
  )

  test.each(privateTypes)('is the token of the user for %s', async (eventType) => {
    x.answers(created, created)
    await create(createClient(patientOptions()), input(eventType))
    await create(createClient(appOnly), input(eventType), { user: { bearerToken: 'alice-oauth2' } })
    expectSigned(x.requests[0])
    expect(x.requests[1]?.authorization).toBe('Bearer alice-oauth2')
  })

  test.each(privateTypes)('is missing for %s: nothing is sent', async (eventType) => {
    const call = create(createClient(appOnly), input(eventType))
    await expect(call).rejects.toThrow(TypeError)
    await expect(call).rejects.toThrow(
      /private: X requires the token .* Pass \{ user \} to the call, or the option "user"/,
    )
    expect(x.requests).toEqual([])
  })

  test('depends on the client for follow.*', async () => {
    x.answers(created, created, created)
    await create(createClient(patientOptions()), input('follow.follow'))
    await create(createClient(appOnly), input('follow.unfollow'))
    await create(createClient(appOnly).as(alice), input('follow.unfollow'))
    expectSigned(x.requests[0])
    expect(x.requests[1]?.authorization).toBe(bearer)
    expectSigned(x.requests[2])
  })
})

describe('the input of activity.subscriptions.create', () => {
  const post = { eventType: 'post.create', filter: { userId: accountId } }

  test.each([
    [new Date(Date.UTC(2026, 11, 31)), '2026-12-31T00:00:00.000Z'],
    ['2026-12-31T00:00:00Z', '2026-12-31T00:00:00.000Z'],
    ['2026-12-31T01:00:00.5+01:00', '2026-12-31T00:00:00.500Z'],
  ])('has an expiresAt of %s', async (expiresAt, expires_at) => {
    x.answers(created)
    await create(createClient(patientOptions()), { ...post, expiresAt })
    expect(JSON.parse(x.requests[0]?.body ?? '')).toEqual({
      event_type: 'post.create',
      filter: { user_id: accountId },
      expires_at,
    })
  })

  test('has every kind of filter', async () => {
    x.answers(created, created, created)
    const client = createClient(patientOptions())
    await create(client, { eventType: 'news.new', filter: { keyword: 'k'.repeat(150) } })
    const filter = { userId: '1', direction: 'outbound', qualifiers: { post_id: '2' } }
    await create(client, { eventType: 'like.create', filter, tag: '😀'.repeat(200) })
    await create(client, { eventType: 'oauth.revoke', filter: {} })
    expect(x.requests.map(({ body }) => JSON.parse(body).filter)).toEqual([
      { keyword: 'k'.repeat(150) },
      { user_id: '1', direction: 'outbound', qualifiers: { post_id: '2' } },
      {},
    ])
  })

  test.each<readonly [string, unknown, typeof TypeError | typeof RangeError, RegExp]>([
    ['undefined', undefined, TypeError, /"subscription" must/],
    ['an array', [], TypeError, /"subscription" must/],
    ['no event type', { filter: {} }, TypeError, /"eventType" must/],
    ['an empty event type', { eventType: '', filter: {} }, RangeError, /"eventType" must/],
    ['no filter', { eventType: 'post.create' }, TypeError, /"filter" must/],
    ['a filter with a name of the wire', { ...post, filter: { user_id: '1' } }, TypeError, /"filter" must only have/],
    ['an empty keyword', { ...post, filter: { keyword: '' } }, RangeError, /"filter.keyword" must/],
    ['a keyword of 151', { ...post, filter: { keyword: 'k'.repeat(151) } }, RangeError, /at most 150 characters/],
    [
      'a direction of the events',
      { ...post, filter: { direction: 'incoming' } },
      RangeError,
      /"filter.direction" must/,
    ],
    ['qualifiers that are a text', { ...post, filter: { qualifiers: 'post_id' } }, TypeError, /"filter.qualifiers"/],
    [
      'a qualifier that is a number',
      { ...post, filter: { qualifiers: { a: 1 } } },
      TypeError,
      /hold strings, got number/,
    ],
    ['an empty tag', { ...post, tag: '' }, RangeError, /"tag" must not be empty/],
    ['a tag of 201', { ...post, tag: 't'.repeat(201) }, RangeError, /"tag" must have at most 200 characters/],
    ['an invalid date', { ...post, expiresAt: new Date(Number.NaN) }, RangeError, /"expiresAt" must be a valid time/],
    ['a time without a zone', { ...post, expiresAt: '2026-12-31T00:00:00' }, RangeError, /with a time zone/],
    ['a day that is not there', { ...post, expiresAt: '2026-13-31T00:00:00Z' }, RangeError, /a valid time/],
    ['milliseconds', { ...post, expiresAt: 1_798_675_200_000 }, TypeError, /must be a Date or a text/],
  ])('is refused before anything is sent: %s', async (_, input, Expected, message) => {
    const call = create(createClient(patientOptions()), input as object)
    await expect(call).rejects.toThrow(Expected)
    await expect(call).rejects.toThrow(message)
    expect(x.requests).toEqual([])
  })

  test.each(invalidIds.slice(1))(
    'is refused before anything is sent: an id that is %s',
    async (_, invalid, Expected) => {
      const client = createClient(patientOptions())
      for (const input of [
        { ...post, webhookId: invalid },
        { ...post, filter: { userId: invalid } },
      ]) {
        const call = create(client, input)
        await expect(call).rejects.toThrow(Expected)
        await expect(call).rejects.toThrow(/"(webhookId|filter\.userId)" must/)
      }
      expect(x.requests).toEqual([])
    },
  )
})
