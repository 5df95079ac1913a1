import { describe, expect, it } from 'vitest'
import { constructDelivery } from 'x-account-activity/receiver'

const body = '{"for_user_id":"2244994945","follow_events":[]}'
const consumerSecret = 'consumer-secret'
const clientSecret = 'client-secret'
// Printed by `printf '%s' "$body" | openssl dgst -sha256 -hmac consumer-secret -binary | base64`.
const older = 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY='
// The same with `-hmac client-secret`.
const newer = 'sha256=5Bg4ljGblYRlSUh1r3Q/d52TsG7GmNV53cCzrrquwcw='
const olderName = 'x-twitter-webhooks-signature'
const newerName = 'x-twitter-webhooks-signature-oauth2'

const refusedWith = (reason: string) => expect.objectContaining({ name: 'VerificationError', reason })

describe('constructDelivery', () => {
  it.each([
    ['Headers', new Headers({ [olderName]: older })],
    ['the headers of Node.js', { [olderName]: older }],
    ['names in another case', { 'X-Twitter-Webhooks-Signature': older }],
    ['a list of one value', { [olderName]: [older] }],
  ])('takes %s', (_, headers) => {
    expect(constructDelivery({ body, headers, consumerSecret })).toMatchObject({
      family: 'account_activity',
      forUserId: '2244994945',
      events: [],
    })
  })

  it('takes bytes, and any of several secrets', () => {
    const input = { body: new TextEncoder().encode(body), headers: { [olderName]: older } }
    expect(constructDelivery({ ...input, consumerSecret: ['next', consumerSecret] }).forUserId).toBe('2244994945')
  })

  it.each([
    ['no signature', {}, {}, 'signature_missing'],
    ['an empty signature', { [olderName]: '' }, {}, 'signature_missing'],
    ['a malformed signature', { [olderName]: 'sha1=abc' }, {}, 'signature_malformed'],
    ['characters that are not base64', { [olderName]: `sha256=${'-'.repeat(43)}=` }, {}, 'signature_malformed'],
    ['two signatures', { [olderName]: [older, older] }, {}, 'signature_malformed'],
    ['another secret', { [olderName]: older }, { consumerSecret: 'other' }, 'signature_mismatch'],
    ['one character more', { [olderName]: older }, { body: `${body} ` }, 'signature_mismatch'],
    ['no body', { [olderName]: older }, { body: undefined }, 'signature_mismatch'],
    ['a parsed body', { [olderName]: older }, { body: JSON.parse(body) }, 'body_not_raw'],
  ])('refuses %s', (_, headers, change, reason) => {
    expect(() => constructDelivery({ body, headers, consumerSecret, ...change })).toThrow(refusedWith(reason))
  })

  it.each([
    // HMAC-SHA256 under "consumer-secret", printed by `openssl dgst -sha256 -hmac consumer-secret -binary | base64`.
    ['text', 'hello', 'sha256=NNdtcxQ1gzXgElzHwMEQ9ok5fR8yFnJxZliScHFlTlQ=', 'body_not_json'],
    ['a list', '[]', 'sha256=nRs7wKEXvW+Sdy1WiCCGMk1eO5uhQ4A6owZsFOV5AuI=', 'not_a_delivery'],
  ])('refuses %s that is signed', (_, text, signature, reason) => {
    const headers = { [olderName]: signature }
    expect(() => constructDelivery({ body: text, headers, consumerSecret })).toThrow(refusedWith(reason))
  })

  it('lets the newer header decide alone when its secret is known', () => {
    const input = { body, consumerSecret, clientSecret }
    expect(constructDelivery({ ...input, headers: { [newerName]: newer } }).forUserId).toBe('2244994945')
    expect(constructDelivery({ ...input, headers: { [newerName]: newer, [olderName]: 'x' } }).forUserId).toBeDefined()
    expect(() => constructDelivery({ ...input, headers: { [newerName]: older, [olderName]: older } })).toThrow(
      refusedWith('signature_mismatch'),
    )
    expect(constructDelivery({ ...input, headers: { [olderName]: older } }).forUserId).toBe('2244994945')
  })

  it('demands the newer header with requireOAuth2Signature', () => {
    const input = { body, consumerSecret, clientSecret, requireOAuth2Signature: true }
    expect(constructDelivery({ ...input, headers: { [newerName]: newer } }).forUserId).toBe('2244994945')
    expect(() => constructDelivery({ ...input, headers: { [olderName]: older } })).toThrow(
      refusedWith('signature_missing'),
    )
  })

  it.each([
    ['nothing', undefined, TypeError, '"input" must be an object, got undefined'],
    ['no headers', { headers: undefined }, TypeError, '"headers" must be an object, got undefined'],
    ['no secret', { consumerSecret: undefined }, TypeError, '"consumerSecret" must be a string'],
    ['an empty secret', { consumerSecret: '' }, RangeError, '"consumerSecret" must not be empty'],
    ['a secret with white space', { clientSecret: ' a' }, RangeError, '"clientSecret" must not begin or end'],
    ['a demand without a secret', { requireOAuth2Signature: true }, RangeError, 'needs "clientSecret"'],
    ['a demand that is a text', { requireOAuth2Signature: 'yes' }, TypeError, '"requireOAuth2Signature" must be'],
  ])('throws on %s', (_, change, type, message) => {
    const input = change && { body, headers: { [olderName]: older }, consumerSecret, ...change }
    expect(() => constructDelivery(input as never)).toThrow(type)
    expect(() => constructDelivery(input as never)).toThrow(message)
  })
})
