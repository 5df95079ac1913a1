import assert from 'node:assert/strict'
import { ApiResponseError, TwitterApi } from 'twitter-api-v2'
import { type AutohookServer, openAutohookServer } from './autohook-server.ts'
import { describeRefusal } from './describe-refusal.ts'
import type { EmulatedUser, EmulatorOptions } from './emulator.ts'
import { createReplayWindow } from './replay-window.ts'
import type { Scenarios } from './scenario.ts'
import { createSetup, type Setup } from './setup.ts'

export const client = 'twitter-api-v2, with its built-in hosts'

export const scenarios: Scenarios = {
  async 'signs in as the app'() {
    const { x } = createSetup()
    const { consumerKey: appKey, consumerSecret: appSecret } = x.app
    const app = await new TwitterApi({ appKey, appSecret }).appLogin()
    assert.deepEqual(app.getActiveTokens(), { type: 'oauth2', bearerToken: x.app.bearerToken })
  },

  async 'v2: uses every call of a webhook and its subscriptions'() {
    const { x, app, as, alice, bob, server } = await open()
    const { data: webhook } = await app.v2.post('webhooks', { url: server.url })
    assert.deepEqual(server.requests, ['signed GET'])
    assert.deepEqual((await app.v2.get('webhooks')).data, [webhook])
    assert.deepEqual(await app.v2.put(`webhooks/${webhook.id}`), { data: { valid: true } })

    const path = `account_activity/webhooks/${webhook.id}/subscriptions`
    assert.deepEqual(await as(alice).v2.post(`${path}/all`), { data: { subscribed: true } })
    assert.deepEqual(await as(alice).v2.get(`${path}/all`), { data: { subscribed: true } })
    assert.deepEqual(await as(bob).v2.get(`${path}/all`), { data: { subscribed: false } })
    assert.deepEqual((await app.v2.get(`${path}/all/list`)).data.subscriptions, [{ user_id: alice.id }])
    assert.equal((await app.v2.get('account_activity/subscriptions/count')).data.subscriptions_count_all, '1')

    const post = await alice.post('For everyone who is subscribed')
    await x.idle()
    assert.deepEqual(server.receivedEvents(), [[alice.id, 'tweet_create_events', post.id_str]])

    assert.deepEqual(await app.v2.delete(`${path}/${alice.id}/all`), { data: { subscribed: false } })
    assert.deepEqual(await app.v2.delete(`webhooks/${webhook.id}`), { data: { deleted: true } })
  },

  async 'v2: reads the reason for a refusal'() {
    const { app, as, alice, server } = await open()
    const { data: webhook } = await app.v2.post('webhooks', { url: server.url })
    const path = `account_activity/webhooks/${webhook.id}/subscriptions/all`
    await as(alice).v2.post(path)
    assert.match(await refusal(as(alice).v2.post(path)), /^400 DuplicateSubscriptionFailed: /)
    assert.match(await refusal(app.v2.post('webhooks', { url: server.url })), /^400 DuplicateUrlFailed: /)
    assert.match(await refusal(app.v2.put('webhooks/1')), /^400 WebhookIdInvalid: /)
    assert.match(await refusal(app.v2.post(path)), /^403 Authenticating with OAuth 2.0 Application-Only is forbidden/)
    assert.match(await refusal(new TwitterApi('AAAA').v2.get('webhooks')), /^401 Unauthorized$/)
  },

  async 'v1.1 premium: uses every call of a webhook and its subscriptions'() {
    const { x, app, as, alice, bob, server } = await open({ tier: 'premium' })
    const path = 'account_activity/all/dev'
    // The client sends the URL in a form, which is signed.
    const webhook = await as(x.app).v1.post(`${path}/webhooks.json`, { url: server.url })
    assert.deepEqual(server.requests, ['signed GET'])
    assert.deepEqual([webhook.url, webhook.valid], [server.url, true])
    assert.deepEqual(await app.v1.get(`${path}/webhooks.json`), [webhook])
    assert.deepEqual(await app.v1.get('account_activity/all/webhooks.json'), {
      environments: [{ environment_name: 'dev', webhooks: [webhook] }],
    })
    assert.equal(await as(x.app).v1.put(`${path}/webhooks/${webhook.id}.json`), emptyBody)

    assert.equal(await as(alice).v1.post(`${path}/subscriptions.json`), emptyBody)
    assert.equal(await as(alice).v1.get(`${path}/subscriptions.json`), emptyBody)
    assert.match(await refusal(as(bob).v1.get(`${path}/subscriptions.json`)), /^404 34 /)
    assert.deepEqual((await app.v1.get(`${path}/subscriptions/list.json`)).subscriptions, [{ user_id: alice.id }])
    const count = await app.v1.get('account_activity/all/subscriptions/count.json')
    assert.deepEqual([count.subscriptions_count, count.provisioned_count], ['1', '250'])

    const post = await alice.post('For everyone who is subscribed')
    await x.idle()
    assert.deepEqual(server.receivedEvents(), [[alice.id, 'tweet_create_events', post.id_str]])

    assert.equal(await app.v1.delete(`${path}/subscriptions/${alice.id}.json`), emptyBody)
    assert.equal(await as(x.app).v1.delete(`${path}/webhooks/${webhook.id}.json`), emptyBody)
    assert.deepEqual(await app.v1.get(`${path}/webhooks.json`), [])
  },

  async 'v1.1 enterprise: uses every call of a webhook and its subscriptions'() {
    const { x, app, as, alice, server } = await open()
    const webhook = await as(x.app).v1.post('account_activity/webhooks.json', undefined, { query: { url: server.url } })
    const path = `account_activity/webhooks/${webhook.id}`
    assert.deepEqual(await app.v1.get('account_activity/webhooks.json'), [webhook])
    assert.equal(await as(x.app).v1.put(`${path}.json`), emptyBody)

    assert.equal(await as(alice).v1.post(`${path}/subscriptions/all.json`), emptyBody)
    assert.equal(await as(alice).v1.get(`${path}/subscriptions/all.json`), emptyBody)
    assert.deepEqual(await app.v1.get(`${path}/subscriptions/all/list.json`), {
      webhook_id: webhook.id,
      webhook_url: server.url,
      application_id: x.app.id,
      subscriptions: [{ user_id: alice.id }],
    })
    assert.equal((await app.v1.get('account_activity/subscriptions/count.json')).subscriptions_count_all, '1')

    const post = await alice.post('Once, and once more')
    await x.idle()
    const [from_date, to_date] = await createReplayWindow(x)
    const query = { from_date, to_date }
    const job = await app.v1.post(`account_activity/replay/webhooks/${webhook.id}/subscriptions/all.json`, undefined, {
      query,
    })
    assert.match(job.job_id, /^[0-9]{1,19}$/)
    await x.idle()
    const posted = [alice.id, 'tweet_create_events', post.id_str]
    assert.deepEqual(server.receivedEvents().slice(0, 2), [posted, posted])

    assert.equal(await app.v1.delete(`${path}/subscriptions/${alice.id}/all.json`), emptyBody)
    assert.equal(await as(x.app).v1.delete(`${path}.json`), emptyBody)
  },

  async 'v2 lists what was created with v1.1 enterprise'() {
    const { x, app, as, alice, server } = await open()
    const { id } = await as(x.app).v1.post('account_activity/webhooks.json', { url: server.url })
    await as(alice).v1.post(`account_activity/webhooks/${id}/subscriptions/all.json`)
    const { data: webhooks } = await app.v2.get('webhooks')
    assert.deepEqual([webhooks.length, webhooks[0].id, webhooks[0].url], [1, id, server.url])
    const subscribed = await as(alice).v2.get(`account_activity/webhooks/${id}/subscriptions/all`)
    assert.deepEqual(subscribed, { data: { subscribed: true } })
  },

  async 'v1.1: reads the code for a refusal'() {
    const { x, app, as, alice, server } = await open({ tier: 'premium' })
    const path = 'account_activity/all/dev'
    await as(x.app).v1.post(`${path}/webhooks.json`, { url: server.url })
    await as(alice).v1.post(`${path}/subscriptions.json`)
    assert.match(await refusal(as(alice).v1.post(`${path}/subscriptions.json`)), /^409 355 Subscription already exists/)
    assert.match(await refusal(as(alice).v1.post('account_activity/all/Dev/subscriptions.json')), /^403 200 /)
    assert.match(await refusal(as(x.app).v1.put(`${path}/webhooks/1.json`)), /^404 34 /)
    assert.match(await refusal(app.v1.post(`${path}/webhooks.json`, { url: server.url })), /^403 261 /)
    const forger = { accessToken: alice.accessToken, accessTokenSecret: 'another secret' }
    assert.match(await refusal(as(forger).v1.get(`${path}/subscriptions.json`)), /^401 32 /)
    const unknown = { accessToken: '1-unknown', accessTokenSecret: 'unknown' }
    assert.match(await refusal(as(unknown).v1.get(`${path}/subscriptions.json`)), /^401 89 /)
  },

  async 'reads the rate limit, and that it is used up'() {
    const { x, app } = await open({ tier: 'premium' })
    const path = 'account_activity/all/webhooks.json'
    const { rateLimit } = await app.v1.get(path, undefined, { fullResponse: true })
    assert.deepEqual([rateLimit?.limit, rateLimit?.remaining], [15, 14])
    for (let left = 14; left > 0; left -= 1) await app.v1.get(path)
    assert.match(await refusal(app.v1.get(path)), /^429 88 /)
    assert.equal(app.v1.hasHitRateLimit(path), true)
    await x.advance({ minutes: 15 })
    await app.v1.get(path)
  },

  async 'gets the current user in v1.1 and in v2'() {
    const { as, alice } = await open()
    const { id_str, screen_name } = await as(alice).currentUser()
    assert.deepEqual([id_str, screen_name], [alice.id, 'alice'])
    const { data } = await as(alice).v2.me()
    assert.deepEqual(data, { id: alice.id, name: 'alice', username: 'alice' })
  },
}

interface ApiSetup extends Setup {
  readonly app: TwitterApi
  as(user: Tokens): TwitterApi
  readonly server: AutohookServer
}

type Tokens = Pick<EmulatedUser, 'accessToken' | 'accessTokenSecret'>

async function open(options?: EmulatorOptions): Promise<ApiSetup> {
  const setup = createSetup(options)
  const { bearerToken, consumerKey: appKey, consumerSecret: appSecret } = setup.x.app
  return {
    ...setup,
    app: new TwitterApi(bearerToken),
    as: ({ accessToken, accessTokenSecret: accessSecret }) =>
      new TwitterApi({ appKey, appSecret, accessToken, accessSecret }),
    server: await openAutohookServer(setup.x.app),
  }
}

/** The result of the client for a response without a body. */
const emptyBody = ''

/** The status, the code if v1.1 sent one, and the reason of X. */
function refusal(call: Promise<unknown>): Promise<string> {
  return describeRefusal(call, ApiResponseError, ({ code: status, data }) => {
    // The client declares the errors of v2 with the type of a whole problem.
    const first = data.errors?.[0] as { code?: number; message: string } | undefined
    return [status, first?.code, first?.message ?? data.detail].filter((part) => part !== undefined).join(' ')
  })
}
