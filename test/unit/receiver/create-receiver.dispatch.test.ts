import { describe, expect, it, vi } from 'vitest'
import { parseDelivery } from 'x-account-activity/events'
import type { NewInboxItem } from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { createTestReceiver } from '../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../support/x-request.ts'

const delivery = parseDelivery(followBody())

describe('dispatch', () => {
  it('hands each event to its handlers once, also when the same delivery comes by webhook', async () => {
    const follow = vi.fn()
    const onDelivery = vi.fn()
    const { receiver } = createTestReceiver({ on: { follow }, hooks: { onDelivery } })
    expect(await receiver.dispatch(delivery)).toBe(true)
    expect(await receiver.dispatch(delivery)).toBe(true)
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
    expect(follow).toHaveBeenCalledExactlyOnceWith(delivery.events[0], expect.objectContaining({ delivery }))
    expect(onDelivery).toHaveBeenCalledTimes(3)
    expect(onDelivery).toHaveBeenCalledWith(expect.objectContaining({ status: 200, eventTypes: ['follow'] }))
  })

  it('resolves to false when a handler fails, and the event can come again', async () => {
    const follow = vi.fn().mockRejectedValueOnce(new Error('database is down'))
    const { receiver, errors } = createTestReceiver({ on: { follow } })
    expect(await receiver.dispatch(delivery)).toBe(false)
    expect(errors).toMatchObject([{ error: { message: 'database is down' } }])
    expect(await receiver.dispatch(delivery)).toBe(true)
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('puts the events into the inbox', async () => {
    const added: NewInboxItem[] = []
    const add = vi.fn(async (items: readonly NewInboxItem[]) => void added.push(...items))
    const inbox = { add, run: () => ({ stop: async () => {} }) } as never
    const { receiver } = createTestReceiver({ inbox, order: 'account' })
    expect(await receiver.dispatch(delivery)).toBe(true)
    expect(added).toMatchObject([{ id: delivery.events[0]?.id, orderingKey: '11' }])
    expect(parseDelivery(added[0]?.body ?? '')).toEqual(delivery)
    add.mockRejectedValueOnce(new Error('disk is full'))
    expect(await receiver.dispatch(delivery)).toBe(false)
  })

  it.each([
    [
      'an unknown event with a number',
      '{"for_user_id":"2","x_events":[{"n":1207610954160037891},{"n":1207610954160037890}]}',
    ],
    [
      'a subscribed account that is a number',
      '{"for_user_id":1207610954160037891,"tweet_create_events":[{"id_str":"5"}]}',
    ],
    ['a post whose id is a number', '{"for_user_id":"2","tweet_create_events":[{"id":1207610954160037891}]}'],
  ])('stores the body that the ids are taken from: %s beyond 2^53', async (_, body) => {
    const added: NewInboxItem[] = []
    const inbox = { add: async (items: readonly NewInboxItem[]) => void added.push(...items), run: vi.fn() } as never
    const { receiver } = createTestReceiver({ inbox, workers: 0 })
    const exact = parseDelivery(body)
    expect(await receiver.dispatch(exact)).toBe(true)
    expect(added.map(({ id }) => id)).toEqual(exact.events.map(({ id }) => id))
    for (const item of added) expect(parseDelivery(item.body).events.map(({ id }) => id)).toContain(item.id)
  })

  it('resolves to false and reports when the payload is nested too deep to be written as JSON', async () => {
    const follow = vi.fn()
    const onDelivery = vi.fn()
    const { receiver, errors } = createTestReceiver({ on: { follow }, hooks: { onDelivery } })
    let nested: unknown = []
    for (let depth = 1; depth < 200_000; depth += 1) nested = [nested]
    const payload = { ...(delivery.payload as object), follow_events: [nested] }
    expect(await receiver.dispatch({ ...delivery, payload } as never)).toBe(false)
    expect(errors).toMatchObject([
      { error: { name: 'RangeError', message: 'Maximum call stack size exceeded' }, context: { phase: 'request' } },
    ])
    expect(onDelivery).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 500, eventTypes: ['follow'] }))
    expect(follow).not.toHaveBeenCalled()
    expect(await receiver.dispatch(delivery)).toBe(true)
  })

  it('passes the signal on to the handlers, and resolves to false when it fires', async () => {
    const signals: AbortSignal[] = []
    const hanging = deferred()
    const { receiver } = createTestReceiver({
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

  it('runs no handler when the signal has fired, or when the receiver is closing or busy', async () => {
    const follow = vi.fn()
    const { receiver } = createTestReceiver({ on: { follow } })
    expect(await receiver.dispatch(delivery, { signal: AbortSignal.abort() })).toBe(false)
    await receiver.close()
    expect(await receiver.dispatch(delivery)).toBe(false)
    const hanging = deferred()
    const busy = createTestReceiver({ maxConcurrentDeliveries: 1, on: { follow: () => hanging.promise } })
    const first = busy.receiver.dispatch(delivery)
    expect(await busy.receiver.dispatch(parseDelivery(followBody({ source: '33' })))).toBe(false)
    hanging.resolve()
    expect(await first).toBe(true)
    expect(follow).not.toHaveBeenCalled()
  })

  it.each([
    [undefined, '"delivery" must be an object, got undefined'],
    [null, '"delivery" must be an object, got null'],
    ['a', '"delivery" must be an object, got string'],
    [[], '"delivery" must be an object, got array'],
    [{}, '"delivery" must be what parseDelivery returns, with an array "events"'],
    [{ payload: {} }, '"delivery" must be what parseDelivery returns, with an array "events"'],
    [{ events: {}, payload: {} }, '"delivery" must be what parseDelivery returns, with an array "events"'],
    [{ events: [] }, '"delivery.payload" must be an object, got undefined'],
  ])('rejects %j', async (input, message) => {
    await expect(createTestReceiver().receiver.dispatch(input as never)).rejects.toThrow(new TypeError(message))
  })
})
