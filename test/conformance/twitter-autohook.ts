import assert from 'node:assert/strict'
import { type AutohookServer, createAutohook, openAutohookServer } from './autohook-server.ts'
import { describeRefusal } from './describe-refusal.ts'
import type { EmulatedUser, EmulatorOptions } from './emulator.ts'
import type { Scenarios } from './scenario.ts'
import { createSetup, type Setup } from './setup.ts'

/** Autohook has its own receiver. Its URL is passed to `start`; without it, Autohook would open a tunnel. */
export const client = 'twitter-autohook, premium, with its built-in host'

export const scenarios: Scenarios = {
  async 'registers its webhook, and answers the CRC request after checking its signature'() {
    const { hook, url, requests } = await open()
    await hook.start(url)
    assert.deepEqual(requests, ['signed GET'])
    const [webhook] = await hook.getWebhooks()
    assert.deepEqual([webhook?.url, webhook?.valid], [url, true])
  },

  async 'removes its webhooks'() {
    const { hook, url } = await open()
    await hook.removeWebhook(await hook.setWebhook(url))
    assert.deepEqual(await hook.getWebhooks(), [])
    await hook.start(url)
    await hook.removeWebhooks()
    assert.deepEqual(await hook.getWebhooks(), [])
  },

  async 'subscribes, accepts the signed events, and unsubscribes'() {
    const { x, hook, url, alice, bob, events, receivedEvents } = await open()
    await hook.start(url)
    assert.equal(await hook.subscribe(tokens(alice)), true)
    const post = await alice.post('Fish & chips, 5 < 7, für @bob ☕')
    await x.idle()
    const message = await bob.message(alice, 'On my way')
    await x.idle()
    assert.deepEqual(receivedEvents(), [
      [alice.id, 'tweet_create_events', post.id_str],
      [alice.id, 'direct_message_events', message.id],
    ])
    assert.equal(await hook.unsubscribe(alice.id), true)
    await alice.post('Not delivered')
    await x.idle()
    assert.equal(events.length, 2)
  },

  async 'does not subscribe if the count shows that all subscriptions are used'() {
    const { x, hook, url, alice, bob } = await open({ limits: { subscriptions: 1 } })
    await hook.start(url)
    await hook.subscribe(tokens(alice))
    // Another process, which reads the count again.
    const other = createAutohook(x.app)
    // Autohook fails in its own TooManySubscriptionsError, which expects a response and gets a text.
    assert.match(await refusal(other.subscribe(tokens(bob))), /^TypeError: .*\(reading 'errors'\)$/)
  },

  async 'subscribes although all subscriptions are used, because it appends to the cached count'() {
    const { hook, url, alice, bob } = await open({ limits: { subscriptions: 1 } })
    await hook.start(url)
    await hook.subscribe(tokens(alice))
    // Autohook computes '0' + 1 as '01', which is not '1'. So the platform must refuse.
    assert.match(
      await refusal(hook.subscribe(tokens(bob))),
      /^AuthenticationError: .*\(HTTP status: 403, Twitter code: \d+\)$/,
    )
  },

  async 'reads the code for each refusal'() {
    const { hook, url, alice } = await open()
    await hook.start(url)
    await hook.subscribe(tokens(alice))
    const duplicate = 'UserSubscriptionError: Subscription already exists. (HTTP status: 409, Twitter code: 355)'
    assert.equal(await refusal(hook.subscribe(tokens(alice))), duplicate)
    assert.match(
      await refusal(hook.unsubscribe('1')),
      /^UserSubscriptionError: .*\(HTTP status: 404, Twitter code: 34\)$/,
    )
  },

  async 'reads that its credentials are wrong'() {
    const { x, url, alice } = await open()
    const forger = createAutohook({ ...x.app, consumerSecret: 'another secret' })
    assert.match(await refusal(forger.start(url)), /^AuthenticationError: .*\(HTTP status: 401, Twitter code: 32\)$/)
    assert.match(await refusal(forger.getWebhooks()), /^BearerTokenError: .*\(HTTP status: 403, Twitter code: 99\)$/)
    assert.match(
      await refusal(forger.subscribe(tokens(alice))),
      /^AuthenticationError: .*\(HTTP status: 401, Twitter code: 32\)$/,
    )
  },

  async 'reads that the environment is unknown'() {
    const { x, url } = await open()
    const misconfigured = createAutohook(x.app, { env: 'Dev' })
    assert.match(
      await refusal(misconfigured.start(url)),
      /^AuthenticationError: .*\(HTTP status: 403, Twitter code: 200\)$/,
    )
  },

  async 'reads when the rate limit resets'() {
    const { x, hook } = await open()
    for (let calls = 0; calls < 15; calls += 1) await hook.getWebhooks()
    const message = await refusal(hook.getWebhooks())
    assert.match(
      message,
      /^RateLimitError: You exceeded the rate limit for .* \(15 requests available, 0 remaining\)\. Wait \d+ minutes/,
    )
    await x.advance({ minutes: 15 })
    assert.deepEqual(await hook.getWebhooks(), [])
  },
}

async function open(options?: EmulatorOptions): Promise<Setup & AutohookServer> {
  const setup = createSetup({ tier: 'premium', ...options })
  return { ...setup, ...(await openAutohookServer(setup.x.app)) }
}

function tokens({ accessToken: oauth_token, accessTokenSecret: oauth_token_secret }: EmulatedUser) {
  return { oauth_token, oauth_token_secret }
}

/** The class and the message of the error. The message contains the status and the code. */
function refusal(call: Promise<unknown>): Promise<string> {
  return describeRefusal(call, Error, ({ name, message }) => `${name}: ${message}`)
}
