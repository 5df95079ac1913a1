import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import express from 'express'
import { describe, expect, it, vi } from 'vitest'
import { toNodeHandler } from 'x-account-activity/node'
import type { ReceiverOptions } from 'x-account-activity/receiver'
import { listen } from '../../../support/listen.ts'
import { createTestReceiver, signatureHeader } from '../../../support/receiver.ts'
import { followBody, signatureOf } from '../../../support/x-request.ts'

function setUp(options: Partial<ReceiverOptions> = {}) {
  const follow = vi.fn()
  const { receiver, errors } = createTestReceiver({ on: { follow }, ...options })
  return { handler: toNodeHandler(receiver), follow, errors }
}

const headers = { 'content-type': 'application/json', ...signatureHeader(followBody()) }
const post = { method: 'POST', headers, body: followBody() }

describe('the raw body of a request of node:http', () => {
  it('is not there when a body parser read it', async () => {
    const { handler, follow, errors } = setUp()
    const response = await fetch(await listen(express().use(express.json(), handler)), post)
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({
      error: 'body_not_raw',
      message: expect.stringContaining('raw bytes'),
    })
    expect(errors).toMatchObject([{ error: { name: 'VerificationError', reason: 'body_not_raw' } }])
    expect(follow).not.toHaveBeenCalled()
  })

  it('is read where the property of the parsed body is a getter that throws', async () => {
    const { handler, follow } = setUp()
    const url = await listen((request, response) => {
      const fail = () => {
        throw new SyntaxError('Unexpected token')
      }
      return handler(Object.defineProperty(request, 'body', { get: fail }), response)
    })
    expect((await fetch(url, post)).status).toBe(200)
    expect((await fetch(`${url}?crc_token=a`)).status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('is read when a platform has kept null', async () => {
    const { handler } = setUp()
    const url = await listen((request, response) => handler(Object.assign(request, { rawBody: null }), response))
    expect((await fetch(url, post)).status).toBe(200)
  })

  it('is not there when it was read and nothing was kept', async () => {
    const { handler, errors } = setUp()
    const url = await listen((request, response) => {
      request.resume()
      request.on('end', () => handler(request, response))
    })
    expect((await fetch(url, post)).status).toBe(500)
    expect(errors).toMatchObject([{ error: { reason: 'body_not_raw' } }])
  })

  it('is not there when an encoding was set, because the bytes are decoded', async () => {
    const { handler, errors } = setUp()
    const url = await listen((request, response) => handler(request.setEncoding('latin1'), response))
    expect((await fetch(url, post)).status).toBe(500)
    expect(errors).toMatchObject([{ error: { reason: 'body_not_raw' } }])
  })

  it('is read after a parser of another content type', async () => {
    const { handler, follow } = setUp()
    const url = await listen(express().use(express.json({ type: 'application/vnd.other+json' }), handler))
    expect((await fetch(url, post)).status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('is read byte by byte, without a length', async () => {
    const { handler, follow } = setUp()
    const url = await listen(handler)
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

  it('is not read further when it is too large, and the connection is closed', async () => {
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

  it('is read as a whole in a way that lets Node.js end the request', async () => {
    const { handler, follow } = setUp()
    const closed = vi.fn()
    const url = await listen((request, response) => {
      request.on('close', closed)
      return handler(request, response)
    })
    expect((await fetch(url, post)).status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce())
  })

  it('may break off: the error is reported, and the server goes on', async () => {
    const { handler, errors } = setUp()
    const url = new URL(await listen(handler))
    const head = `POST / HTTP/1.1\r\nhost: a\r\nx-twitter-webhooks-signature: ${signatureOf('')}\r\ncontent-length: 100\r\n\r\nabc`
    const socket = connect(Number(url.port), url.hostname, () => socket.write(head, () => socket.destroy()))
    await vi.waitFor(() => expect(errors).toHaveLength(1))
    expect((await fetch(`${url}?crc_token=foo`)).status).toBe(200)
  })
})
