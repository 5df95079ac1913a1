import { describe, expect, it } from 'vitest'
import type { Tier } from 'x-account-activity/emulator'
import { ActivityHarness, subscriptionsPath } from '../../../../support/emulator-activity.ts'
import { hookUrl, reasonOf } from '../../../../support/emulator-harness.ts'

// Event types and tokens: https://docs.x.com/x-api/activity/introduction

const publicTypes = ['profile.update.bio', 'post.create', 'post.delete', 'spaces.start', 'broadcast.end']
const privateTypes = [
  'like.create',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.repost.create',
  'mute.mute',
  'block.unblock',
  'dm.received',
  'dm.indicate_typing',
  'chat.sent',
  'broadcast.chat',
  'subscriptions.subscribe',
]

function setup(options = {}) {
  const harness = new ActivityHarness(options)
  const alice = harness.x.addUser({ screenName: 'alice' })
  const post = (body: unknown, token = harness.x.app.bearerToken) =>
    harness.withToken(token, 'POST', subscriptionsPath, body)
  return { harness, alice, post, body: (event_type: string) => ({ event_type, filter: { user_id: alice.id } }) }
}

/** The message of a refusal with status 400. */
async function messageOf(response: Response): Promise<string | undefined> {
  expect(response.status).toBe(400)
  return ((await response.json()) as { errors: { message: string }[] }).errors[0]?.message
}

