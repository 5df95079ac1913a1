// One suite for every runtime, against the built package.
// It is plain JavaScript without a test library, because workerd and Node.js 20 run it as it is.
import { signOAuth1 } from 'x-account-activity/auth'
import { createEmulator } from 'x-account-activity/emulator'
import { VerificationError } from 'x-account-activity/errors'
import { createReceiver } from 'x-account-activity/receiver'
import { answerCrc, signBody, verifySignature } from 'x-account-activity/webhook'

const url = 'https://hooks.example/x'
const consumerSecret = 'consumer-secret'

// Keys, messages and their HMACs as published by other implementations of the same scheme, and recomputed.
const follow = {
  body: '{"for_user_id":"2244994945","follow_events":[]}',
  signature: 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY=',
}
const crc = {
  token: 'challenge_string',
  answer: 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk=',
}

const revoke = JSON.stringify({
  user_event: {
    revoke: {
      date_time: '2026-11-02T09:48:12+00:00',
      target: { app_id: '101' },
      source: { user_id: '202' },
    },
  },
})

/** The cases by name. A case that throws has failed. */
const suite = {
  'answers a CRC token': () => {
    same(answerCrc(crc.token, consumerSecret).response_token, crc.answer)
  },

  'refuses a CRC token that X never sends, with the error class of another entry point': () => {
    const error = thrownBy(() => answerCrc('{"for_user_id":"1"}', consumerSecret))
    same([error instanceof VerificationError, error.reason], [true, 'crc_token_refused'])
  },

  'accepts a valid signature and no other': () => {
    same(verifySignature({ ...follow, secret: consumerSecret }), true)
    same(verifySignature({ ...follow, secret: ['another-secret', consumerSecret] }), true)
    same(verifySignature({ ...follow, secret: 'another-secret' }), false)
    same(verifySignature({ ...follow, body: `${follow.body} `, secret: consumerSecret }), false)
    same(verifySignature({ body: follow.body, signature: null, secret: consumerSecret }), false)
  },

  'signs bytes as it signs text': () => {
    same(signBody(new TextEncoder().encode(follow.body), consumerSecret), follow.signature)
  },

  // https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
  'signs the request of the OAuth 1.0a page of X': () => {
    const header = signOAuth1(
      {
        method: 'POST',
        url: 'https://api.x.com/1.1/statuses/update.json?include_entities=true',
        form: { status: 'Hello Ladies + Gentlemen, a signed OAuth request!' },
      },
      {
        consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
        consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
        accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
        accessTokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
      },
      { nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg', timestamp: 1318622958 },
    )
    const signature = /oauth_signature="([^"]*)"/.exec(header)?.[1]
    same(decodeURIComponent(signature), 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4=')
  },

  'uses another nonce each time': () => {
    const sign = () => signOAuth1({ method: 'GET', url }, { consumerKey: 'key', consumerSecret })
    same(new Set([sign(), sign(), sign()]).size, 3)
  },

  'answers a CRC request with 200': async () => {
    const response = await receiver().fetch(new Request(`${url}?crc_token=${crc.token}`))
    same([response.status, await response.json()], [200, { response_token: crc.answer }])
  },

  'hands a signed delivery to its handler, and answers 200': async () => {
    const seen = []
    const response = await receiver(seen).fetch(delivery(revoke, signBody(revoke, consumerSecret)))
    same([response.status, seen], [200, ['user_revoke']])
  },

  'answers a forged delivery with 401, and handles nothing': async () => {
    const seen = []
    const response = await receiver(seen).fetch(delivery(revoke, signBody(revoke, 'another-secret')))
    same([response.status, seen], [401, []])
  },

  'receives the events of a subscribed account from the emulator': async () => {
    const seen = []
    const x = createEmulator({ fetch: (request) => desk.fetch(request), seed: 'smoke' })
    const desk = createReceiver({
      consumerSecret: x.app.consumerSecret,
      on: { favorite: (event) => void seen.push(event.userId) },
    })
    const registered = await x.fetch('https://api.x.com/2/webhooks', {
      method: 'POST',
      headers: { authorization: `Bearer ${x.app.bearerToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url }),
    })
    const { data } = await registered.json()
    const [alice, bob] = ['alice', 'bob'].map((screenName) => x.addUser({ screenName }))
    const signed = {
      method: 'POST',
      url: `https://api.x.com/2/account_activity/webhooks/${data.id}/subscriptions/all`,
    }
    const { accessToken, accessTokenSecret } = alice
    const authorization = signOAuth1(signed, { ...x.app, accessToken, accessTokenSecret })
    const subscribed = await x.fetch(signed.url, { method: 'POST', headers: { authorization } })
    same(await subscribed.json(), { data: { subscribed: true } })
    await bob.like(await alice.post('Good morning'))
    await x.idle()
    same([seen, x.deliveries.map(({ outcome }) => outcome)], [[bob.id], ['delivered', 'delivered']])
  },
}

/** Runs the suite. Each result is `{ name, error? }`. */
export async function runSuite() {
  const results = []
  for (const [name, proof] of Object.entries(suite)) {
    try {
      await proof()
      results.push({ name })
    } catch (error) {
      results.push({ name, error: String(error?.stack ?? error) })
    }
  }
  return results
}

function receiver(seen = []) {
  return createReceiver({ consumerSecret, on: { any: (event) => void seen.push(event.type) } })
}

function delivery(body, signature) {
  return new Request(url, { method: 'POST', body, headers: { 'x-twitter-webhooks-signature': signature } })
}

function thrownBy(action) {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

function same(actual, expected) {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (got !== wanted) throw new Error(`expected ${wanted}, got ${got}`)
}
