import { createHmac } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import {
  createMemoryDedupeStore,
  createReceiver,
  type ErrorContext,
  type ReceiverOptions,
} from 'x-account-activity/receiver'
import { deliveryRequest, followBody, secret, signatureOf } from '../../support/x-request.ts'

const url = 'https://app.example/webhook'

function setUp(options: Partial<ReceiverOptions> = {}) {
  const errors: { error: unknown; context: ErrorContext }[] = []
  const onError = (error: unknown, context: ErrorContext) => errors.push({ error, context })
  return { receiver: createReceiver({ consumerSecret: secret, onError, ...options }), errors }
}

const get = (query: string, headers: HeadersInit = {}) => new Request(`${url}${query}`, { headers })

async function answer(response: Response) {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('the CRC', () => {
  // The vectors of the webhook room's tests.
  const consumerAnswer = { response_token: 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk=' }
  const clientAnswer = { response_token: 'sha256=bACRGErecWu2jj2NpzrZglSUmdYwRiKKEr4qwY8EfB0=' }

  it.each([
    '?crc_token=challenge_string',
    '?crc_token=challenge_string&nonce=abc',
    '?app=1&crc_token=challenge_string#x',
  ])('is answered for the query %s', async (query) => {
    const response = await setUp().receiver.fetch(get(query))
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await answer(response)).toEqual({ status: 200, body: consumerAnswer })
  })

  it.each([
    ['no query', '', 'crc_token_missing'],
    ['another parameter', '?token=a', 'crc_token_missing'],
    ['an empty token', '?crc_token=', 'crc_token_missing'],
    ['two tokens', '?crc_token=a&crc_token=b', 'crc_token_missing'],
    ['the same token twice', '?crc_token=a&crc_token=a', 'crc_token_missing'],
    ['a body to be forged', `?crc_token=${encodeURIComponent(followBody())}`, 'crc_token_refused'],
    ['white space', '?crc_token=a%20b', 'crc_token_refused'],
    ['a broken percent sign', '?crc_token=%', 'crc_token_refused'],
    ['257 characters', `?crc_token=${'a'.repeat(257)}`, 'crc_token_refused'],
    ['a query', '?crc_token=a%3Db%26c%3Dd', 'crc_token_refused'],
  ])('is refused with 400 for %s', async (_, query, reason) => {
    const { receiver, errors } = setUp()
    const { status, body } = await answer(await receiver.fetch(get(query)))
    expect({ status, error: body.error }).toEqual({ status: 400, error: reason })
    expect(errors).toMatchObject([{ error: { name: 'VerificationError', reason }, context: { phase: 'verification' } }])
  })

  it('is answered with the client secret where the app has one', async () => {
    const { receiver } = setUp({ clientSecret: 'client-secret' })
    expect((await answer(await receiver.fetch(get('?crc_token=challenge_string')))).body).toEqual(clientAnswer)
  })

  it('is answered with the first of several secrets', async () => {
    const { receiver } = setUp({ consumerSecret: [secret, 'old-secret'] })
    expect((await answer(await receiver.fetch(get('?crc_token=challenge_string')))).body).toEqual(consumerAnswer)
  })

  it.each([() => secret, async () => secret, async () => [secret, 'old-secret']])(
    'is answered with a secret that is fetched',
    async (consumerSecret) => {
      const { receiver } = setUp({ consumerSecret })
      expect((await answer(await receiver.fetch(get('?crc_token=challenge_string')))).body).toEqual(consumerAnswer)
    },
  )

  it('is answered with 500 while the secret cannot be fetched', async () => {
    const consumerSecret = () => Promise.reject(new Error('vault is sealed'))
    const { receiver, errors } = setUp({ consumerSecret })
    const { status, body } = await answer(await receiver.fetch(get('?crc_token=challenge_string')))
    expect({ status, error: body.error }).toEqual({ status: 500, error: 'unavailable' })
    expect(JSON.stringify(body)).not.toContain('vault')
    expect(errors).toMatchObject([{ error: { message: 'vault is sealed' }, context: { phase: 'request' } }])
  })

  describe('when it has to be signed', () => {
    const query = 'crc_token=challenge_string&nonce=a%2Bb'
    const signed = { 'x-twitter-webhooks-signature': signatureOf(query) }

    it('is answered when X signed the query as it was sent', async () => {
      const { receiver } = setUp({ crc: 'signed' })
      expect((await receiver.fetch(get(`?${query}`, signed))).status).toBe(200)
      expect((await receiver.fetch(get(`?app=1&${query}`, signed))).status).toBe(200)
    })

    it.each([
      ['without a signature', `?${query}`, {}, 'signature_missing'],
      ['with a malformed one', `?${query}`, { 'x-twitter-webhooks-signature': 'sha256=' }, 'signature_malformed'],
      ['with that of another query', `?${query}&more=1`, signed, 'signature_mismatch'],
      ['with that of the decoded query', '?crc_token=challenge_string&nonce=a+b', signed, 'signature_mismatch'],
    ])('is refused with 401 %s', async (_, asked, headers, reason) => {
      const { receiver } = setUp({ crc: 'signed' })
      const { status, body } = await answer(await receiver.fetch(get(asked, headers)))
      expect({ status, error: body.error }).toEqual({ status: 401, error: reason })
    })
  })
})

describe('a delivery', () => {
  it('reaches its handler, any, and handlers added later, with its type known', async () => {
    const seen: string[] = []
    const { receiver } = setUp({
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

  it('is verified on its bytes, escapes and emoji included', async () => {
    const handler = vi.fn()
    const { receiver } = setUp({ on: { any: handler } })
    const body =
      '{"for_user_id":"11","tweet_create_events":[{"id_str":"1","text":"<\\u2764> https:\\/\\/x.com \u{1F389}"}]}'
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect(handler).toHaveBeenCalledOnce()
  })

  it.each([
    ['no signature', { 'x-twitter-webhooks-signature': '' }, 'signature_missing'],
    ['half a signature', { 'x-twitter-webhooks-signature': 'sha256=abc' }, 'signature_malformed'],
    [
      'a signature without its prefix',
      { 'x-twitter-webhooks-signature': signatureOf('a').slice(7) },
      'signature_malformed',
    ],
    ['the signature of another body', { 'x-twitter-webhooks-signature': signatureOf('a') }, 'signature_mismatch'],
    [
      'the signature of another key',
      { 'x-twitter-webhooks-signature': signatureOf(followBody(), 'k') },
      'signature_mismatch',
    ],
  ])('is refused with 401 for %s, and no handler runs', async (_, headers, reason) => {
    const handler = vi.fn()
    const { receiver, errors } = setUp({ on: { any: handler } })
    const { status, body } = await answer(await receiver.fetch(deliveryRequest(followBody(), { headers })))
    expect({ status, error: body.error }).toEqual({ status: 401, error: reason })
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toMatchObject([{ error: { reason }, context: { phase: 'verification' } }])
  })

  it('is refused for an answered CRC taken as its signature', async () => {
    const { receiver } = setUp()
    const forged = createHmac('sha256', 'guess').update('{}').digest('base64')
    const headers = { 'x-twitter-webhooks-signature': `sha256=${forged}` }
    expect((await receiver.fetch(deliveryRequest('{}', { headers }))).status).toBe(401)
  })

  it.each([
    ['no JSON', 'not json', 'body_not_json'],
    ['nothing', '', 'body_not_json'],
    ['JSON cut short', followBody().slice(0, -1), 'body_not_json'],
    ['an array', '[]', 'not_a_delivery'],
    ['null', 'null', 'not_a_delivery'],
    ['a number', '1', 'not_a_delivery'],
    ['a text', '"a"', 'not_a_delivery'],
  ])('is refused with 400 when it is signed but holds %s', async (_, text, reason) => {
    const { receiver } = setUp()
    const { status, body } = await answer(await receiver.fetch(deliveryRequest(text)))
    expect({ status, error: body.error }).toEqual({ status: 400, error: reason })
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])('is refused with 405 when it comes by %s', async (method) => {
    const response = await setUp().receiver.fetch(new Request(url, { method }))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, POST')
  })

  it.each([
    ['an unknown message type', '{"for_user_id":"11","spaces_events":[{"id":"1"}]}'],
    ['no known key', '{"hello":"world"}'],
    ['nothing that happened', '{"for_user_id":"11","follow_events":[]}'],
    ['an event that is broken', '{"for_user_id":"11","follow_events":[null]}'],
  ])('is answered with 200 when it holds %s', async (_, body) => {
    const { receiver, errors } = setUp()
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect(errors).toEqual([])
  })

  it('is refused with 413 when it is larger than allowed, by a byte', async () => {
    const body = followBody()
    const size = new TextEncoder().encode(body).length
    expect((await setUp({ maxBodyBytes: size }).receiver.fetch(deliveryRequest(body))).status).toBe(200)
    const response = await setUp({ maxBodyBytes: size - 1 }).receiver.fetch(deliveryRequest(body))
    expect(await answer(response)).toMatchObject({ status: 413, body: { error: 'body_too_large' } })
  })

  it('is measured in bytes, not in characters', async () => {
    const body = JSON.stringify({ text: '🎉'.repeat(100) })
    expect((await setUp({ maxBodyBytes: 400 }).receiver.fetch(deliveryRequest(body))).status).toBe(413)
  })

  it('is not read on when its pieces are larger than allowed', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1000))
      },
    })
    const headers = { 'x-twitter-webhooks-signature': signatureOf('a') }
    const init = { method: 'POST', headers, body: endless, duplex: 'half' } as const
    expect((await setUp({ maxBodyBytes: 5000 }).receiver.fetch(new Request(url, init))).status).toBe(413)
    expect(pulled).toBeLessThan(10)
  })

  it('that somebody read before is answered with 500, and the error says why', async () => {
    const { receiver, errors } = setUp()
    const request = deliveryRequest(followBody())
    await request.json()
    expect(await answer(await receiver.fetch(request))).toMatchObject({ status: 500, body: { error: 'body_not_raw' } })
    expect(errors).toMatchObject([{ error: { reason: 'body_not_raw' } }])
  })
})

