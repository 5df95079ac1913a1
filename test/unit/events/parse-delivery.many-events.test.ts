import { describe, expect, it } from 'vitest'
import { parseDelivery } from '../../../src/events/parse-delivery.ts'
import { quoteLongNumbers } from '../../../src/events/read/parsed-body.ts'
import { deliveries } from '../../support/deliveries.ts'

/** The shortest of some runs: the others were interrupted. */
function shortestTime(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const startedAt = performance.now()
    run()
    return performance.now() - startedAt
  })
  return Math.min(...times)
}

/**
 * How many times as long it takes for 16 times as much: about 16 when the time is linear, 256 when it is quadratic. The
 * smallest of some ratios, because a machine that becomes slower in the middle of one makes it larger.
 */
function growth(run: (size: number) => () => void, size: number): number {
  const [small, large] = [run(size), run(16 * size)]
  small()
  return Math.min(...Array.from({ length: 3 }, () => shortestTime(large) / shortestTime(small)))
}

/** Garbage collection and other programs make it more than 16. */
const mostlyLinear = 100

const message = JSON.stringify(deliveries.direct_message.direct_message_events[0])
const bodyOf = (key: string, event: (index: number) => string, more: (size: number) => string = () => '') => {
  return (size: number) =>
    `{"for_user_id":"2","${key}":[${Array.from({ length: size }, (_, index) => event(index))}]${more(size)}}`
}
const usersOf = (size: number) => `,"users":{${Array.from({ length: size }, (_, id) => `"${id}":{"id":"${id}"}`)}}`

/** A delivery of the X Activity API with this many messages, and as many included users. */
const activityOf = (item: (index: number) => string) => (size: number) => {
  const list = (of: (index: number) => string) => Array.from({ length: size }, (_, index) => of(index)).join()
  const users = list((id) => `{"data":{"id":"${id}"}}`)
  const payload = `{"direct_message_events":[${list(item)}]}`
  return `{"data":{"event_type":"dm.received","filter":{},"payload":${payload},"includes":{"users":[${users}]}}}`
}

describe('the time of parseDelivery', () => {
  it.each([
    ['malformed events', bodyOf('tweet_create_events', () => '{}')],
    ['values that are not events', bodyOf('favorite_events', String)],
    ['events of an unknown key', bodyOf('x_events', (index) => `{"b":${index},"a":{}}`)],
    ['unknown events with long numbers', bodyOf('x_events', (index) => `{"id":12076109541600${10_000 + index}}`)],
    [
      'posts whose ids are only numbers',
      bodyOf('tweet_create_events', (index) => `{"id":12076109541600${10_000 + index}}`),
    ],
    ['messages with many users', bodyOf('direct_message_events', () => message, usersOf)],
    ['one unknown event with many members', bodyOf('x', String)],
    ['malformed items of the X Activity API', activityOf(() => '{}')],
    ['messages of the X Activity API with many users', activityOf(() => '{"id":"1"}')],
  ])('is linear in the number of %s', (_, body) => {
    const parse = (size: number) => {
      const text = body(size)
      return () => void parseDelivery(text)
    }
    expect(growth(parse, 500)).toBeLessThan(mostlyLinear)
  })

  it('is linear in the number of new keys', () => {
    const parse = (size: number) => {
      const text = `{"follow_events":[],${Array.from({ length: size }, (_, index) => `"k${index}":{}`)}}`
      return () => void parseDelivery(text)
    }
    expect(growth(parse, 500)).toBeLessThan(mostlyLinear)
  })

  it('does not list all users for each message', () => {
    let count = 0
    const users = new Proxy(deliveries.direct_message.users, {
      ownKeys: (target) => {
        count += 1
        return Reflect.ownKeys(target)
      },
    })
    const [event] = deliveries.direct_message.direct_message_events
    const { events } = parseDelivery({ direct_message_events: Array.from({ length: 100 }, () => event), users })
    expect(count).toBe(1)
    for (const one of events) expect(one).toMatchObject({ sender: { screen_name: 'alice' } })
  })
})

describe('the time of a scan for long numbers', () => {
  it.each([
    ['numbers', '1207610954160037891,'],
    ['strings', '"a",'],
    ['escaped backslashes', '"\\\\\\\\",'],
    ['escaped quotation marks', '"\\"\\"",'],
  ])('is linear in the number of %s', (_, item) => {
    const scan = (size: number) => {
      const text = `[${item.repeat(size)}0]`
      return () => void quoteLongNumbers(text)
    }
    expect(growth(scan, 10_000)).toBeLessThan(mostlyLinear)
  })

  it('is linear in the length of a string of backslashes', () => {
    const scan = (size: number) => {
      const text = `["${'\\\\'.repeat(size)}",1207610954160037891]`
      return () => void quoteLongNumbers(text)
    }
    expect(growth(scan, 50_000)).toBeLessThan(mostlyLinear)
  })
})
