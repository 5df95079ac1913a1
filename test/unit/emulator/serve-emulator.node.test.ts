import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createEmulator } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { oauth1Header } from '../../support/emulator-oauth1.ts'
import { crcAnswer, subscriptionPath } from '../../support/emulator-world.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve() {
  const x = createEmulator()
  const server = await serveEmulator(x, { port: 0 })
  closing.push(() => server.close())
  return { x, server }
}

/** A receiver on a socket, which answers challenges and keeps what it is sent. */
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
  it('listens on 127.0.0.1, and plays the whole of it over HTTP', async () => {
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

  it('passes on status and headers of failures', async () => {
    const { server } = await serve()
    const response = await fetch(`${server.url}/2/webhooks`, { method: 'PATCH' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST, GET')
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })

  it('answers 400 to what is no request', async () => {
    const { server } = await serve()
    const status = await new Promise((resolve, reject) => {
      httpRequest(server.url, { headers: { host: 'a b' } }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(400)
  })

  it('says why it cannot listen', async () => {
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
    [null, TypeError],
  ])('refuses %j', async (options, error) => {
    await expect(serveEmulator(createEmulator(), options as { port: number })).rejects.toThrow(error)
  })

  it('is reached no more once it is closed', async () => {
    const x = createEmulator()
    const server = await serveEmulator(x)
    await server.close()
    await expect(fetch(server.url)).rejects.toThrow(TypeError)
  })
})
