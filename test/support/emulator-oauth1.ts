import { createHmac } from 'node:crypto'

export interface Keys {
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly accessToken: string
  readonly accessTokenSecret: string
}

interface Signable {
  readonly method: string
  readonly url: string
  /** The parameters of a form body. */
  readonly form?: Readonly<Record<string, string>>
}

/**
 * An `Authorization: OAuth` header. The code is independent of the client and of the emulator. `oauth` replaces single
 * parameters of OAuth, and an empty text removes one.
 */
export function oauth1Header(
  { method, url, form = {} }: Signable,
  keys: Keys,
  { timestamp, nonce, oauth = {} }: { timestamp: number; nonce: string; oauth?: Readonly<Record<string, string>> },
): string {
  const all = {
    oauth_consumer_key: keys.consumerKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(timestamp),
    oauth_token: keys.accessToken,
    oauth_version: '1.0',
    ...oauth,
  }
  const own = Object.entries(all).filter(([, value]) => value !== '')
  const { origin, pathname, searchParams } = new URL(url)
  const pairs = [...own, ...searchParams, ...Object.entries(form)]
    .map(([name, value]) => [encode(name), encode(value)].join('='))
    .sort()
  const base = [method, origin + pathname, pairs.join('&')].map(encode).join('&')
  const key = `${encode(keys.consumerSecret)}&${encode(keys.accessTokenSecret)}`
  const signature = createHmac('sha1', key).update(base).digest('base64')
  const header = [...own.filter(([name]) => name !== 'oauth_signature'), ['oauth_signature', signature] as const]
  return `OAuth ${header.map(([name, value]) => `${encode(name)}="${encode(value)}"`).join(', ')}`
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
