import assert from 'node:assert/strict'
import { ApiError, Client, OAuth1 } from '@xdevplatform/xdk'
import { type AutohookServer, openAutohookServer } from './autohook-server.ts'
import { describeRefusal } from './describe-refusal.ts'
import { type EmulatedApp, type EmulatedUser, type EmulatorOptions, serveEmulator } from './emulator.ts'
import { createReplayWindow } from './replay-window.ts'
import { afterScenario, type Scenarios } from './scenario.ts'
import { createSetup, type Setup } from './setup.ts'
import { openTwitterWebhooksServer } from './twitter-webhooks-server.ts'

/** The client has an option for the base URL, so it connects to the emulator directly. */
export const client = '@xdevplatform/xdk, with its base URL'

export const scenarios: Scenarios = {
  async 'registers a webhook, whose server receives a CRC request'() {
    const { app, server } = await open()
    const { data } = await app.webhooks.create({ url: server.url })
    assert.match(data?.id ?? '', /^[0-9]{1,19}$/)
    assert.match(data?.createdAt ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.deepEqual([data?.url, data?.valid], [server.url, true])
    assert.deepEqual(server.requests, ['signed GET'])
  },

  async 'registers with the tokens of the owner'() {
    const { x, server, as } = await open()
    const { data } = await as(x.app).webhooks.create({ url: server.url })
    assert.equal(data?.valid, true)
  },

  async 'lists, validates and deletes a webhook'() {
    const { app, server, webhookId } = await openWithWebhook()
    const listed = await app.webhooks.get({ webhookConfigFields: ['url', 'valid'] })
    assert.deepEqual(
      listed.data?.map(({ id, url, valid }) => ({ id, url, valid })),
      [{ id: webhookId, url: server.url, valid: true }],
    )
    assert.deepEqual(await app.webhooks.validate(webhookId), { data: { valid: true } })
    assert.deepEqual(server.requests, ['signed GET', 'signed GET'])
    assert.deepEqual(await app.webhooks.delete(webhookId), { data: { deleted: true } })
    assert.deepEqual(await app.webhooks.get(), { data: [], meta: { resultCount: 0 } })
  },

  async 'links a webhook to the filtered stream and unlinks it'() {
    const { app, webhookId } = await openWithWebhook()
    assert.deepEqual(await app.webhooks.createStreamLink(webhookId), { data: { provisioned: true } })
    const { data } = await app.webhooks.getStreamLinks()
    assert.deepEqual(
      data?.map((link) => link.webhookId),
      [webhookId],
    )
    assert.deepEqual(await app.webhooks.deleteStreamLink(webhookId), { data: { deleted: true } })
    assert.deepEqual(await app.webhooks.getStreamLinks(), { data: [] })
  },

  async 'subscribes, checks, lists and counts'() {
    const { x, app, as, alice, server, webhookId } = await openWithWebhook()
    const aliceClient = as(alice).accountActivity
    assert.deepEqual(await aliceClient.validateSubscription(webhookId), { data: { subscribed: false } })
    assert.deepEqual(await aliceClient.createSubscription(webhookId, {}), { data: { subscribed: true } })
    assert.deepEqual(await aliceClient.validateSubscription(webhookId), { data: { subscribed: true } })
    const { data: list } = await app.accountActivity.getSubscriptions(webhookId)
    // The type of the client has more fields than the documentation of X, and keys that are not in camel case.
    assert.deepEqual(list, {
      applicationId: x.app.id,
      webhookId,
      webhookUrl: server.url,
      subscriptions: [{ userId: alice.id }],
    })
    const { data: count } = await app.accountActivity.getSubscriptionCount()
    assert.deepEqual(count, {
      accountName: 'app_owner',
      provisionedCount: '5000',
      subscriptionsCountAll: '1',
      subscriptionsCountDirectMessages: '0',
    })
  },

  async 'subscribes with an OAuth 2.0 token of a user'() {
    const { alice, baseUrl, webhookId } = await openWithWebhook()
    const client = new Client({ baseUrl, accessToken: alice.oauth2Token }).accountActivity
    assert.deepEqual(await client.createSubscription(webhookId, {}), { data: { subscribed: true } })
    assert.deepEqual(await client.validateSubscription(webhookId), { data: { subscribed: true } })
  },

  async 'receives the events of its subscribed users until it unsubscribes'() {
    const { x, app, as, alice, bob, server, webhookId } = await openWithWebhook()
    await as(alice).accountActivity.createSubscription(webhookId, {})
    const post = await alice.post('Fish & chips, 5 < 7, für @bob ☕')
    await x.idle()
    const message = await bob.message(alice, 'On my way')
    await x.idle()
    assert.deepEqual(server.receivedEvents(), [
      [alice.id, 'tweet_create_events', post.id_str],
      [alice.id, 'direct_message_events', message.id],
    ])
    assert.match(JSON.stringify(server.events), /"Fish &amp; chips, 5 &lt; 7, für @bob ☕"/)

    const unsubscribed = await app.accountActivity.deleteSubscription(webhookId, alice.id)
    assert.deepEqual(unsubscribed, { data: { subscribed: false } })
    await alice.post('Not delivered')
    await x.idle()
    assert.equal(server.events.length, 2)
  },

  async 'replays events of the last day'() {
    const { x, app, as, alice, server, webhookId } = await openWithWebhook()
    await as(alice).accountActivity.createSubscription(webhookId, {})
    const post = await alice.post('Again, please')
    await x.idle()
    const [fromDate, toDate] = await createReplayWindow(x)
    const job = await app.webhooks.createWebhookReplayJob({ webhookId, fromDate, toDate })
    assert.match(job.data?.jobId ?? '', /^[0-9]{1,19}$/)
    await x.idle()
    const posted = [alice.id, 'tweet_create_events', post.id_str]
    assert.deepEqual(server.receivedEvents().slice(0, 2), [posted, posted])
    assert.deepEqual(server.events[2]?.replay_job_status, {
      webhook_id: webhookId,
      job_state: 'Complete',
      job_state_description: 'Job completed successfully',
      job_id: job.data?.jobId,
    })
  },

  async 'creates, lists, changes and deletes subscriptions of the X Activity API'() {
    const { x, app, as, alice, webhookId } = await openWithWebhook()
    const filter = { userId: alice.id }
    const { data } = await app.activity.createSubscription({ eventType: 'post.create', filter, tag: 'own', webhookId })
    const posts = data?.subscription
    assert.deepEqual(
      [posts?.eventType, posts?.filter, posts?.tag, posts?.webhookId],
      ['post.create', filter, 'own', webhookId],
    )
    const mentions = await as(alice).activity.createSubscription({
      eventType: 'post.mention.create',
      filter,
      webhookId,
    })
    const listed = await app.activity.getSubscriptions()
    assert.deepEqual(
      listed.data?.map(({ eventType }) => eventType),
      ['post.create', 'post.mention.create'],
    )

    const ids = [posts, mentions.data?.subscription].map((one) => one?.subscriptionId ?? '')
    const updated = await app.activity.updateSubscription(ids[0] ?? '', { tag: 'changed' })
    assert.equal(updated.data?.subscription?.tag, 'changed')
    const post = await alice.post('For the newer API')
    await x.idle()
    assert.match(x.deliveries.at(-1)?.body ?? '', new RegExp(`"event_type":"post.create".*"id":"${post.id_str}"`))

    assert.deepEqual((await app.activity.deleteSubscription(ids[0] ?? '')).data, { deleted: true })
    const deleted = await app.activity.deleteSubscriptionsByIds([ids[1] ?? ''])
    assert.deepEqual(deleted.data, [{ subscriptionId: ids[1], deleted: true }])
    assert.deepEqual((await app.activity.getSubscriptions()).data ?? [], [])
  },

  async 'reads why a subscription of the X Activity API is refused'() {
    const { app, alice, webhookId } = await openWithWebhook()
    const filter = { userId: alice.id }
    const create = (eventType: 'post.create' | 'dm.received') =>
      app.activity.createSubscription({ eventType, filter, webhookId })
    assert.match(await refusal(create('dm.received')), /^400 OauthAccessTokenRequired: /)
    await create('post.create')
    assert.match(await refusal(create('post.create')), /^4\d\d DuplicateSubscription/)
  },

  async 'adds, lists, counts and deletes rules of the filtered stream'() {
    const { app } = await open({ tier: 'enterprise' })
    const added = await app.stream.updateRules({ add: [{ value: 'tea -coffee', tag: 'tea' }] })
    const [rule] = added.data ?? []
    assert.deepEqual([rule?.value, rule?.tag], ['tea -coffee', 'tea'])
    assert.deepEqual((await app.stream.getRules()).data, [rule])
    assert.equal(Number((await app.stream.getRuleCounts()).data?.projectRulesCount), 1)
    const deleted = await app.stream.updateRules({ delete: { ids: [rule?.id] } })
    assert.equal(deleted.meta?.summary?.deleted, 1)
    assert.deepEqual((await app.stream.getRules()).data ?? [], [])
  },

  async 'receives posts that match a rule over the filtered stream'() {
    const { x, app, alice } = await open()
    const added = await app.stream.updateRules({ add: [{ value: 'tea -coffee', tag: 'tea' }] })
    const connecting = app.stream.posts({ tweetFields: ['author_id'], expansions: ['author_id'] })
    while (((await app.connections.getConnectionHistory()).data ?? []).length === 0);
    // The client waits for the head of the response, which comes with the first keep-alive.
    await x.advance({ seconds: 15 })
    const stream = await connecting
    const events: unknown[] = []
    const closed = new Promise((resolve) => stream.on('close', resolve))
    stream.on('data', (event: unknown) => void events.push(event))
    await alice.post('Tea and coffee')
    const post = await alice.post('Tea for two')
    await app.connections.deleteByEndpoint('filtered_stream')
    await closed
    const id = post.id_str
    assert.deepEqual(events[0], {
      data: { id, text: 'Tea for two', edit_history_tweet_ids: [id], author_id: alice.id },
      includes: { users: [{ id: alice.id, name: 'alice', username: 'alice' }] },
      matching_rules: [{ id: added.data?.[0]?.id, tag: 'tea' }],
    })
    assert.match(JSON.stringify(events.slice(1)), /^\[\{"errors":\[.*"disconnect_type":"ForceDisconnect"/)
  },

  async 'receives events over the stream of the X Activity API'() {
    const { x, app, alice } = await open()
    const filter = { userId: alice.id }
    await app.activity.createSubscription({ eventType: 'post.create', filter, tag: 'own' })
    const missed = await alice.post('Before the connection')
    const stream = await app.stream.activity({ backfillMinutes: 5 })
    const events: unknown[] = []
    const closed = new Promise((resolve) => stream.on('close', resolve))
    stream.on('data', (event: unknown) => void events.push(event))
    const post = await alice.post('Over the stream')
    await x.advance({ seconds: 15 })
    await app.connections.deleteAll()
    await closed
    const summaries = (events as { data?: { event_type: string; tag: string; payload: { id: string } } }[]).flatMap(
      ({ data }) => (data === undefined ? [] : [[data.event_type, data.tag, data.payload.id]]),
    )
    assert.deepEqual(summaries, [
      ['post.create', 'own', missed.id_str],
      ['post.create', 'own', post.id_str],
    ])
    assert.match(JSON.stringify(events.at(-1)), /"disconnect_type":"ForceDisconnect"/)
  },

  async 'reads the reason for each refusal'() {
    const { app, as, alice, server, webhookId } = await openWithWebhook()
    const { accountActivity } = as(alice)
    await accountActivity.createSubscription(webhookId, {})
    const forged = await openTwitterWebhooksServer({ consumerSecret: 'another secret' })
    assert.match(await refusal(app.webhooks.create({ url: server.url })), /^400 DuplicateUrlFailed: /)
    assert.match(
      await refusal(app.webhooks.create({ url: forged.url })),
      /^400 CrcValidationFailed: .*Invalid `response_token`$/,
    )
    assert.match(await refusal(app.webhooks.create({ url: 'http://example.com/' })), /^400 UrlValidationFailed: /)
    assert.match(await refusal(app.webhooks.validate('1')), /^400 WebhookIdInvalid: /)
    assert.match(await refusal(app.webhooks.delete('1')), /^400 WebhookIdInvalid: /)
    assert.match(await refusal(accountActivity.createSubscription('1', {})), /^400 WebhookIdInvalid: /)
    assert.match(await refusal(accountActivity.createSubscription(webhookId, {})), /^400 DuplicateSubscriptionFailed: /)
    assert.match(await refusal(accountActivity.validateSubscription('1')), /^400 WebhookIdInvalid: /)
    assert.match(await refusal(app.accountActivity.getSubscriptions('1')), /^400 WebhookIdInvalid: /)
    assert.match(await refusal(app.accountActivity.deleteSubscription(webhookId, '1')), /^400 SubscriptionNotFound: /)
    const window = { webhookId, fromDate: '202001010000', toDate: '202001010100' }
    assert.match(await refusal(app.webhooks.createWebhookReplayJob(window)), /^400 QueryParamInvalid: /)
  },

  async 'reads that a limit is reached'() {
    const { app, as, alice, bob, server, webhookId } = await openWithWebhook({
      limits: { webhooks: 1, subscriptions: 1 },
    })
    assert.match(await refusal(app.webhooks.create({ url: server.url })), /^400 WebhookLimitExceeded: /)
    await as(alice).accountActivity.createSubscription(webhookId, {})
    assert.match(
      await refusal(as(bob).accountActivity.createSubscription(webhookId, {})),
      /^400 SubscriptionLimitExceeded: /,
    )
  },

  async 'reads that its credentials are wrong'() {
    const { x, alice, baseUrl, webhookId } = await openWithWebhook()
    const unknown = new Client({ baseUrl, bearerToken: 'AAAA' })
    assert.match(await refusal(unknown.webhooks.get()), /^401 Unauthorized$/)
    const forger = new Client({ baseUrl, oauth1: oauth1({ ...x.app, consumerSecret: 'another secret' }, alice) })
    assert.match(await refusal(forger.accountActivity.createSubscription(webhookId, {})), /^401 Unauthorized$/)
  },
}

/** The status, and the reason of X. */
function refusal(call: Promise<unknown>): Promise<string> {
  return describeRefusal(call, ApiError, ({ status, data }) => `${status} ${data.errors?.[0].message ?? data.detail}`)
}

interface XdkSetup extends Setup {
  readonly baseUrl: string
  /** A client with the bearer token of the app. */
  readonly app: Client
  /** A client with the OAuth 1.0a tokens of a user. */
  as(user: Tokens): Client
  readonly server: AutohookServer
}

async function open(options?: EmulatorOptions): Promise<XdkSetup> {
  const setup = createSetup(options)
  const { url: baseUrl, close } = await serveEmulator(setup.x)
  afterScenario(close)
  const { app } = setup.x
  return {
    ...setup,
    baseUrl,
    app: new Client({ baseUrl, bearerToken: app.bearerToken }),
    as: (user) => new Client({ baseUrl, oauth1: oauth1(app, user) }),
    server: await openAutohookServer(app),
  }
}

async function openWithWebhook(options?: EmulatorOptions): Promise<XdkSetup & { readonly webhookId: string }> {
  const setup = await open(options)
  const { data } = await setup.app.webhooks.create({ url: setup.server.url })
  return { ...setup, webhookId: data?.id ?? '' }
}

type Tokens = Pick<EmulatedUser, 'accessToken' | 'accessTokenSecret'>

function oauth1(app: EmulatedApp, { accessToken, accessTokenSecret }: Tokens): OAuth1 {
  const { consumerKey: apiKey, consumerSecret: apiSecret } = app
  return new OAuth1({ apiKey, apiSecret, callback: 'https://example.com/signed-in', accessToken, accessTokenSecret })
}
