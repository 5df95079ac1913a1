import { describe, expect, it } from 'vitest'
import { createTestReceiver, settle } from '../../support/receiver.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

describe('fetch', () => {
  /** The method needs its `this`: without it, the runtime of Workers throws "Illegal invocation". */
  class ExecutionContext {
    readonly promises: Promise<unknown>[] = []
    waitUntil(promise: Promise<unknown>): void {
      this.promises.push(promise)
    }
  }

  it.each([
    ['first', (context: ExecutionContext) => [context]],
    ['second, after the environment', (context: ExecutionContext) => [{ X_CONSUMER_SECRET: secret }, context]],
    ['after other values', (context: ExecutionContext) => [undefined, null, 1, 'a', { waitUntil: 'soon' }, context]],
  ])('finds waitUntil in the argument that comes %s', async (_, argumentsOf) => {
    const { receiver } = createTestReceiver({ ack: 'after-accept', on: { follow: settle } })
    const context = new ExecutionContext()
    const response = await receiver.fetch(deliveryRequest(followBody()), ...argumentsOf(context))
    expect(response.status).toBe(200)
    expect(context.promises).toHaveLength(1)
    expect(await context.promises[0]).toBe(true)
  })

  it('works without further arguments, and without its object', async () => {
    const { fetch } = createTestReceiver({ ack: 'after-accept', on: { follow: settle } }).receiver
    expect((await fetch(deliveryRequest(followBody()))).status).toBe(200)
  })

  describe('of a Request without streams, as in Firefox and polyfills', () => {
    /** Its members are those of a `Request`, except for `body`. */
    const withoutStreams = (text: string, headers = deliveryRequest(text).headers) => ({
      method: 'POST',
      url: 'https://app.example/webhook',
      headers,
      bodyUsed: false,
      arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    })
    const fetch = async (request: object, options = {}) => {
      const { receiver } = createTestReceiver({ on: { follow: () => {} }, ...options })
      return (await receiver.fetch(request as Request)).status
    }

    it('reads the body as a whole', async () => {
      expect(await fetch(withoutStreams(followBody()))).toBe(200)
    })

    it('refuses another body, a body that is too large, and one that was read', async () => {
      const { headers } = deliveryRequest(followBody())
      expect(await fetch(withoutStreams(`${followBody()} `, headers))).toBe(401)
      const size = new TextEncoder().encode(followBody()).length
      expect(await fetch(withoutStreams(followBody()), { maxBodyBytes: size })).toBe(200)
      expect(await fetch(withoutStreams(followBody()), { maxBodyBytes: size - 1 })).toBe(413)
      expect(await fetch({ ...withoutStreams(followBody()), bodyUsed: true })).toBe(500)
    })
  })
})
