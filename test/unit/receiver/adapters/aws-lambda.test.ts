import { describe, expect, it, vi } from 'vitest'
import { type LambdaEvent, toLambdaHandler } from 'x-account-activity/aws-lambda'
import { describeAdapter, type Serve } from '../../../support/adapter-cases.ts'
import { deferred } from '../../../support/deferred.ts'
import { createTestReceiver, settle, signatureHeader } from '../../../support/receiver.ts'
import { serveFetch } from '../../../support/serve-fetch.ts'
import { followBody, signatureOf } from '../../../support/x-request.ts'

/** Turns a request into the event that a function is called with. */
type ToEvent = (request: Request, body: Buffer) => LambdaEvent

/** Takes the place of the gateway in front of a function. */
function serveLambda(toEvent: ToEvent): Serve {
  return (receiver) => {
    const handler = toLambdaHandler(receiver)
    return serveFetch(async (request) => {
      const { statusCode, headers, body } = await handler(toEvent(request, Buffer.from(await request.arrayBuffer())))
      return new Response(body, { status: statusCode, headers })
    })
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const payload1: ToEvent = (request, body) => {
  const { pathname, searchParams } = new URL(request.url)
  const names = [...new Set(searchParams.keys())]
  return {
    httpMethod: request.method,
    path: pathname,
    headers: Object.fromEntries(request.headers),
    multiValueHeaders: Object.fromEntries([...request.headers].map(([name, value]) => [name, [value]])),
    queryStringParameters: names.length > 0 ? Object.fromEntries(searchParams) : null,
    multiValueQueryStringParameters:
      names.length > 0 ? Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)])) : null,
    body: body.length > 0 ? body.toString('base64') : null,
    isBase64Encoded: body.length > 0,
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const payload2: ToEvent = (request, body) => {
  const { pathname, search } = new URL(request.url)
  return {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(request.headers),
    requestContext: { http: { method: request.method } },
    ...(body.length > 0 && { body: body.toString('base64') }),
    isBase64Encoded: body.length > 0,
  }
}

