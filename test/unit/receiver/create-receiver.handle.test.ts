import { describe, expect, it } from 'vitest'
import { createTestReceiver } from '../../support/receiver.ts'

describe('handle', () => {
  it('takes the method in any case, and a path instead of a URL', async () => {
    const { receiver } = createTestReceiver()
    const answer = await receiver.handle({ method: 'get', url: '/a/webhook?crc_token=foo', headers: {} })
    expect(answer.status).toBe(200)
  })

  it.each([
    [undefined, TypeError, '"request" must be an object, got undefined'],
    [{}, TypeError, '"request.method" must be a string, got undefined'],
    [{ method: 'GET' }, TypeError, '"request.url" must be a string, got undefined'],
    [{ method: 'GET', url: '/' }, TypeError, '"request.headers" must be an object, got undefined'],
    [{ method: '', url: '/', headers: {} }, RangeError, '"request.method" must not be empty'],
  ])('rejects %j', async (request, type, message) => {
    await expect(createTestReceiver().receiver.handle(request as never)).rejects.toThrow(new type(message))
  })
})
