import { describe, expect, it, vi } from 'vitest'
import { deferred } from '../../../support/deferred.ts'
import { createTestReceiver, readAnswer, settle, twoFollows } from '../../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../../support/x-request.ts'

describe('the handlers of a delivery', () => {
  it('run for every event when one fails, and X is answered with 500', async () => {
    const others = vi.fn()
    const { receiver, errors } = createTestReceiver({
      on: {
        follow: (event) => {
          if (event.sourceId === '22') throw new Error('database is down')
        },
        any: others,
      },
    })
    const answer = await readAnswer(await receiver.fetch(deliveryRequest(twoFollows)))
    expect(answer).toMatchObject({ status: 500, body: { error: 'handler_failed' } })
    expect(others).toHaveBeenCalledTimes(2)
    expect(errors).toMatchObject([
      {
        error: { message: 'database is down' },
        context: { phase: 'handler', event: { type: 'follow', sourceId: '22' } },
      },
    ])
  })

  it('run again only for the event that failed', async () => {
    const seen: string[] = []
    let isBroken = true
    const { receiver } = createTestReceiver({
      on: {
        follow: async (event) => {
          seen.push(event.sourceId)
          if (isBroken && event.sourceId === '33') throw new Error('not yet')
        },
      },
    })
    expect((await receiver.fetch(deliveryRequest(twoFollows))).status).toBe(500)
    isBroken = false
    expect((await receiver.fetch(deliveryRequest(twoFollows))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(twoFollows))).status).toBe(200)
    expect(seen).toEqual(['22', '33', '33'])
  })

  it('end before X is answered', async () => {
    const hanging = deferred()
    const { receiver } = createTestReceiver({ on: { follow: () => hanging.promise } })
    const answered = vi.fn()
    const response = receiver.fetch(deliveryRequest(followBody()))
    void response.then(answered)
    await settle()
    expect(answered).not.toHaveBeenCalled()
    hanging.resolve()
    expect((await response).status).toBe(200)
  })

  it('run for one event after the other', async () => {
    const order: string[] = []
    const { receiver } = createTestReceiver({
      on: {
        follow: async (event) => {
          order.push(`begin ${event.sourceId}`)
          await settle()
          order.push(`end ${event.sourceId}`)
        },
      },
    })
    await receiver.fetch(deliveryRequest(twoFollows))
    expect(order).toEqual(['begin 22', 'end 22', 'begin 33', 'end 33'])
  })

  it('go on after the answer with after-accept, kept alive by waitUntil', async () => {
    const promises: Promise<unknown>[] = []
    const hanging = deferred()
    const { receiver } = createTestReceiver({ ack: 'after-accept', on: { follow: () => hanging.promise } })
    const context = { waitUntil: (promise: Promise<unknown>) => promises.push(promise) }
    expect((await receiver.fetch(deliveryRequest(followBody()), context)).status).toBe(200)
    expect(promises).toHaveLength(1)
    hanging.resolve()
    await expect(promises[0]).resolves.toBe(true)
  })
})
