import { describe, expect, it } from 'vitest'
import { crcAnswers, crcRequest, createTestReceiver, readAnswer } from '../../support/receiver.ts'
import { followBody, secret, signatureOf } from '../../support/x-request.ts'

describe('a CRC', () => {
  it.each([
    '?crc_token=challenge_string',
    '?crc_token=challenge_string&nonce=abc',
    '?app=1&crc_token=challenge_string#x',
  ])('is answered for the query %s', async (query) => {
    const response = await createTestReceiver().receiver.fetch(crcRequest(query))
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await readAnswer(response)).toEqual({ status: 200, body: crcAnswers.consumer })
  })

  it.each([
    ['no query', '', 'crc_token_missing'],
    ['another parameter', '?token=a', 'crc_token_missing'],
    ['an empty token', '?crc_token=', 'crc_token_missing'],
    ['two tokens', '?crc_token=a&crc_token=b', 'crc_token_missing'],
    ['the same token twice', '?crc_token=a&crc_token=a', 'crc_token_missing'],
    ['the body of a delivery', `?crc_token=${encodeURIComponent(followBody())}`, 'crc_token_refused'],
    ['white space', '?crc_token=a%20b', 'crc_token_refused'],
    ['a broken escape', '?crc_token=%', 'crc_token_refused'],
    ['257 characters', `?crc_token=${'a'.repeat(257)}`, 'crc_token_refused'],
    ['a query in the token', '?crc_token=a%3Db%26c%3Dd', 'crc_token_refused'],
  ])('with %s is refused with 400', async (_, query, reason) => {
    const { receiver, errors } = createTestReceiver()
    const { status, body } = await readAnswer(await receiver.fetch(crcRequest(query)))
    expect({ status, error: body.error }).toEqual({ status: 400, error: reason })
    expect(errors).toMatchObject([{ error: { name: 'VerificationError', reason }, context: { phase: 'verification' } }])
  })

  it('is answered with the client secret when the app has one', async () => {
    const { receiver } = createTestReceiver({ clientSecret: 'client-secret' })
    const { body } = await readAnswer(await receiver.fetch(crcRequest('?crc_token=challenge_string')))
    expect(body).toEqual(crcAnswers.client)
  })

  it.each([
    ['the first of several secrets', [secret, 'old-secret']],
    ['a secret that a function returns', () => secret],
    ['a secret that a promise resolves to', async () => secret],
    ['the first of several secrets that a promise resolves to', async () => [secret, 'old-secret']],
  ])('is answered with %s', async (_, consumerSecret) => {
    const { receiver } = createTestReceiver({ consumerSecret })
    const { body } = await readAnswer(await receiver.fetch(crcRequest('?crc_token=challenge_string')))
    expect(body).toEqual(crcAnswers.consumer)
  })

  it('is answered with 500 while the secret cannot be fetched', async () => {
    const consumerSecret = () => Promise.reject(new Error('vault is sealed'))
    const { receiver, errors } = createTestReceiver({ consumerSecret })
    const { status, body } = await readAnswer(await receiver.fetch(crcRequest('?crc_token=challenge_string')))
    expect({ status, error: body.error }).toEqual({ status: 500, error: 'unavailable' })
    expect(JSON.stringify(body)).not.toContain('vault')
    expect(errors).toMatchObject([{ error: { message: 'vault is sealed' }, context: { phase: 'request' } }])
  })
})

describe("a CRC with crc: 'signed'", () => {
  const query = 'crc_token=challenge_string&nonce=a%2Bb'
  const signed = { 'x-twitter-webhooks-signature': signatureOf(query) }

  it('is answered when X signed the query as it sent it', async () => {
    const { receiver } = createTestReceiver({ crc: 'signed' })
    expect((await receiver.fetch(crcRequest(`?${query}`, signed))).status).toBe(200)
    expect((await receiver.fetch(crcRequest(`?app=1&${query}`, signed))).status).toBe(200)
  })

  it.each([
    ['without a signature', `?${query}`, {}, 'signature_missing'],
    ['with a malformed signature', `?${query}`, { 'x-twitter-webhooks-signature': 'sha256=' }, 'signature_malformed'],
    ['with the signature of another query', `?${query}&more=1`, signed, 'signature_mismatch'],
    ['with the signature of the decoded query', '?crc_token=challenge_string&nonce=a+b', signed, 'signature_mismatch'],
  ])('is refused with 401 %s', async (_, asked, headers, reason) => {
    const { receiver } = createTestReceiver({ crc: 'signed' })
    const { status, body } = await readAnswer(await receiver.fetch(crcRequest(asked, headers)))
    expect({ status, error: body.error }).toEqual({ status: 401, error: reason })
  })
})