describe('the two signatures', () => {
  const body = followBody()
  const newer = (key: string) => ({ 'x-twitter-webhooks-signature-oauth2': signatureOf(body, key) })
  const both = (consumer: string, client: string) => deliveryRequest(body, { key: consumer, headers: newer(client) })

  it.each([
    ['accepts the newer one alone', 'wrong', 'client-secret', 200],
    ['does not fall back where the newer one is wrong', secret, 'wrong', 401],
    ['does not take the consumer secret for the client secret', secret, secret, 401],
  ])('%s', async (_, consumer, client, status) => {
    const { receiver } = setUp({ clientSecret: 'client-secret' })
    expect((await receiver.fetch(both(consumer, client))).status).toBe(status)
  })

  it('takes the older one where the newer is absent', async () => {
    const { receiver } = setUp({ clientSecret: 'client-secret' })
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(body, { key: 'client-secret' }))).status).toBe(401)
  })

  it('looks at the older one alone while no client secret is known', async () => {
    const { receiver } = setUp()
    expect((await receiver.fetch(both(secret, 'client-secret'))).status).toBe(200)
    expect((await receiver.fetch(both('wrong', 'client-secret'))).status).toBe(401)
  })

  it('accepts every secret while one is being rotated', async () => {
    const { receiver } = setUp({ consumerSecret: ['new-secret', secret] })
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(followBody({ at: 1 }), { key: 'new-secret' }))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(body, { key: 'older-secret' }))).status).toBe(401)
  })
})

