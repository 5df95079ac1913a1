import { describe, expect, it, vi } from 'vitest'
import { createTestReceiver } from '../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../support/x-request.ts'

describe('unwrap', () => {
  it('resolves to the delivery, runs no handler and remembers nothing', async () => {
    const any = vi.fn()
    const { receiver } = createTestReceiver({ on: { any } })
    const delivery = await receiver.unwrap(deliveryRequest(followBody()))
    expect(delivery.events).toMatchObject([{ type: 'follow', sourceId: '22', targetId: '11' }])
    expect(any).not.toHaveBeenCalled()
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
    expect(any).toHaveBeenCalledOnce()
  })

  it('rejects with the reason when the delivery is not from X, and reports no error', async () => {
    const { receiver, errors } = createTestReceiver()
    await expect(receiver.unwrap(deliveryRequest(followBody(), { key: 'wrong' }))).rejects.toThrow(
      expect.objectContaining({ name: 'VerificationError', reason: 'signature_mismatch' }),
    )
    expect(errors).toEqual([])
  })
})
