import { gzipSync } from 'node:zlib'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type LambdaEvent, toLambdaHandler } from 'x-account-activity/aws-lambda'
import { toFastifyPlugin } from 'x-account-activity/fastify'
import { toKoaMiddleware } from 'x-account-activity/koa'
import { toNodeHandler } from 'x-account-activity/node'
import { createReceiver, type Receiver, type ReceiverOptions } from 'x-account-activity/receiver'
import { listen } from '../../../support/listen.ts'
import { sendRaw } from '../../../support/send-raw.ts'
import { serveFetch } from '../../../support/serve-fetch.ts'
import { followBody, secret, signatureOf } from '../../../support/x-request.ts'

/** How each framework is given a receiver at /webhook, over real HTTP; returns the URL of the server. */
const frameworks: Record<string, (receiver: Receiver) => Promise<string>> = {
  'node:http': (receiver) => listen(toNodeHandler(receiver)),
  Express: (receiver) => listen(express().use('/webhook', toNodeHandler(receiver))),
  Fastify: async (receiver) => {
    const app = Fastify()
    await app.register(toFastifyPlugin(receiver), { prefix: '/webhook' })
    onTestFinished(() => app.close())
    return app.listen({ host: '127.0.0.1', port: 0 })
  },
  Koa: (receiver) => listen(new Koa().use(toKoaMiddleware(receiver)).callback()),
  Hono: (receiver) => {
    const app = new Hono().all('/webhook', (context) => receiver.fetch(context.req.raw))
    return serveFetch((request) => app.fetch(request))
  },
  'a Next.js route handler': (receiver) => {
    const route: Record<string, (request: Request) => Promise<Response>> = {
      GET: receiver.fetch,
      POST: receiver.fetch,
    }
    // Next.js answers the methods that a route does not export by itself; here, the receiver does.
    return serveFetch((request) => (route[request.method] ?? receiver.fetch)(request))
  },
  'a SvelteKit endpoint': (receiver) => {
    const fallback = ({ request }: { request: Request }) => receiver.fetch(request)
    return serveFetch((request) => fallback({ request }))
  },
  'AWS Lambda, payload 2.0': (receiver) => serveLambda(receiver, payload2),
  'AWS Lambda, payload 1.0': (receiver) => serveLambda(receiver, payload1),
  'AWS Lambda, a function URL': (receiver) => serveLambda(receiver, functionUrl),
}

/** In front of a function stands a gateway, which waits for the whole body. */
const streaming = Object.entries(frameworks).filter(([name]) => !name.startsWith('AWS Lambda'))

function setUp(options: Partial<ReceiverOptions> = {}) {
  const follow = vi.fn()
  return { receiver: createReceiver({ consumerSecret: secret, on: { follow }, onError: () => {}, ...options }), follow }
}

const signed = (body: string | Uint8Array) => ({
  'content-type': 'application/json',
  'x-twitter-webhooks-signature': signatureOf(body),
})

