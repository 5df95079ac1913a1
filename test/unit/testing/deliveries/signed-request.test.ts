import { describe, expect, it } from 'vitest'
import { createReceiver, type EventType, eventTypes, parseDelivery } from 'x-account-activity'
import { buildDelivery, deliveryVariants, signedRequest } from 'x-account-activity/testing'

const consumerSecret = 'consumer-secret'
const clientSecret = 'client-secret'
const body = '{"for_user_id":"2244994945","follow_events":[]}'

describe('signedRequest', () => {
  it('has the signatures that X gives for these secrets', async () => {
    const request = signedRequest(body, { consumerSecret, clientSecret })
    expect(request.method).toBe('POST')
    expect(await request.clone().text()).toBe(body)
    // The same vectors as https://docs.x.com/x-api/webhooks/introduction: HMAC-SHA256 in base64.
    expect(Object.fromEntries(request.headers)).toEqual({
      'content-type': 'application/json',
      'x-twitter-webhooks-signature': 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY=',
      'x-twitter-webhooks-signature-oauth2': 'sha256=5Bg4ljGblYRlSUh1r3Q/d52TsG7GmNV53cCzrrquwcw=',
    })
  })

  it('has one signature without a client secret', () => {
    expect(signedRequest(body, { consumerSecret }).headers.has('x-twitter-webhooks-signature-oauth2')).toBe(false)
  })

  it.each([
    ['the default', undefined, 'https://app.example/webhook'],
    ['a text', 'http://127.0.0.1:3000/hooks/x?a=1', 'http://127.0.0.1:3000/hooks/x?a=1'],
    ['a URL', new URL('https://shop.example/x'), 'https://shop.example/x'],
  ])('goes to the URL: %s', (_, url, expected) => {
    expect(signedRequest(body, { consumerSecret, url }).url).toBe(expected)
  })

  it('sends an object in the form of X, with all digits of an id', async () => {
    const request = signedRequest(
      { id: 1205348660982083600, id_str: '1205348660982083585', text: 'é </b> 🥐' },
      { consumerSecret },
    )
    expect(await request.text()).toBe(
      String.raw`{"id":1205348660982083585,"id_str":"1205348660982083585","text":"\u00e9 \u003c\/b\u003e \ud83e\udd50"}`,
    )
  })

  it('sends bytes as they are, even if they change afterwards', async () => {
    const bytes = new TextEncoder().encode(body)
    const request = signedRequest(bytes, { consumerSecret })
    bytes.fill(0)
    expect(await request.text()).toBe(body)
  })

  it.each([
    [
      'null as body',
      null,
      { consumerSecret },
      TypeError,
      /^"body" must be an object, a string or a Uint8Array, got null$/,
    ],
    [
      'a number as body',
      7,
      { consumerSecret },
      TypeError,
      /^"body" must be an object, a string or a Uint8Array, got number$/,
    ],
    ['no options', body, undefined, TypeError, /^"options" must be an object/],
    ['no secret', body, {}, TypeError, /^"consumerSecret" must be a string, got undefined$/],
    ['an empty secret', body, { consumerSecret: '' }, RangeError, /^"consumerSecret" must not be empty$/],
    [
      'an empty client secret',
      body,
      { consumerSecret, clientSecret: '' },
      RangeError,
      /^"clientSecret" must not be empty$/,
    ],
    ['a path as URL', body, { consumerSecret, url: '/webhook' }, TypeError, /URL/],
  ])('refuses %s', (_, given, options, errorClass, message) => {
    const call = () => signedRequest(given as string, options as { consumerSecret: string })
    expect(call).toThrow(errorClass)
    expect(call).toThrow(message)
  })
})

describe('a receiver', () => {
  it('runs the handler for a signed request of every type, and answers 200', async () => {
    const seen: EventType[] = []
    const receiver = createReceiver({
      consumerSecret,
      clientSecret,
      on: { any: (event) => void seen.push(event.type) },
    })
    const expected: EventType[] = []
    for (const type of eventTypes) {
      for (const variant of deliveryVariants[type].length > 0 ? deliveryVariants[type] : [undefined]) {
        const request = signedRequest(buildDelivery<EventType>(type, {}, { variant }), { consumerSecret, clientSecret })
        expect((await receiver.fetch(request)).status).toBe(200)
        expected.push(type)
      }
    }
    expect(seen).toEqual(expected)
  })

  it('refuses a request that was signed with another secret', async () => {
    const receiver = createReceiver({ consumerSecret })
    const response = await receiver.fetch(signedRequest(buildDelivery('follow'), { consumerSecret: 'another' }))
    expect(response.status).toBe(401)
  })

  it('runs the handler for a dispatched delivery without a signature', async () => {
    const seen: string[] = []
    const receiver = createReceiver({ consumerSecret, on: { follow: (event) => void seen.push(event.sourceId) } })
    const delivery = buildDelivery('follow')
    expect(await receiver.dispatch(parseDelivery(delivery))).toBe(true)
    expect(seen).toEqual([delivery.follow_events[0].source.id])
  })
})
