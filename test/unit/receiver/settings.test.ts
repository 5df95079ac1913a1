import { describe, expect, it } from 'vitest'
import { createMemoryDedupeStore, createMemoryInbox, createReceiver } from 'x-account-activity/receiver'
import { createSqliteDedupeStore } from 'x-account-activity/stores/sqlite'
import { secret } from '../../support/x-request.ts'

const inbox = createMemoryInbox()
const eventTypes = "'tweet_create' or 'tweet_delete' or"

describe('the options of createReceiver', () => {
  it.each<[string, unknown, typeof TypeError | typeof RangeError, string]>([
    ['no options', undefined, TypeError, '"options" must be an object, got undefined'],
    ['no secret', {}, TypeError, '"consumerSecret" must be a string, an array of strings or a function'],
    ['an empty secret', { consumerSecret: '' }, RangeError, '"consumerSecret" must not be empty'],
    [
      'a secret with a line break',
      { consumerSecret: 'secret\n' },
      RangeError,
      '"consumerSecret" must not begin or end',
    ],
    ['no secrets', { consumerSecret: [] }, RangeError, '"consumerSecret" must hold at least one secret'],
  ])('refuse %s', (_, options, type, message) => {
    expect(() => createReceiver(options as never)).toThrow(type)
    expect(() => createReceiver(options as never)).toThrow(message)
  })

  it.each<[string, object, typeof TypeError | typeof RangeError, string]>([
    ['an empty client secret', { clientSecret: '' }, RangeError, '"clientSecret" must not be empty'],
    [
      'a demand without a client secret',
      { requireOAuth2Signature: true },
      RangeError,
      '"requireOAuth2Signature" needs',
    ],
    [
      'a demand that is a text',
      { requireOAuth2Signature: 'yes' },
      TypeError,
      '"requireOAuth2Signature" must be a bool',
    ],
    ['a handler that is a number', { on: { follow: 1 } }, TypeError, '"handler" must be a function, got number'],
    ['a misspelt type of event', { on: { folow: () => {} } }, RangeError, `"on" must be ${eventTypes}`],
    ['a name of the prototype', { on: { constructor: () => {} } }, RangeError, `"on" must be ${eventTypes}`],
    ['handlers that are null', { on: null }, TypeError, '"on" must be an object, got null'],
    ['an unknown crc', { crc: 'open' }, RangeError, `"crc" must be 'guarded' or 'signed'`],
    [
      'an ack that is a boolean',
      { ack: true },
      TypeError,
      `"ack" must be 'after-handlers' or 'after-accept', got bool`,
    ],
    ['0 bytes', { maxBodyBytes: 0 }, RangeError, '"maxBodyBytes" must be an integer from 1 to'],
    ['NaN bytes', { maxBodyBytes: Number.NaN }, RangeError, '"maxBodyBytes" must be an integer'],
    ['Infinity bytes', { maxBodyBytes: Number.POSITIVE_INFINITY }, RangeError, '"maxBodyBytes" must be an integer'],
    ['0 events', { maxEventsPerDelivery: 0 }, RangeError, '"maxEventsPerDelivery" must be an integer from 1 to'],
    ['half an event', { maxEventsPerDelivery: 1.5 }, RangeError, '"maxEventsPerDelivery" must be an integer from 1 to'],
    ['NaN events', { maxEventsPerDelivery: Number.NaN }, RangeError, '"maxEventsPerDelivery" must be an integer'],
    [
      'Infinity events',
      { maxEventsPerDelivery: Number.POSITIVE_INFINITY },
      RangeError,
      '"maxEventsPerDelivery" must be',
    ],
    ['a text of events', { maxEventsPerDelivery: '10' }, TypeError, '"maxEventsPerDelivery" must be a number'],
    ['a store without commit', { dedupe: { claim: () => {} } }, TypeError, '"dedupe.commit" must be a function, got'],
    ['an onError that is a text', { onError: 'log' }, TypeError, '"onError" must be a function, got string'],
    ['a clock that is a number', { now: 1 }, TypeError, '"now" must be a function, got number'],
    ['an inbox that is a text', { inbox: 'redis' }, TypeError, '"inbox" must be an object, got string'],
    ['an inbox without run', { inbox: { add: () => {} } }, TypeError, '"inbox.run" must be a function, got undefined'],
    [
      'an inbox that is not used',
      { inbox, ack: 'after-handlers' },
      RangeError,
      '"inbox" is used with "ack" after-accept',
    ],
    ['-1 workers', { inbox, workers: -1 }, RangeError, '"workers" must be an integer from 0 to'],
    ['half a worker', { inbox, workers: 0.5 }, RangeError, '"workers" must be an integer from 0 to'],
    ['an unknown order', { order: 'sender' }, RangeError, `"order" must be 'none' or 'account'`],
    ['0 ms for handlers', { handlerTimeoutMs: 0 }, RangeError, '"handlerTimeoutMs" must be an integer from 1 to'],
    [
      'claims that expire before the handlers have to be finished',
      { dedupe: { ...createSqliteDedupeStore({ path: ':memory:', claimTtlMs: 2_499 }), renew: undefined } },
      RangeError,
      '"claimTtlMs" of the dedupe store must be at least "handlerTimeoutMs" (2500), got 2499',
    ],
    ['more ms than a timer takes', { handlerTimeoutMs: 2 ** 31 }, RangeError, 'from 1 to 2147483647, got 2147483648'],
    ['NaN ms for a body', { bodyTimeoutMs: Number.NaN }, RangeError, '"bodyTimeoutMs" must be an integer from 1 to'],
    [
      'Infinity ms for a body',
      { bodyTimeoutMs: Number.POSITIVE_INFINITY },
      RangeError,
      '"bodyTimeoutMs" must be an int',
    ],
    ['0 deliveries', { maxConcurrentDeliveries: 0 }, RangeError, '"maxConcurrentDeliveries" must be an integer from 1'],
    [
      'a text of deliveries',
      { maxConcurrentDeliveries: '10' },
      TypeError,
      '"maxConcurrentDeliveries" must be a number',
    ],
  ])('refuse %s', (_, options, type, message) => {
    const create = () => createReceiver({ consumerSecret: secret, ...options } as never)
    expect(create).toThrow(type)
    expect(create).toThrow(message)
  })

  it.each([
    ['after-accept without an inbox', { ack: 'after-accept' }],
    [
      'claims that last as long as the handlers have',
      { dedupe: { ...createSqliteDedupeStore({ path: ':memory:', claimTtlMs: 2_500 }), renew: undefined } },
    ],
    ['shorter claims that are renewed', { dedupe: createSqliteDedupeStore({ path: ':memory:', claimTtlMs: 100 }) }],
    ['the defaults of a store and of after-accept', { dedupe: createSqliteDedupeStore({ path: ':memory:' }), inbox }],
    ['a store that does not say how long its claims last', { dedupe: { ...createMemoryDedupeStore() } }],
    ['the largest timeouts', { handlerTimeoutMs: 2 ** 31 - 1, bodyTimeoutMs: 2 ** 31 - 1 }],
    ['one event per delivery', { maxEventsPerDelivery: 1 }],
    ['the smallest numbers', { handlerTimeoutMs: 1, bodyTimeoutMs: 1, maxBodyBytes: 1, maxConcurrentDeliveries: 1 }],
    ['undefined for every option', { on: undefined, dedupe: undefined, inbox: undefined, hooks: undefined }],
  ] as const)('accept %s', (_, options) => {
    expect(() => createReceiver({ consumerSecret: secret, ...options })).not.toThrow()
  })
})