describe('handlers', () => {
  const two = JSON.stringify({
    for_user_id: '11',
    follow_events: [
      JSON.parse(followBody()).follow_events[0],
      JSON.parse(followBody({ source: '33' })).follow_events[0],
    ],
  })

  it('one that fails does not stop the others, and X is asked to send again', async () => {
    const others = vi.fn()
    const { receiver, errors } = setUp({
      on: {
        follow: (event) => {
          if (event.sourceId === '22') throw new Error('database is down')
        },
        any: others,
      },
    })
    const response = await receiver.fetch(deliveryRequest(two))
    expect(await answer(response)).toMatchObject({ status: 500, body: { error: 'handler_failed' } })
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
    let broken = true
    const { receiver } = setUp({
      on: {
        follow: async (event) => {
          seen.push(event.sourceId)
          if (broken && event.sourceId === '33') throw new Error('not yet')
        },
      },
    })
    expect((await receiver.fetch(deliveryRequest(two))).status).toBe(500)
    broken = false
    expect((await receiver.fetch(deliveryRequest(two))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(two))).status).toBe(200)
    expect(seen).toEqual(['22', '33', '33'])
  })

  it('are awaited before the answer is given', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const { receiver } = setUp({ on: { follow: () => gate } })
    let answered = false
    const response = receiver.fetch(deliveryRequest(followBody())).then((given) => {
      answered = true
      return given
    })
    await new Promise(setImmediate)
    expect(answered).toBe(false)
    release()
    expect((await response).status).toBe(200)
  })

  it('do not run for a second delivery that comes while the first is under way, which shares its end', async () => {
    const ends: ((error?: Error) => void)[] = []
    const follow = vi.fn(
      () =>
        new Promise<void>((resolve, reject) => {
          ends.push((error) => (error ? reject(error) : resolve()))
        }),
    )
    const { receiver } = setUp({ on: { follow } })
    const deliver = () => receiver.fetch(deliveryRequest(followBody()))
    const failing = [deliver(), deliver()]
    await vi.waitFor(() => expect(ends).toHaveLength(1))
    ends[0]?.(new Error('lost'))
    expect((await Promise.all(failing)).map(({ status }) => status)).toEqual([500, 500])
    const succeeding = [deliver(), deliver()]
    await vi.waitFor(() => expect(ends).toHaveLength(2))
    ends[1]?.()
    expect((await Promise.all(succeeding)).map(({ status }) => status)).toEqual([200, 200])
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('are handed the events of a delivery one after the other', async () => {
    const order: string[] = []
    const { receiver } = setUp({
      on: {
        follow: async (event) => {
          order.push(`begin ${event.sourceId}`)
          await new Promise(setImmediate)
          order.push(`end ${event.sourceId}`)
        },
      },
    })
    await receiver.fetch(deliveryRequest(two))
    expect(order).toEqual(['begin 22', 'end 22', 'begin 33', 'end 33'])
  })

  it('can be taken away again, each once', async () => {
    const follow = vi.fn()
    const { receiver } = setUp()
    const removals = [receiver.on('follow', follow), receiver.on('follow', follow), receiver.onAny(follow)]
    removals[0]?.()
    removals[0]?.()
    await receiver.fetch(deliveryRequest(followBody()))
    expect(follow).toHaveBeenCalledTimes(2)
    for (const remove of removals) remove()
    await receiver.fetch(deliveryRequest(followBody({ at: 2 })))
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('that are slow run after the answer where that is asked for', async () => {
    const waiting: Promise<unknown>[] = []
    let release = () => {}
    const follow = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          release = resolve
        }),
    )
    const { receiver } = setUp({ ack: 'after-accept', on: { follow } })
    const context = { waitUntil: (promise: Promise<unknown>) => waiting.push(promise) }
    expect((await receiver.fetch(deliveryRequest(followBody()), context)).status).toBe(200)
    expect(waiting).toHaveLength(1)
    release()
    await expect(waiting[0]).resolves.toBe(true)
  })
})

