import { describe, expect, it, vi } from 'vitest'
import { createTestReceiver } from '../../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../../support/x-request.ts'

describe('the handlers of a receiver', () => {
  it('run in the order in which they were added: those of the type first, then those of every type', async () => {
    const seen: string[] = []
    const { receiver } = createTestReceiver({
      now: () => Date.UTC(2026, 10, 21),
      on: {
        follow: (event, { delivery, receivedAt }) => {
          seen.push(
            `${event.sourceId} follows ${event.targetId} of ${delivery.forUserId} at ${receivedAt.toISOString()}`,
          )
        },
        any: (event) => seen.push(`any ${event.type}`),
        mute: () => seen.push('mute'),
      },
    })
    receiver.on(['follow', 'unfollow'], (event) => seen.push(`later ${event.type} ${event.targetId}`))
    receiver.onAny((event) => seen.push(`later any ${event.type}`))
    const response = await receiver.fetch(deliveryRequest(followBody()))
    expect(response.status).toBe(200)
    expect(seen).toEqual([
      '22 follows 11 of 11 at 2026-11-21T00:00:00.000Z',
      'later follow 11',
      'any follow',
      'later any follow',
    ])
  })

  it('run twice when they are added twice, and are removed one by one', async () => {
    const follow = vi.fn()
    const { receiver } = createTestReceiver()
    const removals = [receiver.on('follow', follow), receiver.on('follow', follow), receiver.onAny(follow)]
    removals[0]?.()
    removals[0]?.()
    await receiver.fetch(deliveryRequest(followBody()))
    expect(follow).toHaveBeenCalledTimes(2)
    for (const remove of removals) remove()
    await receiver.fetch(deliveryRequest(followBody({ at: 2 })))
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('run once for a type that is named twice', async () => {
    const follow = vi.fn()
    const { receiver } = createTestReceiver()
    receiver.on(['follow', 'follow'], follow)
    await receiver.fetch(deliveryRequest(followBody()))
    expect(follow).toHaveBeenCalledOnce()
  })

  it('are refused for an unknown type of event, and must be functions', () => {
    const { receiver } = createTestReceiver()
    expect(() => receiver.on('folow' as never, () => {})).toThrow(RangeError)
    expect(() => receiver.on('folow' as never, () => {})).toThrow(/^"type" must be 'tweet_create' or /)
    expect(() => receiver.on('any' as never, () => {})).toThrow(RangeError)
    expect(() => receiver.on('follow', undefined as never)).toThrow(
      new TypeError('"handler" must be a function, got undefined'),
    )
    expect(() => receiver.onAny(undefined as never)).toThrow(
      new TypeError('"handler" must be a function, got undefined'),
    )
  })
})
