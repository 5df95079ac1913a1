import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VerificationError } from '../../../src/errors/verification-error.ts'
import { verificationError } from '../../../src/errors/verification-messages.ts'
import { parseDelivery } from '../../../src/events/parse-delivery.ts'
import { deliveries } from '../../support/deliveries.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const eventsOf = (input: string | Uint8Array | object) => parseDelivery(input).events
const typesOf = (input: string | Uint8Array | object) => eventsOf(input).map((event) => event.type)

describe('parseDelivery refuses', () => {
  it.each(['', ' ', 'crc_token=abc&nonce=def', '{', "{'a':1}", '{"a":1}}', 'undefined', '<html></html>', '\u0000'])(
    'a body that is not JSON: %j',
    (text) => {
      for (const input of [text, bytesOf(text)]) {
        expect(() => parseDelivery(input)).toThrow(verificationError('body_not_json'))
      }
    },
  )

  it.each(['null', '1', '"text"', 'true', '[]', '[{"for_user_id":"1"}]'])('JSON that is not an object: %s', (text) => {
    for (const input of [text, bytesOf(text)]) {
      expect(() => parseDelivery(input)).toThrow(verificationError('not_a_delivery'))
    }
  })

  it('a parsed array', () => {
    expect(() => parseDelivery([deliveries.follow])).toThrow(verificationError('not_a_delivery'))
  })

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['number', 5],
    ['boolean', true],
    ['function', () => ({})],
    ['symbol', Symbol('s')],
    ['Promise', Promise.resolve(deliveries.follow)],
    ['Request', new Request('https://hooks.example', { method: 'POST', body: '{}' })],
    ['ArrayBuffer', new ArrayBuffer(2)],
    ['Map', new Map()],
  ])('an argument that is not a body: %s', (got, input) => {
    expect(() => parseDelivery(input as never)).toThrow(
      new TypeError(`"input" must be a string, a Uint8Array or the parsed body, got ${got}`),
    )
  })

  it('without quoting the body, which may be private', () => {
    const error = (() => {
      try {
        return parseDelivery('{"text":"meet me at nine"')
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(VerificationError)
    expect(error).not.toHaveProperty('cause')
    expect(String(error)).not.toContain('nine')
  })
})

describe('parseDelivery accepts', () => {
  const body = JSON.stringify(deliveries.follow)

  it('a byte order mark', () => {
    expect(typesOf(`\uFEFF${body}`)).toEqual(['follow'])
    expect(typesOf(bytesOf(`\uFEFF${body}`))).toEqual(['follow'])
  })

  it('bytes that are not UTF-8, which become U+FFFD', () => {
    const bytes = bytesOf('{"for_user_id":"1","tweet_create_events":[{"id_str":"2","text":"?"}]}')
    bytes[bytes.indexOf('?'.charCodeAt(0))] = 0xff
    expect(eventsOf(bytes)[0]?.payload).toEqual({ id_str: '2', text: '\uFFFD' })
  })

  it('a view into the middle of a buffer', () => {
    const bytes = bytesOf(`xx${body}xx`)
    expect(typesOf(bytes.subarray(2, -2))).toEqual(['follow'])
    expect(typesOf(Buffer.from(body))).toEqual(['follow'])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('keys and ids such as %s', (name) => {
    const text = `{"for_user_id":"${name}","${name}":{"type":"follow"},"${name}_events":[1],"tweet_create_events":[{"id_str":"${name}","${name}":{"user":{"id_str":"1"}}}]}`
    const { events, forUserId } = parseDelivery(text)
    expect(forUserId).toBe(name)
    expect(events.map(({ type, id }) => [type, id])).toEqual([
      ['unknown', expect.stringContaining(`unknown:account_activity:${name}:${name}:#`)],
      ['unknown', expect.stringContaining(`unknown:account_activity:${name}_events:${name}:#`)],
      ['tweet_create', `tweet_create:${name}:${name}`],
    ])
    expect({}).not.toHaveProperty('user')
  })

  it('an object with a polluted prototype, whose members it does not read', () => {
    const input = Object.create({
      for_user_id: '1',
      data: { event_type: 'x' },
      matching_rules: [],
      user_has_blocked: true,
    })
    Object.assign(input, { tweet_create_events: [{ id_str: '2' }] })
    const { family, events, forUserId } = parseDelivery(input)
    expect({ family, forUserId }).toEqual({ family: 'account_activity', forUserId: undefined })
    expect(events[0]).not.toHaveProperty('userHasBlocked')
  })

  it('arrays and nesting of any size', () => {
    const depth = 50_000
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
    expect(typesOf(`{"tweet_create_events":[{"id_str":"1","entities":${deep}},${deep}]}`)).toEqual([
      'tweet_create',
      'unknown',
    ])
    expect(typesOf(`{"tweet_create_events":[${'1,'.repeat(depth)}1]}`)).toHaveLength(depth + 1)
  })

  it('any JSON object, and returns the same ids each time', () => {
    const keys = [
      'for_user_id',
      'data',
      'users',
      'apps',
      'matching_rules',
      'user_event',
      'replay_job_status',
      'x_events',
    ]
    const lists = [...new Set(Object.values(deliveries).flatMap(Object.keys))].filter((key) => key.endsWith('_events'))
    const element = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          id: fc.jsonValue(),
          id_str: fc.jsonValue(),
          user: fc.jsonValue(),
          source: fc.jsonValue(),
          target: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    )
    const delivery = fc.dictionary(fc.constantFrom(...keys, ...lists), fc.oneof(fc.jsonValue(), fc.array(element)))
    fc.assert(
      fc.property(delivery, (body) => {
        const text = JSON.stringify(body)
        const ids = eventsOf(text).map((event) => event.id)
        expect(eventsOf(text).map((event) => event.id)).toEqual(ids)
        expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true)
      }),
    )
  })
})