describe('errors', () => {
  it('are written to the console without onError, refused requests once for each reason and with what to check', async () => {
    const console_ = vi.spyOn(console, 'error').mockImplementation(() => {})
    const receiver = createReceiver({
      consumerSecret: secret,
      on: {
        any: () => {
          throw new Error('oh')
        },
      },
    })
    const written = () => console_.mock.calls.map((call) => call.join(' '))
    for (let count = 0; count < 20; count += 1) await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    expect(written()).toEqual([
      expect.stringMatching(
        /^x-account-activity: A request was refused \(signature_mismatch\)\. .* check that consumerSecret is the API key secret .* Pass onError to see each of them\.$/,
      ),
    ])
    for (let count = 0; count < 20; count += 1) await receiver.fetch(get('?crc_token=%7B%7D'))
    expect(written()).toHaveLength(2)
    await receiver.fetch(deliveryRequest(followBody()))
    await receiver.fetch(deliveryRequest(followBody()))
    expect(written().slice(2)).toEqual(['x-account-activity: Error: oh', 'x-account-activity: Error: oh'])
    console_.mockRestore()
  })

  it('change nothing when who is told of them fails too', async () => {
    const { receiver } = setUp({
      onError: () => {
        throw new Error('logger is down')
      },
    })
    const seen: unknown[] = []
    const remove = receiver.onError((error) => seen.push(error))
    receiver.onError(() => Promise.reject(new Error('so is this one')))
    expect((await receiver.fetch(get(''))).status).toBe(400)
    remove()
    await receiver.fetch(get(''))
    expect(seen).toHaveLength(1)
  })

  it.each(['claim', 'commit', 'release'] as const)('of a store that cannot %s make X send again', async (verb) => {
    const store = createMemoryDedupeStore()
    const dedupe = { ...store, [verb]: () => Promise.reject(new Error('store is down')) }
    const follow = () => {
      if (verb === 'release') throw new Error('no')
    }
    const { receiver, errors } = setUp({ dedupe, on: { follow } })
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(500)
    expect(errors.map(({ context }) => context.phase)).toContain('store')
  })

  it('of another process being at the event make X send again', async () => {
    const dedupe = { ...createMemoryDedupeStore(), claim: () => 'in_progress' as const }
    const follow = vi.fn()
    const { receiver } = setUp({ dedupe, on: { follow } })
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(500)
    expect(follow).not.toHaveBeenCalled()
  })
})

