import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import express from 'express'
import { describe, expect, it, vi } from 'vitest'
import { type NodeRequest, toNodeHandler } from 'x-account-activity/node'
import { createReceiver, type ReceiverOptions } from 'x-account-activity/receiver'
import { listen } from '../../../support/listen.ts'
import { followBody, secret, signatureOf } from '../../../support/x-request.ts'

function setUp(options: Partial<ReceiverOptions> = {}) {
  const follow = vi.fn()
  const errors: unknown[] = []
  const onError = (error: unknown) => errors.push(error)
  const receiver = createReceiver({ consumerSecret: secret, on: { follow }, onError, ...options })
  return { handler: toNodeHandler(receiver), follow, errors }
}

const post = (body: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signatureOf(body), ...headers },
  body,
})

const servers: [string, (handler: ReturnType<typeof toNodeHandler>) => Promise<string>][] = [
  ['node:http', (handler) => listen(handler)],
  ['Express', (handler) => listen(express().use('/webhook', handler))],
  ['Express, behind express.raw', (handler) => listen(express().use(express.raw({ type: '*/*' }), handler))],
  ['Express, behind express.text', (handler) => listen(express().use(express.text({ type: '*/*' }), handler))],
  [
    'a platform that keeps rawBody',
    (handler) =>
      listen(
        express().use(
          express.json({
            verify: (request, _, bytes) => {
              Object.assign(request, { rawBody: bytes })
            },
          }),
          handler,
        ),
      ),
  ],
]

describe.each(servers)('toNodeHandler in %s', (_, serve) => {
  it('answers the CRC', async () => {
    const response = await fetch(`${await serve(setUp().handler)}/webhook?crc_token=challenge_string&nonce=a`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('72')
    expect(response.headers.get('cache-control')).toBe('no-store')
    // The vector of the webhook room's tests.
    expect(await response.json()).toEqual({ response_token: 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk=' })
  })

  it('hands a delivery to its handler, emoji and escapes included', async () => {
    const { handler, follow } = setUp()
    const body = followBody().replace('{', '{"note":"\\u003c3 https:\\/\\/x.com 🎉",')
    const response = await fetch(`${await serve(handler)}/webhook`, post(body))
    expect(response.status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('refuses what X did not sign', async () => {
    const { handler, follow } = setUp()
    const url = `${await serve(handler)}/webhook`
    const forged = post(followBody(), { 'x-twitter-webhooks-signature': signatureOf('another body') })
    expect((await fetch(url, forged)).status).toBe(401)
    expect((await fetch(url, { method: 'POST', body: followBody() })).status).toBe(401)
    expect(follow).not.toHaveBeenCalled()
  })

  it('refuses other methods, and says which it takes', async () => {
    const url = `${await serve(setUp().handler)}/webhook`
    for (const method of ['PUT', 'DELETE', 'HEAD']) {
      const response = await fetch(url, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
    }
  })

  it('refuses a body that is too large', async () => {
    const url = `${await serve(setUp({ maxBodyBytes: 50 }).handler)}/webhook`
    expect((await fetch(url, post(followBody()))).status).toBe(413)
  })
})

describe('toNodeHandler', () => {
  it('says that the body is not raw when a parser ate it', async () => {
    const { handler, follow, errors } = setUp()
    const url = await listen(express().use(express.json(), handler))
    const response = await fetch(url, post(followBody()))
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({
      error: 'body_not_raw',
      message: expect.stringContaining('raw bytes'),
    })
    expect(errors).toMatchObject([{ name: 'VerificationError', reason: 'body_not_raw' }])
    expect(follow).not.toHaveBeenCalled()
  })

  it('says so too when the body was read and nothing is left of it', async () => {
    const { handler } = setUp()
    const url = await listen((request, response) => {
      request.resume()
      request.on('end', () => handler(request, response))
    })
    expect((await fetch(url, post(followBody()))).status).toBe(500)
  })

  it('reads a body that a parser of another content type left alone', async () => {
    const { handler, follow } = setUp()
    const url = await listen(express().use(express.json({ type: 'application/vnd.other+json' }), handler))
    expect((await fetch(url, post(followBody()))).status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('reads a body that comes byte by byte, without a length', async () => {
    const { handler, follow } = setUp()
    const url = await listen(handler)
    const { headers } = post(followBody())
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(url, { method: 'POST', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      request.on('error', reject)
      for (const byte of Buffer.from(followBody())) request.write(Buffer.of(byte))
      request.end()
    })
    expect(status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('answers a body that never ends as soon as it is too large', async () => {
    const { handler } = setUp({ maxBodyBytes: 1000 })
    const url = new URL(await listen(handler))
    const head = `POST / HTTP/1.1\r\nhost: a\r\nx-twitter-webhooks-signature: ${signatureOf('')}\r\ntransfer-encoding: chunked\r\n\r\n`
    const chunk = `3e8\r\n${'a'.repeat(1000)}\r\n`
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname)
      socket.once('data', (data) => {
        resolve(data.toString())
        socket.destroy()
      })
      socket.on('error', reject)
      socket.write(head + chunk + chunk)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer.toLowerCase()).toContain('connection: close')
  })

  it('keeps the connection open after an answer to a whole request', async () => {
    const { handler } = setUp()
    const url = await listen(handler)
    expect((await fetch(`${url}?crc_token=foo`)).headers.get('connection')).toBe('keep-alive')
    expect((await fetch(url, post(followBody()))).headers.get('connection')).toBe('keep-alive')
  })

  it('lets Node.js see the end of a request that came whole', async () => {
    const { handler, follow } = setUp()
    const ended = vi.fn()
    const url = await listen((request, response) => {
      request.on('close', ended)
      return handler(request, response)
    })
    expect((await fetch(url, post(followBody()))).status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce())
  })

  it('does not take a body that somebody has decoded for the bytes', async () => {
    const { handler, errors } = setUp()
    const url = await listen((request, response) => handler(request.setEncoding('latin1'), response))
    expect((await fetch(url, post(followBody()))).status).toBe(500)
    expect(errors).toMatchObject([{ reason: 'body_not_raw' }])
  })

  it('survives a sender that goes away in the middle', async () => {
    const { handler, errors } = setUp()
    const url = new URL(await listen(handler))
    const head = `POST / HTTP/1.1\r\nhost: a\r\nx-twitter-webhooks-signature: ${signatureOf('')}\r\ncontent-length: 100\r\n\r\nabc`
    const socket = connect(Number(url.port), url.hostname, () => socket.write(head, () => socket.destroy()))
    await vi.waitFor(() => expect(errors).toHaveLength(1))
    expect((await fetch(`${url}?crc_token=foo`)).status).toBe(200)
  })

  it('passes on what it cannot make an answer of', async () => {
    const { handler } = setUp()
    const next = vi.fn()
    await handler({ readableDidRead: true } as NodeRequest, {} as never, next)
    expect(next).toHaveBeenCalledWith(expect.any(RangeError))
  })
})
