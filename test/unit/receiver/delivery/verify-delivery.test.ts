import { describe, expect, it, vi } from 'vitest'
import { createTestReceiver, readAnswer } from '../../../support/receiver.ts'
import { deliveryRequest, followBody, secret, signatureOf } from '../../../support/x-request.ts'

describe('a delivery', () => {
  it('is verified on its bytes, with escapes and emoji', async () => {
    const handler = vi.fn()
    const { receiver } = createTestReceiver({ on: { any: handler } })
    const body =
      '{"for_user_id":"11","tweet_create_events":[{"id_str":"1","text":"<\\u2764> https:\\/\\/x.com \u{1F389}"}]}'
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect(handler).toHaveBeenCalledOnce()
  })

  it.each([
    ['no signature', { 'x-twitter-webhooks-signature': '' }, 'signature_missing'],
    ['half a signature', { 'x-twitter-webhooks-signature': 'sha256=abc' }, 'signature_malformed'],
    [
      'a signature without its prefix',
      { 'x-twitter-webhooks-signature': signatureOf('a').slice(7) },
      'signature_malformed',
    ],
    ['the signature of another body', { 'x-twitter-webhooks-signature': signatureOf('a') }, 'signature_mismatch'],
    [
      'the signature of another key',
      { 'x-twitter-webhooks-signature': signatureOf(followBody(), 'k') },
      'signature_mismatch',
    ],
  ])('with %s is refused with 401, and no handler runs', async (_, headers, reason) => {
    const handler = vi.fn()
    const { receiver, errors } = createTestReceiver({ on: { any: handler } })
    const { status, body } = await readAnswer(await receiver.fetch(deliveryRequest(followBody(), { headers })))
    expect({ status, error: body.error }).toEqual({ status: 401, error: reason })
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toMatchObject([{ error: { reason }, context: { phase: 'verification' } }])
  })

  it('that is signed with a guessed key is refused', async () => {
    const { receiver } = createTestReceiver()
    expect((await receiver.fetch(deliveryRequest('{}', { key: 'guess' }))).status).toBe(401)
  })

  it.each([
    ['text', 'not json', 'body_not_json'],
    ['nothing', '', 'body_not_json'],
    ['JSON that breaks off', followBody().slice(0, -1), 'body_not_json'],
    ['an array', '[]', 'not_a_delivery'],
    ['null', 'null', 'not_a_delivery'],
    ['a number', '1', 'not_a_delivery'],
    ['a JSON string', '"a"', 'not_a_delivery'],
  ])('that is signed and contains %s is refused with 400', async (_, text, reason) => {
    const { receiver } = createTestReceiver()
    const { status, body } = await readAnswer(await receiver.fetch(deliveryRequest(text)))
    expect({ status, error: body.error }).toEqual({ status: 400, error: reason })
  })
})

describe('the two signature headers', () => {
  const body = followBody()
  const newer = (key: string) => ({ 'x-twitter-webhooks-signature-oauth2': signatureOf(body, key) })
  const both = (consumer: string, client: string) => deliveryRequest(body, { key: consumer, headers: newer(client) })

  it.each([
    ['accept a delivery whose newer signature is right', 'wrong', 'client-secret', 200],
    ['refuse a delivery whose newer signature is wrong, though the older one is right', secret, 'wrong', 401],
    ['refuse a newer signature that the consumer secret made', secret, secret, 401],
  ])('%s', async (_, consumer, client, status) => {
    const { receiver } = createTestReceiver({ clientSecret: 'client-secret' })
    expect((await receiver.fetch(both(consumer, client))).status).toBe(status)
  })

  it('accept the older one when the newer one is absent', async () => {
    const { receiver } = createTestReceiver({ clientSecret: 'client-secret' })
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(body, { key: 'client-secret' }))).status).toBe(401)
  })

  it('are checked by the older one alone without a client secret', async () => {
    const { receiver } = createTestReceiver()
    expect((await receiver.fetch(both(secret, 'client-secret'))).status).toBe(200)
    expect((await receiver.fetch(both('wrong', 'client-secret'))).status).toBe(401)
  })

  it('accept each of several secrets while one is being replaced', async () => {
    const { receiver } = createTestReceiver({ consumerSecret: ['new-secret', secret] })
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(followBody({ at: 1 }), { key: 'new-secret' }))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(body, { key: 'older-secret' }))).status).toBe(401)
  })

  it('are refused without the newer one when requireOAuth2Signature is set', async () => {
    const { receiver, errors } = createTestReceiver({ clientSecret: 'client-secret', requireOAuth2Signature: true })
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(401)
    expect(errors).toMatchObject([{ error: { reason: 'signature_missing' } }])
    expect((await receiver.fetch(both('wrong', 'client-secret'))).status).toBe(200)
  })
})
