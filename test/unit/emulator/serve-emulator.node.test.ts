import { Agent, createServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEmulator } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { crcAnswer, subscriptionPath } from '../../support/emulator-harness.ts'
import { oauth1Header } from '../../support/emulator-oauth1.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve() {
  const x = createEmulator({ onUnknownRequest: 'ignore' })
  const server = await serveEmulator(x, { port: 0 })
  closing.push(() => server.close())
  return { x, server }
}

/** A receiver that answers challenges, and keeps the bodies of the deliveries. */
async function receive(secret: string) {
  const bodies: string[] = []
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      const answer = crcAnswer(new Request(`http://localhost${request.url}`), secret)
      response.end(await answer.text())
      return
    }
    let body = ''
    for await (const chunk of request) body += chunk
    bodies.push(body)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return { bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x` }
}

describe('serveEmulator', () => {
  it('listens on 127.0.0.1, and serves the API over HTTP', async () => {
    const { x, server } = await serve()
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const { bodies, url } = await receive(x.app.consumerSecret)
    const created = await fetch(`${server.url}/2/webhooks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${x.app.bearerToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url }),
    })
    const { data } = (await created.json()) as { data: { id: string } }
    const alice = x.addUser({ screenName: 'alice' })
    const { accessToken, accessTokenSecret } = alice
    const signed = { method: 'POST', url: server.url + subscriptionPath(data.id) }
    const at = { timestamp: Math.floor(x.now() / 1000), nonce: 'n' }
    const authorization = oauth1Header(signed, { ...x.app, accessToken, accessTokenSecret }, at)
    const subscribed = await fetch(signed.url, { method: 'POST', headers: { authorization } })
    expect(await subscribed.json()).toEqual({ data: { subscribed: true } })
    await alice.post('Über HTTP')
    await x.idle()
    expect(bodies).toEqual([x.deliveries[0]?.body])
    expect(x.deliveries).toMatchObject([{ outcome: 'delivered', status: 200 }])
  })

  it('sends the status and the headers of refusals', async () => {
    const { server } = await serve()
    const response = await fetch(`${server.url}/2/webhooks`, { method: 'PATCH' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST, GET')
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })

  it('answers 400 to an invalid request', async () => {
    const { server } = await serve()
    const status = await new Promise((resolve, reject) => {
      httpRequest(server.url, { headers: { host: 'a b' } }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(400)
  })

  it('rejects when the port is in use', async () => {
    const { x, server } = await serve()
    const port = Number(new URL(server.url).port)
    await expect(serveEmulator(x, { port })).rejects.toThrow('EADDRINUSE')
  })

  it.each([
    [{ port: -1 }, RangeError],
    [{ port: 65_536 }, RangeError],
    [{ port: Number.NaN }, RangeError],
    [{ port: '80' }, TypeError],
    [{ hostname: '' }, RangeError],
    [{ hosts: 'emulator.test' }, TypeError],
    [{ hosts: [1] }, TypeError],
    [{ hosts: ['http://emulator.test'] }, RangeError],
    [null, TypeError],
  ])('refuses %j', async (options, error) => {
    await expect(serveEmulator(createEmulator(), options as { port: number })).rejects.toThrow(error)
  })

  it('is not reachable after close(), which can be called twice and while it answers', async () => {
    const x = createEmulator({ onUnknownRequest: 'ignore', faults: { api: { slow: 1, slowMs: 60_000 } } })
    const server = await serveEmulator(x)
    const pending = expect(fetch(server.url)).rejects.toThrow(TypeError)
    await new Promise((resolve) => setImmediate(resolve))
    await server.close()
    await server.close()
    await pending
    await expect(fetch(server.url)).rejects.toThrow(TypeError)
  })
})

/** Writes to a socket, and returns what it received when it is closed. */
function exchange(url: string, ...pieces: (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    let answer = ''
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
    for (const piece of pieces) socket.write(piece)
  })
}

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
}

describe('a socket', () => {
  it('is reused for the next request', async () => {
    const { server } = await serve()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    closing.push(async () => agent.destroy())
    const ports = new Set<number | undefined>()
    for (let count = 0; count < 3; count += 1) {
      await new Promise<void>((resolve, reject) => {
        const request = httpRequest(`${server.url}/2/webhooks`, { agent }, (response) => {
          ports.add(response.socket.localPort)
          response.resume().on('end', resolve)
        })
        request.on('error', reject).end()
      })
    }
    expect(ports.size).toBe(1)
  })

  it('answers pipelined requests in order', async () => {
    const { server } = await serve()
    const get = (path: string, end = '') => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${end}\r\n`
    const answer = await exchange(
      server.url,
      get('/2/webhooks') + get('/2/nothing') + get('/emulator', 'connection: close\r\n'),
    )
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 404', 'HTTP/1.1 200'])
  })

  const end = 'connection: close\r\n\r\n'
  it.each<[string, number]>([
    [`GET //2/webhooks HTTP/1.1\r\nhost: localhost\r\n${end}`, 404],
    [`GET http://127.0.0.1/2/webhooks HTTP/1.1\r\nhost: localhost\r\n${end}`, 401],
    [`GET /2/webhooks?%zz HTTP/1.1\r\nhost: localhost\r\n${end}`, 401],
    [`GET /emulator/users/%zz HTTP/1.1\r\nhost: localhost\r\n${end}`, 404],
    [`OPTIONS * HTTP/1.1\r\nhost: localhost\r\n${end}`, 404],
    [`TRACE / HTTP/1.1\r\nhost: localhost\r\n${end}`, 400],
    [`HEAD /emulator HTTP/1.1\r\nhost: localhost\r\n${end}`, 405],
    [`GET /2/webhooks HTTP/1.1\r\nhost: ]\r\n${end}`, 400],
    [`GET /2/webhooks HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n${end}{}`, 401],
    [`GET /2/webhooks HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\n${end}`, 401],
    [`GET /2/webhooks HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer \xff\xfe\r\n${end}`, 401],
    [`POST /2/webhooks HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n${end}zz\r\n`, 400],
    ['hello\r\n\r\n', 400],
    ['\x16\x03\x01\x02\x00\x01\r\n\r\n', 400],
  ])('answers %j', async (text, status) => {
    const { server } = await serve()
    expect(statusOf(await exchange(server.url, Buffer.from(text, 'latin1')))).toBe(status)
    expect((await fetch(`${server.url}/emulator`)).status).toBe(200)
  })

  it('accepts a body of some megabytes', async () => {
    const { x, server } = await serve()
    const body = JSON.stringify({ url: 'x'.repeat(5_000_000) })
    const headers = { authorization: `Bearer ${x.app.bearerToken}`, 'content-type': 'application/json' }
    const response = await fetch(`${server.url}/2/webhooks`, { method: 'POST', headers, body })
    expect(await response.text()).toContain('UrlValidationFailed')
  })

  it.each([
    ['takes', 0, 404],
    ['refuses', 1, 413],
  ])('%s a body of 64 MiB and %i bytes', async (_, more, status) => {
    const { server } = await serve()
    const bytes = 64 * 1024 * 1024 + more
    const head = `POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${bytes}\r\n${end}`
    expect(statusOf(await exchange(server.url, head, Buffer.alloc(bytes)))).toBe(status)
  })

  it('that closes during a request does no harm', async () => {
    const { server } = await serve()
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    await new Promise<void>((resolve) => {
      socket.write('POST /2/webhooks HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{', () => resolve())
    })
    socket.destroy()
    expect((await fetch(`${server.url}/emulator`)).status).toBe(200)
  })

  it('is closed when a fault drops the connection', async () => {
    const { x, server } = await serve()
    x.faults({ api: { dropped: { next: 1 } } })
    await expect(fetch(`${server.url}/2/webhooks`)).rejects.toThrow(TypeError)
    expect((await fetch(`${server.url}/2/webhooks`)).status).toBe(401)
  })

  it('that the client closes ends a slow answer', async () => {
    const { x, server } = await serve()
    x.faults({ api: { slow: 1, slowMs: 2 ** 30 } })
    const controller = new AbortController()
    const pending = expect(fetch(`${server.url}/2/webhooks`, { signal: controller.signal })).rejects.toThrow()
    await new Promise((resolve) => setImmediate(resolve))
    controller.abort()
    await pending
    x.faults({})
    expect((await fetch(`${server.url}/2/webhooks`)).status).toBe(401)
  })
})

describe('the control API on a socket', () => {
  it('answers', async () => {
    const { x, server } = await serve()
    const created = await fetch(`${server.url}/emulator/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"screenName":"alice"}',
    })
    expect([created.status, created.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(await created.json()).toMatchObject({ id: x.user('alice')?.id, accessToken: x.user('alice')?.accessToken })
  })
})

describe('an unknown request on a socket', () => {
  it.each(['throw', 'ignore'] as const)(
    'is answered as X does with onUnknownRequest "%s"',
    async (onUnknownRequest) => {
      const write = vi.spyOn(console, 'error').mockImplementation(() => undefined)
      const x = createEmulator({ onUnknownRequest })
      const server = await serveEmulator(x)
      closing.push(() => server.close())
      for (let time = 0; time < 2; time += 1) {
        const response = await fetch(`${server.url}/2/webhook`)
        expect(response.status).toBe(404)
        expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
        expect(await response.json()).toMatchObject({ title: 'Not Found' })
      }
      expect(x.requests).toMatchObject([
        { status: 404, failedCheck: 'route' },
        { status: 404, failedCheck: 'route' },
      ])
      expect(write).toHaveBeenCalledTimes(onUnknownRequest === 'throw' ? 1 : 0)
      write.mockRestore()
    },
  )
})

describe('a stream on a socket', () => {
  /** Opens the stream, and waits until the emulator has the connection. */
  async function open() {
    const { x, server } = await serve()
    const headers = { authorization: `Bearer ${x.app.bearerToken}` }
    const controller = new AbortController()
    const response = fetch(`${server.url}/2/activity/stream`, { headers, signal: controller.signal })
    response.catch(() => undefined)
    const connections = async (status: string) => {
      const listed = await fetch(`${server.url}/2/connections?status=${status}`, { headers })
      return ((await listed.json()) as { data: { disconnect_reason?: string }[] }).data
    }
    while ((await connections('active')).length === 0);
    return { x, server, response, controller, connections }
  }

  it('sends its head with the first byte', async () => {
    const { x, response, controller } = await open()
    await x.advance({ seconds: 20 })
    const { status, headers, body } = await response
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    const reader = body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('\r\n')
    controller.abort()
  })

  it('ends when the client closes the connection', async () => {
    const { controller, connections } = await open()
    controller.abort()
    while ((await connections('active')).length > 0);
    expect(await connections('inactive')).toMatchObject([{ disconnect_reason: 'client' }])
  })

  it('ends when the server is closed', async () => {
    const { x, server, response } = await open()
    await x.advance({ seconds: 20 })
    const body = (await response).text()
    await server.close()
    await expect(body).rejects.toThrow()
  })

  it('ends when another state is loaded', async () => {
    const { x, response } = await open()
    await x.advance({ seconds: 20 })
    const text = (await response).text()
    await x.reset()
    expect(await text).toBe('\r\n')
  })
})
