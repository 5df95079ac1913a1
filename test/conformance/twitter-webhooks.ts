import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describeRefusal } from './describe-refusal.ts'
import type { EmulatedUser, EmulatorOptions } from './emulator.ts'
import type { Scenarios } from './scenario.ts'
import { createSetup, type Setup } from './setup.ts'
import { openTwitterWebhooksServer, type TwitterWebhooksServer } from './twitter-webhooks-server.ts'

/** The client has its own receiver: an Express middleware that answers CRC requests and emits events. */
export const client = 'twitter-webhooks, premium, with its built-in host'

export const scenarios: Scenarios = {
  async 'registers its webhook, and answers the CRC request'() {
    const { hooks, url } = await open()
    const webhook = await hooks.register()
    assert.match(webhook.id, /^[0-9]{1,19}$/)
    assert.deepEqual([webhook.url, webhook.valid], [url, true])
  },

  async 'gets its webhook by environment, and in the list of all webhooks'() {
    const { hooks, webhook } = await openWithWebhook({ environments: ['dev', 'prod'] })
    assert.deepEqual(await hooks.getWebhook(), [webhook])
    assert.deepEqual(await hooks.getWebhooks(), {
      environments: [
        { environment_name: 'dev', webhooks: [webhook] },
        { environment_name: 'prod', webhooks: [] },
      ],
    })
  },

  async 'triggers a CRC request to its webhook, and unregisters it'() {
    const { hooks, webhookId } = await openWithWebhook()
    const { statusCode } = await hooks.triggerChallengeResponseCheck({ webhookId })
    assert.equal(statusCode, 204)
    await hooks.unregister({ webhookId })
    assert.deepEqual(await hooks.getWebhook(), [])
  },

  async 'subscribes, checks, lists and unsubscribes'() {
    const { hooks, alice, bob } = await openWithWebhook()
    assert.equal(await hooks.isSubscribed(tokens(alice)), false)
    const activity = await hooks.subscribe(tokens(alice))
    assert.equal(activity.id, alice.id)
    assert.equal(await hooks.isSubscribed(tokens(alice)), true)
    assert.equal(await hooks.isSubscribed(tokens(bob)), false)
    assert.deepEqual(await hooks.getSubscriptions(), [{ user_id: alice.id }])
    const unsubscribed = once(activity, 'unsubscribe')
    await hooks.unsubscribe(tokens(alice))
    await unsubscribed
    assert.deepEqual(await hooks.getSubscriptions(), [])
  },

  async 'emits the events of its subscribed users'() {
    const { x, hooks, alice, bob } = await openWithWebhook()
    const activity = await hooks.subscribe(tokens(alice))
    const emitted: string[][] = []
    activity.on('tweet_create', ({ id_str, text }) => emitted.push(['tweet_create', id_str, text]))
    activity.on('favorite', ({ user, favorited_status }) =>
      emitted.push(['favorite', user.id_str, favorited_status.id_str]),
    )
    activity.on('follow', ({ type, source, target }) => emitted.push([type, source.id, target.id]))
    activity.on('direct_message', ({ message_create: { sender_id, message_data } }) =>
      emitted.push(['direct_message', sender_id, message_data.text]),
    )
    const post = await alice.post('Tea at five?')
    await x.idle()
    await bob.like(post)
    await x.idle()
    await bob.follow(alice)
    await x.idle()
    await bob.message(alice, 'Gladly, für zwei ☕')
    await x.idle()
    assert.deepEqual(emitted, [
      ['tweet_create', post.id_str, 'Tea at five?'],
      ['favorite', bob.id, post.id_str],
      ['follow', bob.id, alice.id],
      ['direct_message', bob.id, 'Gladly, für zwei ☕'],
    ])
  },

  async 'emits that a user revoked the access'() {
    const { x, hooks, alice } = await openWithWebhook()
    const activity = await hooks.subscribe(tokens(alice))
    const revoked = once(activity, 'revoke')
    await alice.revoke()
    await x.idle()
    const [{ source, target }] = await revoked
    assert.deepEqual([source.user_id, target.app_id], [alice.id, x.app.id])
    assert.deepEqual(await hooks.getSubscriptions(), [])
  },

  async 'measures the time of its CRC answer'() {
    const { hooks } = await open()
    assert.ok((await hooks.getCrcCheckTiming()) >= 0)
  },

  async 'is refused for the count, which it requests at a path that X does not have'() {
    const { hooks } = await openWithWebhook()
    // The client requests `subscriptions/list.json`; the count is at `all/subscriptions/count.json`.
    assert.equal(await refusal(hooks.getSubscriptionsCount()), '403 200 Forbidden.')
  },

  async 'reads the code for each refusal'() {
    const { hooks, alice, bob } = await openWithWebhook()
    await hooks.subscribe(tokens(alice))
    assert.match(await refusal(hooks.subscribe(tokens(alice))), /^409 355 Subscription already exists\.$/)
    assert.match(await refusal(hooks.unsubscribe(tokens(bob))), /^404 34 /)
    assert.match(await refusal(hooks.unregister({ webhookId: '1' })), /^404 34 /)
    assert.match(await refusal(hooks.triggerChallengeResponseCheck({ webhookId: '1' })), /^404 34 /)
  },

  async 'reads that its secret or the secret of the receiver is wrong'() {
    const { x, hooks } = await open()
    const forged = await openTwitterWebhooksServer({ ...x.app, consumerSecret: 'another secret' })
    assert.match(await refusal(hooks.register({ callbackUrl: forged.url })), /^40[03] 214 .*Invalid CRC token/)
    assert.match(await refusal(forged.hooks.register()), /^401 32 /)
    // The client requests the bearer token without `json`, and then looks for the code in a text.
    assert.equal(await refusal(forged.hooks.getWebhooks()), '403 -1 Forbidden')
  },

  async 'reads that the environment is unknown'() {
    const { x } = await open()
    const { hooks } = await openTwitterWebhooksServer(x.app, { environment: 'Dev' })
    assert.match(await refusal(hooks.register()), /^403 200 /)
    assert.match(await refusal(hooks.getSubscriptions()), /^403 200 /)
  },

  async 'reads that the limit of the sandbox is reached'() {
    const { hooks, x } = await openWithWebhook({ tier: 'sandbox' })
    const other = await openTwitterWebhooksServer(x.app)
    assert.match(
      await refusal(hooks.register({ callbackUrl: other.url })),
      /^40[03] 214 Too many resources already created\.$/,
    )
  },
}

async function open(options?: EmulatorOptions): Promise<Setup & TwitterWebhooksServer> {
  const setup = createSetup({ tier: 'premium', ...options })
  return { ...setup, ...(await openTwitterWebhooksServer(setup.x.app)) }
}

async function openWithWebhook(options?: EmulatorOptions) {
  const setup = await open(options)
  const webhook = await setup.hooks.register()
  return { ...setup, webhook, webhookId: webhook.id }
}

function tokens({ id: userId, accessToken, accessTokenSecret }: EmulatedUser) {
  return { userId, accessToken, accessTokenSecret }
}

/** The status, the code and the message of the error. */
function refusal(call: Promise<unknown>): Promise<string> {
  return describeRefusal(call, Error, (error) => {
    const { statusCode, code } = error as Error & { statusCode: number; code: number }
    return `${statusCode} ${code} ${error.message}`
  })
}
