import { createHmac } from 'node:crypto'
import OAuth from 'oauth-1.0a'
import { signOAuth1 } from 'x-account-activity/auth'
import type { Comparison } from './ratio.ts'

const credentials = {
  consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
  consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
  accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
  accessTokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
}
const method = 'POST'
const url = 'https://api.x.com/2/account_activity/webhooks/1146654567674912769/subscriptions/all'
const sha1 = (text: string, key: string) => createHmac('sha1', key).update(text).digest('base64')

const ours = (count: number) => {
  for (let i = 0; i < count; i += 1) signOAuth1({ method, url }, credentials)
}

/** One signer for all requests, as the documentation of oauth-1.0a shows it. */
const signer = new OAuth({
  consumer: { key: credentials.consumerKey, secret: credentials.consumerSecret },
  signature_method: 'HMAC-SHA1',
  hash_function: sha1,
})
const token = { key: credentials.accessToken, secret: credentials.accessTokenSecret }

const key = `${credentials.consumerSecret}&${credentials.accessTokenSecret}`
const baseString = signer.getBaseString(
  { method, url, data: {} },
  {
    oauth_consumer_key: credentials.consumerKey,
    oauth_nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgm',
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: 1318622958,
    oauth_token: credentials.accessToken,
    oauth_version: '1.0',
  },
)

export const signingAgainstLibrary: Comparison = {
  name: 'signOAuth1 : oauth-1.0a alone',
  target: 1,
  ours,
  bare: (count) => {
    for (let i = 0; i < count; i += 1) signer.toHeader(signer.authorize({ method, url, data: {} }, token))
  },
}

export const signingAgainstHmac: Comparison = {
  name: 'signOAuth1 : HMAC-SHA1 of its base string',
  target: Number.POSITIVE_INFINITY,
  ours,
  bare: (count) => {
    for (let i = 0; i < count; i += 1) sha1(baseString, key)
  },
}
