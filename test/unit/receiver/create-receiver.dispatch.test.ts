import { describe, expect, it, vi } from 'vitest'
import { parseDelivery } from 'x-account-activity/events'
import { createReceiver, type NewInboxItem, type ReceiverOptions } from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

const delivery = parseDelivery(followBody())

function setUp(options: Partial<ReceiverOptions> = {}) {
  const errors: unknown[] = []
  return {
    receiver: createReceiver({ consumerSecret: secret, onError: (error) => errors.push(error), ...options }),
    errors,
  }
}

describe('dispatch', () => {
  it('hands each event to its handlers once, together with what came by webhook', async () => {
    const follow = vi.fn()
    const onDelivery = vi.fn()
    const { receiver } = setUp({ on: { follow }, hooks: { onDelivery } })
    expect(await receiver.dispatch(delivery)).toBe(true)
    expect(await receiver.dispatch(delivery)).toBe(true)
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
    expect(follow).toHaveBeenCalledExactlyOnceWith(delivery.events[0], expect.objectContaining({ delivery }))
    expect(onDelivery).toHaveBeenCalledTimes(3)
    expect(onDelivery).toHaveBeenCalledWith(expect.objectContaining({ status: 200, eventTypes: ['follow'] }))
  })

  it('resolves to false when a handler fails, and the event can come again', async () => {
    const follow = vi.fn().mockRejectedValueOnce(new Error('database is down'))
    const { receiver, errors } = setUp({ on: { follow } })
    expect(await receiver.dispatch(delivery)).toBe(false)
    expect(errors).toMatchObject([{ message: 'database is down' }])
    expect(await receiver.dispatch(delivery)).toBe(true)
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('puts the events into the inbox', async () => {
    const added: NewInboxItem[] = []
    const add = vi.fn(async (items: readonly NewInboxItem[]) => void added.push(...items))
    const { receiver } = setUp({ inbox: { add, run: () => ({ stop: async () => {} }) } as never, order: 'account' })
    expect(await receiver.dispatch(delivery)).toBe(true)
    expect(added).toMatchObject([{ id: delivery.events[0]?.id, orderingKey: '11' }])
    expect(parseDelivery(added[0]?.body ?? '')).toEqual(delivery)
    add.mockRejectedValueOnce(new Error('disk is full'))
    expect(await receiver.dispatch(delivery)).toBe(false)
  })

  it('passes the signal on to the handlers, and resolves to false when it fires', async () => {
    const signals: AbortSignal[] = []
    const hanging = deferred()
    const { receiver } = setUp({
      on: {
        follow: (_event, { signal }) => {
          signals.push(signal)
          return hanging.promise
        },
      },
    })
    const controller = new AbortController()
    const dispatched = receiver.dispatch(delivery, { signal: controller.signal })
    expect(signals[0]?.aborted).toBe(false)
    controller.abort(new Error('stream is closing'))
    expect(await dispatched).toBe(false)
    expect(signals[0]).toMatchObject({ aborted: true, reason: { message: 'stream is closing' } })
    hanging.resolve()
  })

  it('begins nothing with a signal that has fired, or when the receiver is closing or busy', async () => {
    const follow = vi.fn()
    const { receiver } = setUp({ on: { follow } })
    expect(await receiver.dispatch(delivery, { signal: AbortSignal.abort() })).toBe(false)
    await receiver.close()
    expect(await receiver.dispatch(delivery)).toBe(false)
    const hanging = deferred()
    const busy = setUp({ maxConcurrentDeliveries: 1, on: { follow: () => hanging.promise } })
    const first = busy.receiver.dispatch(delivery)
    expect(await busy.receiver.dispatch(parseDelivery(followBody({ source: '33' })))).toBe(false)
    hanging.resolve()
    expect(await first).toBe(true)
    expect(follow).not.toHaveBeenCalled()
  })

  it.each([undefined, null, 'a', [], {}, { events: [] }, { payload: {} }, { events: {}, payload: {} }])(
    'rejects %j, which is not a delivery',
    async (input) => {
      await expect(setUp().receiver.dispatch(input as never)).rejects.toThrow(TypeError)
    },
  )
})

describe('fetch', () => {
  /** `this` matters: the runtime of Workers throws "Illegal invocation" without it. */
  class ExecutionContext {
    readonly promises: Promise<unknown>[] = []
    waitUntil(promise: Promise<unknown>): void {
      this.promises.push(promise)
    }
  }

  it.each([
    ['first', (context: ExecutionContext) => [context]],
    ['second, after the environment', (context: ExecutionContext) => [{ X_CONSUMER_SECRET: secret }, context]],
    ['among other things', (context: ExecutionContext) => [undefined, null, 1, 'a', { waitUntil: 'soon' }, context]],
  ])('finds waitUntil in the argument that comes %s', async (_, argumentsOf) => {
    const { receiver } = setUp({ ack: 'after-accept', on: { follow: () => new Promise(setImmediate) } })
    const context = new ExecutionContext()
    const response = await receiver.fetch(deliveryRequest(followBody()), ...argumentsOf(context))
    expect(response.status).toBe(200)
    expect(context.promises).toHaveLength(1)
    expect(await context.promises[0]).toBe(true)
  })

  it('needs nothing but the request', async () => {
    const { fetch } = setUp({ ack: 'after-accept', on: { follow: () => new Promise(setImmediate) } }).receiver
    expect((await fetch(deliveryRequest(followBody()))).status).toBe(200)
  })
})