describe('handle', () => {
  const signed = { 'X-Twitter-Webhooks-Signature': signatureOf(followBody()) }
  const post = { method: 'POST', url: '/webhook', headers: signed }

  async function* pieces(text: string) {
    for (const byte of new TextEncoder().encode(text)) yield Uint8Array.of(byte)
  }

  it.each([
    ['text', followBody()],
    ['bytes', new TextEncoder().encode(followBody())],
    ['pieces', pieces(followBody())],
  ])('takes a body of %s, and headers in any case', async (_, body) => {
    expect(await setUp().receiver.handle({ ...post, body })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: '{}',
    })
  })

  it.each([
    ['in an array', { 'x-twitter-webhooks-signature': [signatureOf(followBody())] }, 200],
    ['twice in an array', { 'x-twitter-webhooks-signature': Array(2).fill(signatureOf(followBody())) }, 401],
    ['twice in two cases', { ...signed, 'x-twitter-webhooks-signature': 'sha256=' }, 401],
    ['in a Headers object', new Headers(signed), 200],
    ['undefined', { 'x-twitter-webhooks-signature': undefined }, 401],
    ['only inherited', Object.create({ 'x-twitter-webhooks-signature': signatureOf(followBody()) }), 401],
  ])('takes a signature that stands %s', async (_, headers, status) => {
    expect((await setUp().receiver.handle({ ...post, headers, body: followBody() })).status).toBe(status)
  })

  it.each([
    ['a parsed body', JSON.parse(followBody())],
    ['a number', 1],
    ['an array', [1]],
    [
      'pieces of text',
      (async function* () {
        yield followBody()
      })(),
    ],
  ])('says of %s that it is not raw', async (_, body) => {
    const given = await setUp().receiver.handle({ ...post, body: body as never })
    expect(given.status).toBe(500)
    expect(given.body).toContain('body_not_raw')
  })

  it('takes the method in any case, and a path for the URL', async () => {
    const answered = await setUp().receiver.handle({ method: 'get', url: '/a/webhook?crc_token=foo', headers: {} })
    expect(answered.status).toBe(200)
  })

  it('answers with 500 when the body breaks off', async () => {
    const body = (async function* () {
      yield Uint8Array.of(123)
      throw new Error('connection reset')
    })()
    const { receiver, errors } = setUp()
    expect((await receiver.handle({ ...post, body })).status).toBe(500)
    expect(errors).toMatchObject([{ error: { cause: { message: 'connection reset' } }, context: { phase: 'request' } }])
  })

  it.each([undefined, {}, { method: 'GET' }, { method: 'GET', url: '/' }, { method: '', url: '/', headers: {} }])(
    'rejects %j, which is no request',
    async (request) => {
      await expect(setUp().receiver.handle(request as never)).rejects.toThrow(/"request/)
    },
  )
})

