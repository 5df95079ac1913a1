import { describe, expect, it } from 'vitest'
import { createReceiver } from 'x-account-activity/receiver'
import { secret, signatureOf } from '../support/x-request.ts'

/** X signs the query of a CRC as it sends it: https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
const receiver = createReceiver({ consumerSecret: secret, crc: 'signed', onError: () => {} })
const ask = async (query: string, signed: string) => {
  const headers = { 'x-twitter-webhooks-signature': signatureOf(signed) }
  return (await receiver.handle({ method: 'GET', url: `/webhook?${query}`, headers })).status
}

describe('a signed CRC', () => {
  it.each([
    ['as X sends it', 'crc_token=abc&nonce=1', 'crc_token=abc&nonce=1', 200],
    ['behind a query of the URL', 'app=1&crc_token=abc&nonce=1', 'crc_token=abc&nonce=1', 200],
    ['with a name that is encoded', '%63rc_token=abc&nonce=1', '%63rc_token=abc&nonce=1', 200],
    ['with an encoded name behind a query', 'app=1&%63rc_token=abc', '%63rc_token=abc', 200],
    // Without the name in plain, the last character of the query used to be what was checked.
    ['when only its last character is signed', '%63rc_token=abc', 'c', 401],
    ['when another spelling is signed', '%63rc_token=abc', 'crc_token=abc', 401],
    ['when only a part is signed', 'crc_token=abc&nonce=1', 'nonce=1', 401],
    ['when nothing is signed', 'crc_token=abc', '', 401],
  ])('%s is answered rightly', async (_, query, signed, status) => {
    expect(await ask(query, signed)).toBe(status)
  })
})