describe.each(Object.entries(frameworks))('in %s', (_, serve) => {
  it('a CRC is answered', async () => {
    const url = `${await serve(setUp().receiver)}/webhook?crc_token=challenge_string&nonce=a%2Bb`
    const answer = await sendRaw(url, { method: 'GET' })
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(answer.headers['content-encoding']).toBeUndefined()
    // The vector of the webhook room's tests.
    expect(JSON.parse(answer.body)).toEqual({ response_token: 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk=' })
  })

  it.each(['', '?crc_token=', '?crc_token=a&crc_token=b', '?crc_token=%7B%7D'])(
    'a CRC of %j is refused',
    async (query) => {
      const url = `${await serve(setUp().receiver)}/webhook${query}`
      expect((await sendRaw(url, { method: 'GET' })).status).toBe(400)
    },
  )

  it('a delivery reaches its handler, emoji and escapes included', async () => {
    const { receiver, follow } = setUp()
    const url = `${await serve(receiver)}/webhook`
    const body = followBody().replace('{', '{"note":"\\u003c3 https:\\/\\/x.com 🎉",')
    expect(await sendRaw(url, { headers: signed(body), pieces: [body] })).toMatchObject({ status: 200, body: '{}' })
    expect(follow).toHaveBeenCalledOnce()
  })

  it('a delivery in pieces that cut characters apart is put together', async () => {
    const { receiver, follow } = setUp()
    const url = `${await serve(receiver)}/webhook`
    const bytes = Buffer.from(followBody().replace('{', '{"note":"🎉",'))
    const pieces = Array.from(bytes, (byte) => Buffer.of(byte))
    expect((await sendRaw(url, { headers: signed(bytes), pieces })).status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('a delivery of any content type is taken, also of none', async () => {
    const { receiver, follow } = setUp()
    const url = `${await serve(receiver)}/webhook`
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-8',
      'application/octet-stream',
    ]
    for (const [index, type] of [...types, undefined].entries()) {
      const body = followBody({ at: index })
      const headers = { ...signed(body), ...(type && { 'content-type': type }) }
      if (type === undefined) Reflect.deleteProperty(headers, 'content-type')
      expect([type, (await sendRaw(url, { headers, pieces: [body] })).status]).toEqual([type, 200])
    }
    expect(follow).toHaveBeenCalledTimes(5)
  })

  it.each([
    ['not signed', {}],
    ['signed with another key', { 'x-twitter-webhooks-signature': signatureOf(followBody(), 'another') }],
    ['signed twice', { 'x-twitter-webhooks-signature': [signatureOf(followBody()), signatureOf(followBody())] }],
    ['signed for another body', { 'x-twitter-webhooks-signature': signatureOf('{}') }],
  ])('a delivery that is %s is refused', async (_, headers) => {
    const { receiver, follow } = setUp()
    const url = `${await serve(receiver)}/webhook`
    const answer = await sendRaw(url, {
      headers: { 'content-type': 'application/json', ...headers },
      pieces: [followBody()],
    })
    expect(answer.status).toBe(401)
    expect(follow).not.toHaveBeenCalled()
  })

  it('the signature is found in any case', async () => {
    const url = `${await serve(setUp().receiver)}/webhook`
    const headers = { 'X-TWITTER-Webhooks-Signature': signatureOf(followBody()) }
    expect((await sendRaw(url, { headers, pieces: [followBody()] })).status).toBe(200)
  })

  it('what is signed but no delivery is refused', async () => {
    const url = `${await serve(setUp().receiver)}/webhook`
    for (const body of ['[]', 'null', 'hello', '{']) {
      expect((await sendRaw(url, { headers: signed(body), pieces: [body] })).status).toBe(400)
    }
  })

  it('a compressed body is not what X signed', async () => {
    const url = `${await serve(setUp().receiver)}/webhook`
    const headers = { ...signed(followBody()), 'content-encoding': 'gzip' }
    expect((await sendRaw(url, { headers, pieces: [gzipSync(followBody())] })).status).toBe(401)
  })

  it('a body that is too large is refused, by a byte, with and without its length', async () => {
    const body = followBody()
    const exact = `${await serve(setUp({ maxBodyBytes: body.length }).receiver)}/webhook`
    const tooSmall = `${await serve(setUp({ maxBodyBytes: body.length - 1 }).receiver)}/webhook`
    const headers = { ...signed(body), 'content-length': String(body.length) }
    expect((await sendRaw(exact, { headers, pieces: [body] })).status).toBe(200)
    expect((await sendRaw(tooSmall, { headers, pieces: [body] })).status).toBe(413)
    expect((await sendRaw(tooSmall, { headers: signed(body), pieces: [body] })).status).toBe(413)
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])('%s is refused', async (method) => {
    const url = `${await serve(setUp().receiver)}/webhook`
    const answer = await sendRaw(url, { method })
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } })
  })

  it('a handler that fails is answered with 500, and the next delivery is handled', async () => {
    const follow = vi.fn().mockRejectedValueOnce(new Error('database is down'))
    const url = `${await serve(setUp({ on: { follow } }).receiver)}/webhook`
    const send = () => sendRaw(url, { headers: signed(followBody()), pieces: [followBody()] })
    const failed = await send()
    expect(failed.status).toBe(500)
    expect(failed.body).not.toContain('database')
    expect((await send()).status).toBe(200)
    expect((await send()).status).toBe(200)
    expect(follow).toHaveBeenCalledTimes(2)
  })
})

describe.each(streaming)('in %s', (_, serve) => {
  it('a body that does not come to its end is answered with 408, and no handler runs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const { receiver, follow } = setUp({ bodyTimeoutMs: 3_600_000 })
    const url = `${await serve(receiver)}/webhook`
    const headers = { ...signed(followBody()), 'content-length': String(followBody().length) }
    const answer = sendRaw(url, { headers, pieces: [followBody().slice(0, 10)], isCutShort: true })
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect((await answer).status).toBe(408)
    expect(follow).not.toHaveBeenCalled()
  })
})

