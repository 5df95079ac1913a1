import http from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import type { Client } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { listen } from '../support/listen.ts'
import { blocksOf, blockWith, createBlockWriter } from './run-block.ts'

const blocks = blocksOf('docs/guides/behind-a-proxy.md')
const write = createBlockWriter()

afterEach(() => vi.unstubAllEnvs())

/** A proxy that opens tunnels and forwards requests, and the lines of the requests that it got. */
async function startProxy() {
  const lines: string[] = []
  const server = http.createServer((request, response) => {
    lines.push(`${request.method} ${request.url}`)
    const { method, headers } = request
    request.pipe(
      http.request(request.url ?? '', { method: method ?? 'GET', headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }),
    )
  })
  server.on('connect', ({ url = '' }, socket, head) => {
    lines.push(`CONNECT ${url}`)
    const target = connect(Number(new URL(`http://${url}`).port), new URL(`http://${url}`).hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.write(head)
      socket.pipe(target).pipe(socket)
    })
    target.on('error', () => socket.destroy())
    socket.on('error', () => target.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { lines, url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

/** Runs a block whose client is configured for an emulator, and makes two kinds of calls with the client. */
async function run(text: string, env: Record<string, string>) {
  const x = createEmulator()
  const server = await serveEmulator(x)
  const keys = { X_CONSUMER_KEY: x.app.consumerKey, X_CONSUMER_SECRET: x.app.consumerSecret, X_BASE_URL: server.url }
  for (const [name, value] of Object.entries({ ...keys, ...env })) vi.stubEnv(name, value)
  const exports: { client: Client; proxy?: { close(): Promise<void> }; stopUsingProxy?: () => void } = await import(
    /* @vite-ignore */ write(blockWith(blocks, text))
  )
  expect(await exports.client.webhooks.list()).toEqual([])
  const alice = x.addUser({ screenName: 'alice' })
  const check = exports.client.subscriptions.check('1', { user: alice })
  await expect(check).rejects.toMatchObject({ reason: 'WebhookIdInvalid' })
  expect(x.requests.map(({ route }) => route)).toEqual([
    'POST /oauth2/token',
    'GET /2/webhooks',
    'GET /2/account_activity/webhooks/:webhook_id/subscriptions/all',
  ])
  exports.stopUsingProxy?.()
  await exports.proxy?.close()
  await server.close()
  return new URL(server.url).host
}

test('the proxy of a process gets all requests', async () => {
  const proxy = await startProxy()
  const host = await run('http.setGlobalProxyFromEnv(', { COMPANY_PROXY: proxy.url })
  expect(new Set(proxy.lines)).toEqual(new Set([`CONNECT ${host}`]))
  proxy.close()
})

test('the dispatcher of one client sends its requests, and no others, through the proxy', async () => {
  const proxy = await startProxy()
  const host = await run('new ProxyAgent(', { COMPANY_PROXY: proxy.url })
  expect(new Set(proxy.lines)).toEqual(new Set([`CONNECT ${host}`]))
  const { length } = proxy.lines
  const other = await listen((_, response) => void response.end())
  await fetch(other)
  expect(proxy.lines).toHaveLength(length)
  proxy.close()
})

test('a fetch of the caller can forward requests by a gateway', async () => {
  const proxy = await startProxy()
  const gateway = await listen((request, response) => {
    const { 'x-target': target, host, ...headers } = request.headers
    const forwarded = http.request(
      `${target}${request.url}`,
      { method: request.method ?? 'GET', headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    request.pipe(forwarded)
  })
  await run('COMPANY_GATEWAY', { COMPANY_GATEWAY: gateway })
  expect(proxy.lines).toEqual([])
  proxy.close()
})

test.each([403, 407])('a proxy that refuses the tunnel with %i is named in the cause of the error', async (status) => {
  const refusing = http.createServer()
  refusing.on('connect', (_, socket) => void socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`))
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve))
  const { port } = refusing.address() as { port: number }
  vi.stubEnv('COMPANY_PROXY', `http://127.0.0.1:${port}`)
  const { client, proxy } = (await import(/* @vite-ignore */ write(blockWith(blocks, 'new ProxyAgent(')))) as {
    client: Client
    proxy: { close(): Promise<void> }
  }
  // The call of a user needs no bearer token, whose request would be retried.
  const user = { accessToken: 'token', accessTokenSecret: 'secret' }
  const error: unknown = await client.subscriptions.check('1', { user, retry: false }).catch((thrown) => thrown)
  expect(error).toMatchObject({
    name: 'TransportError',
    reason: 'network',
    cause: { message: expect.stringContaining(`Proxy response (${status})`) },
  })
  await proxy.close()
  refusing.close()
})
