import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createReceiver } from 'x-account-activity/receiver'
import { crcRequest, createTestReceiver } from '../../support/receiver.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

describe('errors', () => {
  it('are written to the console without onError, refused requests once for each reason and with what to check', async () => {
    const write = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => write.mockRestore())
    const fail = () => {
      throw new Error('database is down')
    }
    const receiver = createReceiver({ consumerSecret: secret, on: { any: fail } })
    const written = () => write.mock.calls.map((call) => call.join(' '))
    for (let count = 0; count < 20; count += 1) await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    expect(written()).toEqual([
      expect.stringMatching(
        /^x-account-activity: A request was refused \(signature_mismatch\)\. .* Check that the secret is the consumer secret .* Pass onError to see each of them\.$/,
      ),
    ])
    for (let count = 0; count < 20; count += 1) await receiver.fetch(crcRequest('?crc_token=%7B%7D'))
    expect(written()).toHaveLength(2)
    await receiver.fetch(deliveryRequest(followBody()))
    await receiver.fetch(deliveryRequest(followBody()))
    expect(written().slice(2)).toEqual([
      'x-account-activity: Error: database is down',
      'x-account-activity: Error: database is down',
    ])
  })

  it('are passed to every error handler, and what a handler throws or rejects with is ignored', async () => {
    const { receiver } = createTestReceiver({
      onError: () => {
        throw new Error('logger is down')
      },
    })
    const seen: unknown[] = []
    const remove = receiver.onError((error) => seen.push(error))
    receiver.onError(() => Promise.reject(new Error('logger is down')))
    expect((await receiver.fetch(crcRequest(''))).status).toBe(400)
    remove()
    await receiver.fetch(crcRequest(''))
    expect(seen).toMatchObject([{ name: 'VerificationError', reason: 'crc_token_missing' }])
  })

  it('are not passed to a handler that is not a function', () => {
    const { receiver } = createTestReceiver()
    expect(() => receiver.onError(undefined as never)).toThrow(
      new TypeError('"onError" must be a function, got undefined'),
    )
  })
})