describe('unwrap', () => {
  it('gives the delivery, and runs nothing', async () => {
    const any = vi.fn()
    const { receiver } = setUp({ on: { any } })
    const delivery = await receiver.unwrap(deliveryRequest(followBody()))
    expect(delivery.events).toMatchObject([{ type: 'follow', sourceId: '22', targetId: '11' }])
    expect(any).not.toHaveBeenCalled()
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
    expect(any).toHaveBeenCalledOnce()
  })

  it('throws what is wrong with it', async () => {
    const { receiver } = setUp()
    await expect(receiver.unwrap(deliveryRequest(followBody(), { key: 'wrong' }))).rejects.toThrow(
      expect.objectContaining({ name: 'VerificationError', reason: 'signature_mismatch' }),
    )
  })
})

describe('createReceiver', () => {
  it.each([
    ['no options', undefined, TypeError],
    ['no secret', {}, TypeError],
    ['an empty secret', { consumerSecret: '' }, RangeError],
    ['a secret with a line break', { consumerSecret: 'secret\n' }, RangeError],
    ['no secrets', { consumerSecret: [] }, RangeError],
    ['an empty client secret', { consumerSecret: secret, clientSecret: '' }, RangeError],
    ['a handler that is none', { consumerSecret: secret, on: { follow: 1 } }, TypeError],
    ['a type of event that is none', { consumerSecret: secret, on: { folow: () => {} } }, RangeError],
    ['a type of event from the prototype', { consumerSecret: secret, on: { constructor: () => {} } }, RangeError],
    ['handlers that are none', { consumerSecret: secret, on: null }, TypeError],
    ['a crc that is none', { consumerSecret: secret, crc: 'open' }, RangeError],
    ['an ack that is none', { consumerSecret: secret, ack: true }, TypeError],
    ['no bytes', { consumerSecret: secret, maxBodyBytes: 0 }, RangeError],
    ['NaN bytes', { consumerSecret: secret, maxBodyBytes: Number.NaN }, RangeError],
    ['Infinity bytes', { consumerSecret: secret, maxBodyBytes: Number.POSITIVE_INFINITY }, RangeError],
    ['a store without its verbs', { consumerSecret: secret, dedupe: { claim: () => {} } }, TypeError],
    ['an onError that is none', { consumerSecret: secret, onError: 'log' }, TypeError],
    ['a clock that is none', { consumerSecret: secret, now: 1 }, TypeError],
  ])('throws on %s', (_, options, type) => {
    expect(() => createReceiver(options as never)).toThrow(type)
  })

  it('throws on a type of event that is none, later too', () => {
    const { receiver } = setUp()
    expect(() => receiver.on('folow' as never, () => {})).toThrow(RangeError)
    expect(() => receiver.on('any' as never, () => {})).toThrow(RangeError)
    expect(() => receiver.on('follow', undefined as never)).toThrow(TypeError)
    expect(() => receiver.onError(undefined as never)).toThrow(TypeError)
  })
})