/**
 * Payload 2.0, but only bodies that are not text are in base64.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
const functionUrl: ToEvent = (request, body) => {
  const isText = Buffer.from(body.toString()).equals(body)
  return {
    ...payload2(request, body),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

const elb = { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/hook/1' }

/** Parameters as they were sent. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
const rawPairs = (request: Request) =>
  new URL(request.url).search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const)

const multiValueLoadBalancer: ToEvent = (request, body) => ({
  requestContext: { elb },
  httpMethod: request.method,
  path: new URL(request.url).pathname,
  multiValueQueryStringParameters: Object.fromEntries(
    rawPairs(request).map(([name]) => [
      name,
      rawPairs(request).flatMap(([other, value]) => (other === name ? [value] : [])),
    ]),
  ),
  multiValueHeaders: Object.fromEntries([...request.headers].map(([name, value]) => [name, [value]])),
  body: body.toString(),
  isBase64Encoded: false,
})

describeAdapter('toLambdaHandler behind API Gateway, payload 1.0', serveLambda(payload1))
describeAdapter('toLambdaHandler behind a load balancer with multiple values', serveLambda(multiValueLoadBalancer))
describeAdapter('toLambdaHandler behind API Gateway, payload 2.0', serveLambda(payload2))
describeAdapter('toLambdaHandler behind a function URL', serveLambda(functionUrl))

describe('a body in base64', () => {
  const eventOf = (body: string): LambdaEvent => ({
    httpMethod: 'POST',
    path: '/webhook',
    headers: { 'x-twitter-webhooks-signature': signatureOf(body) },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  })
  const statusOf = async (event: LambdaEvent) => {
    const { receiver } = createTestReceiver({ maxBodyBytes: 100_000, on: { follow: () => {} } })
    return (await toLambdaHandler(receiver)(event)).statusCode
  }

  // It is decoded in pieces of 49,152 bytes.
  it.each([49_151, 49_152, 49_153, 98_304, 100_000])('is accepted with %i bytes', async (length) => {
    const body = followBody().replace('{', '{"note":"😀",')
    const spaces = ' '.repeat(length - Buffer.byteLength(body))
    expect(await statusOf(eventOf(body + spaces))).toBe(200)
  })

  it('is not decoded further than the limit', async () => {
    const decode = vi.spyOn(globalThis, 'atob')
    expect(await statusOf(eventOf(followBody().padEnd(6_000_000)))).toBe(413)
    expect(decode.mock.calls.length).toBeLessThanOrEqual(3)
    decode.mockRestore()
  })

  it('is answered with 500 when it is not base64, so that X sends the delivery again', async () => {
    expect(await statusOf({ ...eventOf(followBody()), body: '%%%%' })).toBe(500)
  })
})

describe('toLambdaHandler', () => {
  it.each(['plain_token', 'YWJjZA==', 'a+b/c=', 'a:b'])(
    'answers the token %s, encoded by a load balancer or not',
    async (token) => {
      const handler = toLambdaHandler(createTestReceiver().receiver)
      const sent = encodeURIComponent(token)
      const get = { httpMethod: 'GET', path: '/webhook', headers: {} }
      const bodies = await Promise.all(
        [
          { ...get, requestContext: { elb }, queryStringParameters: { crc_token: sent } },
          { ...get, requestContext: { elb }, multiValueQueryStringParameters: { crc_token: [sent] } },
          { ...get, requestContext: { stage: 'dev' }, queryStringParameters: { crc_token: token } },
        ].map(async (event) => JSON.parse((await handler(event)).body).response_token),
      )
      // HMAC-SHA256 by node:crypto.
      expect(bodies).toEqual(Array(3).fill(signatureOf(token)))
    },
  )

  it('answers a load balancer with lists of headers exactly when it sends lists', async () => {
    const handler = toLambdaHandler(createTestReceiver().receiver)
    const get = { httpMethod: 'GET', path: '/', queryStringParameters: { crc_token: 'a' } }
    const lists = { 'content-type': ['application/json; charset=utf-8'], 'cache-control': ['no-store'] }
    const many = await handler({ ...get, requestContext: { elb }, multiValueHeaders: { host: ['h'] } })
    expect(many.multiValueHeaders).toEqual(lists)
    const one = await handler({ ...get, requestContext: { elb }, headers: { host: 'h' } })
    expect(one.multiValueHeaders).toBeUndefined()
    const gateway = await handler({
      ...get,
      requestContext: {},
      headers: { host: 'h' },
      multiValueHeaders: { host: ['h'] },
    })
    expect(gateway.multiValueHeaders).toBeUndefined()
  })

  it('answers when the handlers have ended, with after-accept too', async () => {
    const hanging = deferred()
    const { receiver } = createTestReceiver({ ack: 'after-accept', on: { follow: () => hanging.promise } })
    const body = followBody()
    const answer = toLambdaHandler(receiver)({ httpMethod: 'POST', headers: signatureHeader(body), body })
    const answered = vi.fn()
    void answer.then(answered)
    await settle()
    expect(answered).not.toHaveBeenCalled()
    hanging.resolve()
    expect(await answer).toMatchObject({ statusCode: 200, body: '{}' })
  })

  it.each([
    [undefined, '"event" must be an object, got undefined'],
    [null, '"event" must be an object, got null'],
    [{}, '"event.httpMethod" must be a string, got undefined'],
    [{ httpMethod: 1 }, '"event.httpMethod" must be a string, got number'],
  ])('rejects %j, which is not an event of HTTP', async (event, message) => {
    const handler = toLambdaHandler(createTestReceiver().receiver)
    await expect(handler(event as never)).rejects.toThrow(new TypeError(message))
  })
})
