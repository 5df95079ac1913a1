import assert from 'node:assert/strict'
import { type AutohookServer, createAutohook, openAutohookServer } from './autohook-server.ts'
import type { EmulatedUser, EmulatorOptions } from './emulator.ts'
import { refusalOf } from './refusal.ts'
import type { Scenarios } from './scenario.ts'
import { openStage, type Stage } from './stage.ts'

/** The receiver is its own, and its URL is handed to `start`, which would open a tunnel of its own otherwise. */
export const client = 'twitter-autohook, premium, by its built-in host'

export const scenarios: Scenarios = {
  async 'starts: registers its webhook, and answers the challenge after checking its signature'() {
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

  async 'subscribes, takes the signed events for genuine, and unsubscribes'() {
    const { x, hook, url, alice, bob, events, told } = await open()
    await hook.start(url)
    assert.equal(await hook.subscribe(tokens(alice)), true)
    const post = await alice.post('Fish & chips, 5 < 7, für @bob ☕')
    await x.idle()
    const message = await bob.message(alice, 'On my way')
    await x.idle()
    assert.deepEqual(told(), [
      [alice.id, 'tweet_create_events', post.id_str],
      [alice.id, 'direct_message_events', message.id],
    ])
    assert.equal(await hook.unsubscribe(alice.id), true)
    await alice.post('Nobody listens')
    await x.idle()
    assert.equal(events.length, 2)
  },

  async 'stops by itself when all subscriptions are taken'() {
    const { x, hook, url, alice, bob } = await open({ limits: { subscriptions: 1 } })
    await hook.start(url)
    await hook.subscribe(tokens(alice))
    // Another process, which reads the count anew.
    const latecomer = createAutohook(x.app)
    // It stumbles over its own TooManySubscriptionsError, which it makes of a text instead of an answer.
    assert.match(await refusal(latecomer.subscribe(tokens(bob))), /^TypeError: .*\(reading 'errors'\)$/)
  },

  async 'does not stop by itself once it has counted: it appends to the text of the count'() {
    const { hook, url, alice, bob } = await open({ limits: { subscriptions: 1 } })
    await hook.start(url)
    await hook.subscribe(tokens(alice))
    // '0' + 1 is '01' to it, which is not '1': so the platform has to refuse.
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

  async 'reads that the environment is not one of the account'() {
    const { x, url } = await open()
    const lost = createAutohook(x.app, { env: 'Dev' })
    assert.match(await refusal(lost.start(url)), /^AuthenticationError: .*\(HTTP status: 403, Twitter code: 200\)$/)
  },

  async 'reads when it may ask again'() {
    const { x, hook } = await open()
    for (let asked = 0; asked < 15; asked += 1) await hook.getWebhooks()
    const said = await refusal(hook.getWebhooks())
    assert.match(
      said,
      /^RateLimitError: You exceeded the rate limit for .* \(15 requests available, 0 remaining\)\. Wait \d+ minutes/,
    )
    await x.advance({ minutes: 15 })
    assert.deepEqual(await hook.getWebhooks(), [])
  },
}

async function open(options?: EmulatorOptions): Promise<Stage & AutohookServer> {
  const stage = openStage({ tier: 'premium', ...options })
  return { ...stage, ...(await openAutohookServer(stage.x.app)) }
}

function tokens({ accessToken: oauth_token, accessTokenSecret: oauth_token_secret }: EmulatedUser) {
  return { oauth_token, oauth_token_secret }
}

/** The class and the message of its error, which holds the status and the code. */
function refusal(call: Promise<unknown>): Promise<string> {
  return refusalOf(call, Error, ({ name, message }) => `${name}: ${message}`)
}