describe('a body that was parsed before', () => {
  const body = followBody()
  const send = async (url: string) => sendRaw(url, { headers: signed(body), pieces: [body] })

  it('is said so in Koa, where its text was not kept', async () => {
    const app = new Koa().use(async (context, next) => {
      const chunks: Buffer[] = []
      for await (const chunk of context.req) chunks.push(chunk)
      Object.assign(context.request, { body: JSON.parse(Buffer.concat(chunks).toString()) })
      await next()
    })
    const answer = await send(await listen(app.use(toKoaMiddleware(setUp().receiver)).callback()))
    expect(answer).toMatchObject({ status: 500, body: expect.stringContaining('body_not_raw') })
  })

  it('is taken from where its text was kept, in Koa and in Fastify', async () => {
    const koa = new Koa().use(async (context, next) => {
      const chunks: Buffer[] = []
      for await (const chunk of context.req) chunks.push(chunk)
      Object.assign(context.request, { rawBody: Buffer.concat(chunks).toString() })
      await next()
    })
    expect((await send(await listen(koa.use(toKoaMiddleware(setUp().receiver)).callback()))).status).toBe(200)

    const fastify = Fastify()
    fastify.addHook('preParsing', async (request, _reply, payload) => {
      const chunks: Buffer[] = []
      for await (const chunk of payload) chunks.push(chunk as Buffer)
      Object.assign(request, { rawBody: Buffer.concat(chunks) })
    })
    await fastify.register(toFastifyPlugin(setUp().receiver))
    onTestFinished(() => fastify.close())
    expect((await send(await fastify.listen({ host: '127.0.0.1', port: 0 }))).status).toBe(200)
  })

  it('does not disturb the other routes of Fastify', async () => {
    const app = Fastify()
    await app.register(toFastifyPlugin(setUp().receiver), { prefix: '/webhook' })
    app.post('/other', async (request) => request.body)
    onTestFinished(() => app.close())
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    const answer = await sendRaw(`${url}/other`, {
      headers: { 'content-type': 'application/json' },
      pieces: ['{"a":1}'],
    })
    expect(JSON.parse(answer.body)).toEqual({ a: 1 })
  })
})

describe('toLambdaHandler', () => {
  it('answers when the work is done, where that may be after the answer elsewhere', async () => {
    let release = () => {}
    const follow = () =>
      new Promise<void>((resolve) => {
        release = resolve
      })
    const handler = toLambdaHandler(setUp({ ack: 'after-accept', on: { follow } }).receiver)
    const answer = handler({ httpMethod: 'POST', headers: signed(followBody()), body: followBody() })
    let answered = false
    void answer.then(() => {
      answered = true
    })
    await new Promise(setImmediate)
    expect(answered).toBe(false)
    release()
    expect(await answer).toMatchObject({ statusCode: 200, body: '{}' })
  })

  it.each([undefined, null, {}, { httpMethod: 1 }])('rejects %j, which is no event', async (event) => {
    await expect(toLambdaHandler(setUp().receiver)(event as never)).rejects.toThrow(/"event/)
  })
})

/** API Gateway in front of a function: turns a request into an event, and an answer into a response. */
function serveLambda(receiver: Receiver, toEvent: (request: Request, body: Buffer) => LambdaEvent): Promise<string> {
  const handler = toLambdaHandler(receiver)
  return serveFetch(async (request) => {
    const { statusCode, headers, body } = await handler(toEvent(request, Buffer.from(await request.arrayBuffer())))
    return new Response(body, { status: statusCode, headers })
  })
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function payload2(request: Request, body: Buffer): LambdaEvent {
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
 * As payload 2.0; what is text comes as it is, and only other bodies as base64.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
function functionUrl(request: Request, body: Buffer): LambdaEvent {
  const { pathname, search } = new URL(request.url)
  const isText = Buffer.from(body.toString()).equals(body)
  return {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(request.headers),
    requestContext: { http: { method: request.method } },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

function payload1(request: Request, body: Buffer): LambdaEvent {
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