describe('POST /2/activity/subscriptions', () => {
  it('answers with the subscription and the number of all', async () => {
    const { harness, alice } = setup()
    const webhookId = await harness.register()
    const response = await harness.asApp('POST', subscriptionsPath, {
      event_type: 'post.create',
      filter: { user_id: alice.id },
      tag: 'posts',
      webhook_id: webhookId,
      expires_at: '2026-11-22T10:30:00+01:00',
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      data: {
        subscription: {
          subscription_id: expect.stringMatching(/^\d{19}$/),
          event_type: 'post.create',
          filter: { user_id: alice.id },
          tag: 'posts',
          webhook_id: webhookId,
          created_at: '2026-11-21T09:30:00.250Z',
          updated_at: '2026-11-21T09:30:00.250Z',
          expires_at: '2026-11-22T09:30:00.000Z',
        },
      },
      meta: { total_subscriptions: 1 },
    })
  })

  it.each(publicTypes)('accepts the bearer token of the app for %s', async (type) => {
    const { post, body } = setup()
    expect((await post(body(type))).status).toBe(200)
  })

  it.each(publicTypes)('accepts the token of another user for %s', async (type) => {
    const { harness, post, body } = setup()
    expect((await post(body(type), harness.x.addUser({ screenName: 'bob' }).oauth2Token)).status).toBe(200)
  })

  it.each(privateTypes)('accepts for %s the token of the user only', async (type) => {
    const { harness, alice, post, body } = setup()
    expect(await messageOf(await post(body(type)))).toBe(
      'OauthAccessTokenRequired: OAuth user access token is required for this event type',
    )
    const other = await post(body(type), harness.x.addUser({ screenName: 'bob' }).oauth2Token)
    expect([other.status, await other.json()]).toMatchObject([403, { resource_id: alice.id }])
    expect((await post(body(type), alice.oauth2Token)).status).toBe(200)
  })

  it('accepts OAuth 1.0a', async () => {
    const { harness, alice, body } = setup()
    expect((await harness.signed(alice, 'POST', subscriptionsPath, body('dm.received'))).status).toBe(200)
  })

  it.each<[Tier, boolean]>([
    ['enterprise', true],
    ['premium', false],
    ['pay-per-use', false],
    ['sandbox', false],
  ])('follows and news with the bearer token on tier %s: %s', async (tier, isAccepted) => {
    const { post, body } = setup({ tier })
    const follows = await post(body('follow.follow'))
    expect(isAccepted ? follows.status : await reasonOf(follows)).toBe(isAccepted ? 200 : 'OauthAccessTokenRequired')
    const news = await post({ event_type: 'news.new', filter: { keyword: 'tea' } })
    expect(news.status).toBe(isAccepted ? 200 : 403)
    if (!isAccepted) expect(await news.json()).toMatchObject({ reason: 'client-not-enrolled' })
  })

  it('accepts the token of the user for follows on each tier', async () => {
    const { alice, post, body } = setup({ tier: 'pay-per-use' })
    expect((await post(body('follow.unfollow'), alice.oauth2Token)).status).toBe(200)
  })

  it.each([
    ['dm.sent', 'dm.read'],
    ['chat.received', 'dm.read'],
    ['like.create', 'like.read'],
    ['mute.unmute', 'mute.read'],
    ['block.block', 'block.read'],
    ['subscriptions.unsubscribe', 'follows.read'],
    ['post.mention.create', 'tweet.read'],
    ['profile.update.url', 'tweet.read'],
  ] as const)('requires for %s the scope %s', async (type, scope) => {
    const { harness, alice, post, body } = setup()
    const { oauth2Token } = await alice.authorize(harness.x.app, { scopes: ['users.read'] })
    const refused = await post(body(type), oauth2Token)
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { detail: `The access token must have the scopes [${scope}].` },
    ])
    expect(harness.x.requests.at(-1)).toMatchObject({ failedCheck: 'scopes' })
    const granted = await alice.authorize(harness.x.app, { scopes: [scope] })
    expect((await post(body(type), granted.oauth2Token)).status).toBe(200)
  })

  it('requires access to direct messages with OAuth 1.0a', async () => {
    const harness = new ActivityHarness()
    harness.x.configureApp({ permissions: 'read' })
    const alice = harness.x.addUser({ screenName: 'alice' })
    const body = (event_type: string) => ({ event_type, filter: { user_id: alice.id } })
    expect((await harness.signed(alice, 'POST', subscriptionsPath, body('dm.sent'))).status).toBe(403)
    expect(harness.x.requests.at(-1)).toMatchObject({ failedCheck: 'permissions' })
    expect((await harness.signed(alice, 'POST', subscriptionsPath, body('like.create'))).status).toBe(200)
  })

  it('refuses private events of a user whose subscriptions the app may not access', async () => {
    const { harness, alice, post, body } = setup()
    harness.x.configureApp({ deniedUsers: [alice] })
    expect((await post(body('like.create'), alice.oauth2Token)).status).toBe(403)
    expect((await post(body('post.create'), alice.oauth2Token)).status).toBe(200)
  })

  it('shows the current name of an event type that was renamed', async () => {
    const { harness, alice } = setup()
    expect(await harness.subscribeTo('chat.conversation_join', alice)).toMatchObject({
      event_type: 'chat.conversation.join',
    })
  })

  const user = { user_id: '1' }
  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'The body must be a JSON object'],
    ['an array', [], 'The body must be a JSON object'],
    ['no event type', { filter: user }, '$.event_type: is missing but it is required'],
    ['an empty event type', { event_type: '', filter: user }, '$.event_type: must be a string that is not empty'],
    // https://docs.x.com/changelog, 18 March 2026: the older names ended.
    ['an older name', { event_type: 'FollowFollow', filter: user }, '$.event_type: does not have a value in the enum'],
    ['a revocation', { event_type: 'oauth.revoke', filter: {} }, '$.event_type: does not have a value in the enum'],
    ['no filter', { event_type: 'post.create' }, '$.filter: is missing but it is required'],
    ['a filter that is a text', { event_type: 'post.create', filter: '1' }, '$.filter: must be an object'],
    ['an empty filter', { event_type: 'post.create', filter: {} }, '$.filter.user_id: is missing'],
    ['a keyword', { event_type: 'post.create', filter: { ...user, keyword: 'x' } }, '$.filter.keyword: is not supp'],
    ['a user for news', { event_type: 'news.new', filter: { keyword: 'x', ...user } }, '$.filter.user_id: is not supp'],
    ['no keyword', { event_type: 'news.new', filter: {} }, '$.filter.keyword: is missing'],
    [
      'a long keyword',
      { event_type: 'news.new', filter: { keyword: '🍵'.repeat(151) } },
      '$.filter.keyword: must be at most 150 characters long',
    ],
    ['a handle', { event_type: 'post.create', filter: { user_id: 'alice' } }, '$.filter.user_id: does not match'],
    [
      'an id of 20 digits',
      { event_type: 'post.create', filter: { user_id: '1'.repeat(20) } },
      '$.filter.user_id: does',
    ],
    ['an unknown member', { event_type: 'post.create', filter: user, x: 1 }, '$.x: is not defined in the schema'],
    ['an unknown filter', { event_type: 'post.create', filter: { ...user, x: 1 } }, '$.filter.x: is not defined in'],
    ['a direction', { event_type: 'like.create', filter: { ...user, direction: 'sent' } }, '$.filter.direction: does'],
    [
      'a direction of mutes',
      { event_type: 'mute.mute', filter: { ...user, direction: 'inbound' } },
      '$.filter.direction: is not supported for this event type',
    ],
    [
      'an unknown qualifier',
      { event_type: 'like.create', filter: { ...user, qualifiers: { x: '1' } } },
      '$.filter.qualifiers.x: is not supported',
    ],
    [
      'qualifiers that are a text',
      { event_type: 'like.create', filter: { ...user, qualifiers: 'x' } },
      '$.filter.qual',
    ],
    ['a number as tag', { event_type: 'post.create', filter: user, tag: 5 }, '$.tag: must be a string'],
    ['an empty tag', { event_type: 'post.create', filter: user, tag: '' }, '$.tag: must be a string'],
    ['a long tag', { event_type: 'post.create', filter: user, tag: 'x'.repeat(201) }, '$.tag: must be at most 200'],
    ['a webhook URL', { event_type: 'post.create', filter: user, webhook_id: hookUrl }, '$.webhook_id: does not match'],
    ['an unknown webhook', { event_type: 'post.create', filter: user, webhook_id: '9' }, 'WebhookIdInvalid: '],
    ['a date', { event_type: 'post.create', filter: user, expires_at: '2027-01-01' }, '$.expires_at: must be a valid'],
    [
      'no time zone',
      { event_type: 'post.create', filter: user, expires_at: '2027-01-01T00:00:00' },
      '$.expires_at: must be a valid RFC 3339 date-time',
    ],
    [
      'a day that does not exist',
      { event_type: 'post.create', filter: user, expires_at: '2027-13-01T00:00:00Z' },
      '$.expires_at: must be a valid RFC 3339 date-time',
    ],
    [
      'an end that is now',
      { event_type: 'post.create', filter: user, expires_at: '2026-11-21T09:30:00.250Z' },
      '$.expires_at: must be in the future',
    ],
  ])('refuses %s', async (_, body, message) => {
    const { post } = setup()
    expect(await messageOf(await post(body))).toContain(message)
  })

  it('accepts a tag, a keyword and an end at their limits', async () => {
    const { post } = setup()
    const news = { event_type: 'news.new', filter: { keyword: '🍵'.repeat(150) }, tag: 'x'.repeat(200) }
    expect((await post({ ...news, expires_at: '2026-11-21T09:30:00.251Z' })).status).toBe(200)
  })

  it('refuses the webhook of another app', async () => {
    const { harness, body } = setup()
    const webhook_id = await harness.register()
    const other = harness.x.addApp()
    const response = await harness.asApp('POST', subscriptionsPath, { ...body('post.create'), webhook_id }, other)
    expect(await reasonOf(response)).toBe('WebhookIdInvalid')
  })
})
