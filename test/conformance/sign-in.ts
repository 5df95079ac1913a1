import assert from 'node:assert/strict'
import { Client, OAuth1 } from '@xdevplatform/xdk'
import { ApiResponseError, TwitterApi } from 'twitter-api-v2'
import { pressButton } from './browser.ts'
import { describeRefusal } from './describe-refusal.ts'
import type { Scenarios } from './scenario.ts'
import { createSetup } from './setup.ts'

/** Three-legged OAuth 1.0a. The user is simulated by `pressButton`. */
export const client = 'Signing in: twitter-api-v2 and @xdevplatform/xdk'

const callback = 'https://app.example/signed-in?from=x'

export const scenarios: Scenarios = {
  async 'twitter-api-v2: a user authorises the app, which then acts for the user'() {
    const { alice, api } = open()
    const asked = await api().generateAuthLink(callback)
    assert.equal(asked.oauth_callback_confirmed, 'true')
    const { sentTo } = await pressButton(asked.url, 'Authorize app', { screen_name: 'alice' })
    const back = new URL(sentTo ?? '')
    assert.equal(back.origin + back.pathname, 'https://app.example/signed-in')
    assert.equal(back.searchParams.get('from'), 'x')
    assert.equal(back.searchParams.get('oauth_token'), asked.oauth_token)

    const { client, ...login } = await api(asked).login(back.searchParams.get('oauth_verifier') ?? '')
    const { id: userId, screenName, accessToken, accessTokenSecret: accessSecret } = alice
    assert.deepEqual(login, { accessToken, accessSecret, userId, screenName })
    assert.equal((await client.v1.verifyCredentials()).screen_name, 'alice')
    assert.equal((await client.v2.me()).data.id, alice.id)
  },

  async 'twitter-api-v2: an app without a callback gets a PIN of seven digits'() {
    const { bob, api } = open()
    const asked = await api().generateAuthLink('oob', { linkMode: 'authorize', screenName: 'bob' })
    const { sentTo, text } = await pressButton(asked.url, 'Authorize app', { screen_name: 'bob' })
    assert.equal(sentTo, null)
    const [pin = ''] = /\b\d{7}\b/.exec(text) ?? []
    const { client, userId } = await api(asked).login(pin)
    assert.equal(userId, bob.id)
    assert.equal((await client.currentUserV2()).data.username, 'bob')
  },

  async 'twitter-api-v2: a user who declines is sent back without a verifier'() {
    const { api } = open()
    const asked = await api().generateAuthLink(callback)
    const { sentTo } = await pressButton(asked.url, 'Cancel')
    assert.equal(sentTo, `${callback}&denied=${asked.oauth_token}`)
  },

  async 'twitter-api-v2: a wrong verifier and a used verifier are refused'() {
    const { api } = open()
    const asked = await api().generateAuthLink(callback)
    const { sentTo } = await pressButton(asked.url, 'Authorize app', { screen_name: 'alice' })
    const verifier = new URL(sentTo ?? '').searchParams.get('oauth_verifier') ?? ''
    assert.equal(await refusedStatus(api(asked).login('0000000')), '401')
    await api(asked).login(verifier)
    assert.equal(await refusedStatus(api(asked).login(verifier)), '401')
  },

  async 'twitter-api-v2: an app with a wrong secret gets no request token'() {
    const { x } = open()
    const forger = new TwitterApi({ appKey: x.app.consumerKey, appSecret: 'another secret' })
    assert.equal(await refusedStatus(forger.generateAuthLink(callback)), '401')
  },

  async 'xdk: a user authorises the app, which then acts for the user'() {
    const { x, alice } = open()
    const config = { apiKey: x.app.consumerKey, apiSecret: x.app.consumerSecret, callback }
    const flow = new OAuth1(config)
    const { sentTo } = await pressButton(await flow.startOAuthFlow(), 'Authorize app', { screen_name: 'alice' })
    const tokens = await flow.getAccessToken(new URL(sentTo ?? '').searchParams.get('oauth_verifier') ?? '')
    const { accessToken, accessTokenSecret } = alice
    assert.deepEqual(tokens, { accessToken, accessTokenSecret })
    const { data } = await new Client({ oauth1: new OAuth1({ ...config, ...tokens }) }).users.getMe()
    assert.equal(data?.username, 'alice')
    // After the flow, the same object still signs with the secret of the request token.
    await assert.rejects(new Client({ oauth1: flow }).users.getMe(), { name: 'ApiError', status: 401 })
  },
}

function open() {
  const setup = createSetup()
  const { consumerKey: appKey, consumerSecret: appSecret } = setup.x.app
  /** A client of the app, optionally with a request token. */
  const api = (asked?: { oauth_token: string; oauth_token_secret: string }) =>
    new TwitterApi({
      appKey,
      appSecret,
      ...(asked && { accessToken: asked.oauth_token, accessSecret: asked.oauth_token_secret }),
    })
  return { ...setup, api }
}

function refusedStatus(call: Promise<unknown>): Promise<string> {
  return describeRefusal(call, ApiResponseError, ({ code }) => String(code))
}
