import { describe, expect, it, vi } from 'vitest'
import { parseDelivery } from 'x-account-activity/events'
import { constructDelivery, createMemoryInbox, type ReceiverOptions } from 'x-account-activity/receiver'
import { createTestReceiver, readAnswer, signatureHeader } from '../../../support/receiver.ts'
import { deliveryRequest, secret } from '../../../support/x-request.ts'

/** A body with this many deletions. */
const bodyOf = (count: number) => {
  const events = Array.from({ length: count }, (_, index) => ({ status: { id: String(index + 1) }, timestamp_ms: '1' }))
  return JSON.stringify({ for_user_id: '11', tweet_delete_events: events })
}

function setUp(options: Partial<ReceiverOptions> = {}) {
  const deleted = vi.fn()
  const { receiver, errors } = createTestReceiver({ on: { tweet_delete: deleted }, ...options })
  const deliver = async (body: string) => readAnswer(await receiver.fetch(deliveryRequest(body)))
  return { receiver, deliver, deleted, errors }
}

const tooMany = {
  status: 413,
  body: { error: 'too_many_events', message: expect.stringContaining('"maxEventsPerDelivery"') },
}

describe('the number of events of a delivery', () => {
  it.each([
    ['2 by option', { maxEventsPerDelivery: 2 }, 2],
    ['1 by option', { maxEventsPerDelivery: 1 }, 1],
    ['1,000 by default', {}, 1_000],
    ['1,000 when the option is undefined', { maxEventsPerDelivery: undefined }, 1_000],
  ])('is at most %s', async (_, options, most) => {
    const { deliver, deleted, errors } = setUp(options)
    expect(await deliver(bodyOf(most - 1))).toMatchObject({ status: 200 })
    expect(await deliver(bodyOf(most))).toMatchObject({ status: 200 })
    expect(deleted).toHaveBeenCalledTimes(most)
    expect(errors).toEqual([])
    expect(await deliver(bodyOf(most + 1))).toMatchObject(tooMany)
    expect(deleted).toHaveBeenCalledTimes(most)
    expect(errors).toMatchObject([
      { error: { name: 'VerificationError', reason: 'too_many_events' }, context: { phase: 'verification' } },
    ])
  })

  it.each([
    ['events of several keys', '{"follow_events":[{},{}],"x_events":[{}]}'],
    ['new keys', '{"follow_events":[],"a":{},"b":[],"c":{}}'],
    ['single events', '{"follow_events":[{}],"user_event":{},"replay_job_status":null}'],
    ['a value in the place of an array', '{"follow_events":{},"x_events":[1,2]}'],
    ['posts of a filtered stream in a list', '{"data":[{"id":"1"},{"id":"2"},7],"matching_rules":[]}'],
    ['activities in a list', '{"data":[{"event_type":"post.create"},{},{}]}'],
    [
      'messages of the X Activity API',
      '{"data":[{"event_type":"x"},{"event_type":"dm.received","payload":{"direct_message_events":[{},{}]}}]}',
    ],
  ])('includes %s', async (_, body) => {
    expect(parseDelivery(body).events).toHaveLength(3)
    expect(await setUp({ maxEventsPerDelivery: 3 }).deliver(body)).toMatchObject({ status: 200 })
    expect(await setUp({ maxEventsPerDelivery: 2 }).deliver(body)).toMatchObject(tooMany)
  })

  it.each([
    [
      'what belongs to the events',
      '{"for_user_id":"1","users":{},"apps":{},"meta":{},"flag":true,"text":"a","follow_events":[{}]}',
    ],
    ['the members of deliveries of other APIs', '{"data":{"event_type":"post.create"},"a":{},"b_events":[1,2,3]}'],
    ['the members of an unknown body', '{"a":{},"b":{},"c":[1,2]}'],
  ])('does not include %s', async (_, body) => {
    expect(parseDelivery(body).events).toHaveLength(1)
    expect(await setUp({ maxEventsPerDelivery: 1 }).deliver(body)).toMatchObject({ status: 200 })
  })

  it('is checked after the signature', async () => {
    const { receiver } = setUp({ maxEventsPerDelivery: 1 })
    const request = new Request('https://app.example/webhook', {
      method: 'POST',
      body: bodyOf(2),
      headers: signatureHeader(bodyOf(2), 'another secret'),
    })
    expect((await receiver.fetch(request)).status).toBe(401)
  })

  it('limits what goes into an inbox', async () => {
    const inbox = createMemoryInbox()
    const add = vi.spyOn(inbox, 'add')
    const { deliver, receiver } = setUp({ inbox, maxEventsPerDelivery: 2 })
    expect(await deliver(bodyOf(3))).toMatchObject(tooMany)
    expect(add).not.toHaveBeenCalled()
    expect(await deliver(bodyOf(2))).toMatchObject({ status: 200 })
    expect(add).toHaveBeenCalledOnce()
    await receiver.close()
    inbox.close()
  })

  it('limits unwrap', async () => {
    const { receiver } = setUp({ maxEventsPerDelivery: 2 })
    expect((await receiver.unwrap(deliveryRequest(bodyOf(2)))).events).toHaveLength(2)
    await expect(receiver.unwrap(deliveryRequest(bodyOf(3)))).rejects.toMatchObject({ reason: 'too_many_events' })
  })

  it('limits dispatch, which resolves to false', async () => {
    const onDelivery = vi.fn()
    const { receiver, deleted, errors } = setUp({ maxEventsPerDelivery: 2, hooks: { onDelivery } })
    expect(await receiver.dispatch(parseDelivery(bodyOf(2)))).toBe(true)
    expect(await receiver.dispatch(parseDelivery(bodyOf(3)))).toBe(false)
    expect(deleted).toHaveBeenCalledTimes(2)
    expect(onDelivery).toHaveBeenLastCalledWith(expect.objectContaining({ status: 413, reason: 'too_many_events' }))
    expect(errors).toMatchObject([{ error: { reason: 'too_many_events' } }])
  })

  it('has no limit in parseDelivery and constructDelivery', () => {
    const body = bodyOf(2_000)
    expect(parseDelivery(body).events).toHaveLength(2_000)
    const delivery = constructDelivery({ body, headers: signatureHeader(body), consumerSecret: secret })
    expect(delivery.events).toHaveLength(2_000)
  })
})
