import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { EmulatedUser, EmulatorOptions } from './emulator.ts'
import { refusalOf } from './refusal.ts'
import type { Scenarios } from './scenario.ts'
import { openStage, type Stage } from './stage.ts'
import { openTwitterWebhooksServer, type TwitterWebhooksServer } from './twitter-webhooks-server.ts'

/** The receiver is its own: an Express middleware that answers challenges and emits events. */
export const client = 'twitter-webhooks, premium, by its built-in host'

export const scenarios: Scenarios = {
  async 'registers its webhook, and answers the challenge'() {
    const { hooks, url } = await open()
    const webhook = await hooks.register()
    assert.match(webhook.id, /^[0-9]{1,19}$/)
    assert.deepEqual([webhook.url, webhook.valid], [url, true])
  },

  async 'finds its webhook by environment, and in the list of all'() {
    const { hooks, webhook } = await openWithWebhook({ environments: ['dev', 'prod'] })
    assert.deepEqual(await hooks.getWebhook(), [webhook])
    assert.deepEqual(await hooks.getWebhooks(), {
      environments: [
        { environment_name: 'dev', webhooks: [webhook] },
        { environment_name: 'prod', webhooks: [] },
      ],
    })
  },

  async 'has its webhook challenged, and unregisters it'() {
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
    const gone = once(activity, 'unsubscribe')
    await hooks.unsubscribe(tokens(alice))
    await gone
    assert.deepEqual(await hooks.getSubscriptions(), [])
  },

  async 'emits what happens to whom it subscribed'() {
    const { x, hooks, alice, bob } = await openWithWebhook()
    const activity = await hooks.subscribe(tokens(alice))
    const heard: string[][] = []
    activity.on('tweet_create', ({ id_str, text }) => heard.push(['tweet_create', id_str, text]))
    activity.on('favorite', ({ user, favorited_status }) =>
      heard.push(['favorite', user.id_str, favorited_status.id_str]),
    )
    activity.on('follow', ({ type, source, target }) => heard.push([type, source.id, target.id]))
    activity.on('direct_message', ({ message_create: { sender_id, message_data } }) =>
      heard.push(['direct_message', sender_id, message_data.text]),
    )
    const post = await alice.post('Tea at five?')
    await x.idle()
    await bob.like(post)
    await x.idle()
    await bob.follow(alice)
    await x.idle()
    await bob.message(alice, 'Gladly, für zwei ☕')
    await x.idle()
    assert.deepEqual(heard, [
      ['tweet_create', post.id_str, 'Tea at five?'],
      ['favorite', bob.id, post.id_str],
      ['follow', bob.id, alice.id],
      ['direct_message', bob.id, 'Gladly, für zwei ☕'],
    ])
  },

  async 'emits that a user took back what they had given'() {
    const { x, hooks, alice } = await openWithWebhook()
    const activity = await hooks.subscribe(tokens(alice))
    const revoked = once(activity, 'revoke')
    await alice.revoke()
    await x.idle()
    const [{ source, target }] = await revoked
    assert.deepEqual([source.user_id, target.app_id], [alice.id, x.app.id])
    assert.deepEqual(await hooks.getSubscriptions(), [])
  },

  async 'measures how long its answer to a challenge takes'() {
    const { hooks } = await open()
    assert.ok((await hooks.getCrcCheckTiming()) >= 0)
  },

  async 'asks for the count in a place where X has none, and is refused'() {
    const { hooks } = await openWithWebhook()
    // Its path ends in `subscriptions/list.json`; the count is at `all/subscriptions/count.json`.
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

  async 'reads that its secret is wrong, or that of the server that answers the challenge'() {
    const { x, hooks } = await open()
    const forged = await openTwitterWebhooksServer({ ...x.app, consumerSecret: 'another secret' })
    assert.match(await refusal(hooks.register({ callbackUrl: forged.url })), /^40[03] 214 .*Invalid CRC token/)
    assert.match(await refusal(forged.hooks.register()), /^401 32 /)
    // It asks for the bearer token without `json`, and then looks for the code in a text.
    assert.equal(await refusal(forged.hooks.getWebhooks()), '403 -1 Forbidden')
  },

  async 'reads that the environment is not one of the account'() {
    const { x } = await open()
    const { hooks } = await openTwitterWebhooksServer(x.app, { environment: 'Dev' })
    assert.match(await refusal(hooks.register()), /^403 200 /)
    assert.match(await refusal(hooks.getSubscriptions()), /^403 200 /)
  },

  async 'reads that the sandbox is full'() {
    const { hooks, x } = await openWithWebhook({ tier: 'sandbox' })
    const other = await openTwitterWebhooksServer(x.app)
    assert.match(
      await refusal(hooks.register({ callbackUrl: other.url })),
      /^40[03] 214 Too many resources already created\.$/,
    )
  },
}

async function open(options?: EmulatorOptions): Promise<Stage & TwitterWebhooksServer> {
  const stage = openStage({ tier: 'premium', ...options })
  return { ...stage, ...(await openTwitterWebhooksServer(stage.x.app)) }
}

async function openWithWebhook(options?: EmulatorOptions) {
  const stage = await open(options)
  const webhook = await stage.hooks.register()
  return { ...stage, webhook, webhookId: webhook.id }
}

function tokens({ id: userId, accessToken, accessTokenSecret }: EmulatedUser) {
  return { userId, accessToken, accessTokenSecret }
}

/** The status, the code and the message, as its errors carry them. */
function refusal(call: Promise<unknown>): Promise<string> {
  return refusalOf(call, Error, (error) => {
    const { statusCode, code } = error as Error & { statusCode: number; code: number }
    return `${statusCode} ${code} ${error.message}`
  })
}
