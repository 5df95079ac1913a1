import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from 'x-account-activity/emulator'
import { type EmulatorServer, type ServeEmulatorOptions, serveEmulator } from 'x-account-activity/emulator/node'
import { oauth1Header } from '../../support/emulator-oauth1.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Served {
  readonly x: Emulator
  readonly server: EmulatorServer
  readonly port: string
}

async function serve(options: ServeEmulatorOptions = {}): Promise<Served> {
  const x = createEmulator({ onUnknownRequest: 'ignore' })
  const server = await serveEmulator(x, options)
  closing.push(() => server.close())
  return { x, server, port: new URL(server.url).port }
}

interface RawRequest {
  /** The request line, without the version. */
  readonly line?: string
  /** The headers as they are sent. `PORT` is replaced by the port of the server. */
  readonly headers?: readonly string[]
  readonly body?: string
  readonly version?: string
}

/** Sends a request by a socket, because `fetch` and `node:http` write the `Host` header themselves. */
function exchange({ port }: Served, { line = 'GET /emulator', headers = [], body = '', version = '1.1' }: RawRequest) {
  const head = [`${line} HTTP/${version}`, ...headers, `content-length: ${body.length}`, 'connection: close', '', body]
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1')
    let text = ''
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text })).on('error', reject)
    socket.write(head.join('\r\n').replaceAll('PORT', port), 'latin1')
  })
}

const foreignHost = 'The emulator does not answer to this host. Add it to the option \\"hosts\\" of serveEmulator().'
const invalidHost = 'The request must have one valid \\"host\\" header.'
const foreignPage = 'Requests of web pages from another origin are not allowed.'

describe('a Host header', () => {
  it.each([
    'localhost:PORT',
    'localhost',
    'LOCALHOST:PORT',
    'localhost.:PORT',
    'app.localhost:PORT',
    'localhost:1',
    '127.0.0.1:PORT',
    '127.0.0.1',
    '127.8.9.10:PORT',
    '[::1]:PORT',
    '[::1]',
    '[0:0:0:0:0:0:0:1]:PORT',
  ])('that names this machine is answered: %s', async (host) => {
    const served = await serve()
    const { status, text } = await exchange(served, { headers: [`host: ${host}`] })
    expect(status).toBe(200)
    expect(text).toContain(served.x.app.consumerSecret)
  })

  it.each([
    'evil.example:PORT',
    'evil.example',
    'EVIL.example.:PORT',
    'localhost.evil.example:PORT',
    '127.0.0.1.nip.io:PORT',
    'api.x.com',
    '192.168.1.5:PORT',
    '0.0.0.0:PORT',
    '[::]:PORT',
    '[fd00::1]:PORT',
  ])('that names another machine is refused on every route: %s', async (host) => {
    const served = await serve()
    const { x } = served
    const alice = x.addUser({ screenName: 'alice' })
    const headers = [`host: ${host}`]
    const json = [...headers, 'content-type: application/json']
    const bearer = [...headers, `authorization: Bearer ${x.app.bearerToken}`]
    const requests: RawRequest[] = [
      { line: 'GET /emulator', headers },
      { line: 'GET /emulator', headers: [...headers, `origin: http://${host}`] },
      { line: 'GET /emulator/users/alice', headers },
      { line: 'GET /emulator/state', headers },
      { line: 'POST /emulator/reset', headers: json, body: '{}' },
      { line: 'POST /emulator/reset', headers: [...json, `origin: http://${host}`], body: '{}' },
      { line: 'GET /2/webhooks', headers: bearer },
      { line: 'GET /1.1/account_activity/webhooks.json', headers: bearer },
      { line: 'GET /oauth/authorize?oauth_token=1', headers },
      { line: 'POST /oauth2/token', headers },
      { line: 'GET /nothing', headers },
      { line: 'OPTIONS *', headers },
    ]
    for (const request of requests) {
      const { status, text } = await exchange(served, request)
      expect([request.line, status]).toEqual([request.line, 403])
      expect(text).toContain(foreignHost)
      expect(text).not.toContain(x.app.consumerSecret)
    }
    expect(x.user('alice')?.id).toBe(alice.id)
    expect(x.requests).toEqual([])
  })

  it.each<[string, RawRequest]>([
    ['missing', { headers: [] }],
    ['missing in HTTP/1.0', { headers: [], version: '1.0' }],
    ['empty', { headers: ['host:'] }],
    ['there twice', { headers: ['host: localhost:PORT', 'host: evil.example'] }],
    ['there twice, the foreign one first', { headers: ['host: evil.example', 'Host: localhost:PORT'] }],
    ['there twice with the same value', { headers: ['host: localhost:PORT', 'host: localhost:PORT'] }],
    ['a list', { headers: ['host: localhost, evil.example'] }],
    ['with a user name', { headers: ['host: evil.example@localhost'] }],
    ['with a path', { headers: ['host: localhost/evil.example'] }],
    ['with an escape', { headers: ['host: localhos%74'] }],
    ['with a port that does not exist', { headers: ['host: localhost:65536'] }],
    ['an IPv6 address without brackets', { headers: ['host: ::1'] }],
  ])('that is %s is refused', async (_, request) => {
    const { status, text } = await exchange(await serve(), request)
    expect(status).toBe(400)
    expect(text).not.toContain('consumerSecret')
  })

  it('is named in the error when it is not valid', async () => {
    expect((await exchange(await serve(), { headers: ['host: a b'] })).text).toContain(invalidHost)
  })

  it.each([
    ['GET http://evil.example/emulator', 403],
    ['GET HTTP://evil.example:PORT/emulator', 403],
    ['GET http://localhost@evil.example/emulator', 400],
    ['GET file:///emulator', 400],
    ['GET http://localhost:PORT/emulator', 200],
    ['GET //evil.example/emulator', 404],
  ])('does not hide the host of the request line: %s', async (line, status) => {
    expect((await exchange(await serve(), { line, headers: ['host: localhost:PORT'] })).status).toBe(status)
  })

  it('of the request line does not hide the header', async () => {
    const request = { line: 'GET http://localhost:PORT/emulator', headers: ['host: evil.example'] }
    expect((await exchange(await serve(), request)).status).toBe(403)
  })
})

describe('an Origin header', () => {
  const json = ['host: localhost:PORT', 'content-type: application/json']

  it.each([
    'http://localhost:PORT',
    'HTTP://LOCALHOST:PORT',
    'http://localhost.:PORT',
    'http://127.0.0.1:PORT',
    'http://[::1]:PORT',
  ])('of a page of the server is allowed: %s', async (origin) => {
    const served = await serve()
    const request = { line: 'POST /emulator/idle', headers: [...json, `origin: ${origin}`], body: '{}' }
    expect((await exchange(served, request)).status).toBe(200)
  })

  it('is not needed', async () => {
    const request = { line: 'POST /emulator/idle', headers: json, body: '{}' }
    expect((await exchange(await serve(), request)).status).toBe(200)
  })

  it.each([
    ['null'],
    ['http://evil.example'],
    ['http://evil.example:PORT'],
    ['http://localhost'],
    ['http://localhost:1'],
    ['http://localhost:PORT, http://evil.example'],
    ['http://localhost:PORT', 'null'],
    ['http://localhost.evil.example:PORT'],
    ['file://'],
  ])('of another page is refused: %s', async (...origins) => {
    const served = await serve()
    const alice = served.x.addUser({ screenName: 'alice' })
    const headers = [...json, ...origins.map((origin) => `origin: ${origin}`)]
    for (const line of ['POST /emulator/reset', 'GET /emulator']) {
      const { status, text } = await exchange(served, { line, headers, ...(line.startsWith('POST') && { body: '{}' }) })
      expect([line, status]).toEqual([line, 403])
      expect(text).toContain(foreignPage)
    }
    expect(served.x.user('alice')?.id).toBe(alice.id)
  })

  it('of another port is refused, also when the Host header has that port', async () => {
    const headers = ['host: localhost:1', 'origin: http://localhost:1']
    expect((await exchange(await serve(), { headers })).status).toBe(403)
  })

  it('null is allowed on the sign-in page, which sends no referrer', async () => {
    const headers = ['host: localhost:PORT', 'origin: null', 'content-type: application/x-www-form-urlencoded']
    const { text } = await exchange(await serve(), { line: 'POST /oauth/authorize', headers, body: 'oauth_token=1' })
    expect(text).not.toContain(foreignPage)
  })
})

describe('the option hosts', () => {
  const hosts = ['Emulator.test', 'proxy.test:8443', '[fd00::1]']

  it.each(['emulator.test', 'EMULATOR.TEST.:PORT', 'proxy.test:8443', '[fd00:0::1]:PORT', 'localhost'])(
    'allows %s',
    async (host) => {
      expect((await exchange(await serve({ hosts }), { headers: [`host: ${host}`] })).status).toBe(200)
    },
  )

  it.each(['a.emulator.test', 'proxy.test', 'proxy.test:PORT', '[fd00::2]', 'evil.example'])(
    'does not allow %s',
    async (host) => {
      expect((await exchange(await serve({ hosts }), { headers: [`host: ${host}`] })).status).toBe(403)
    },
  )

  it.each([
    ['emulator.test', 'http://emulator.test', 200],
    ['localhost:PORT', 'https://proxy.test:8443', 200],
    ['proxy.test:8443', 'https://proxy.test:8443', 200],
    ['proxy.test:8443', 'https://proxy.test', 403],
    ['emulator.test', 'http://evil.example', 403],
    ['emulator.test', 'null', 403],
  ])('allows pages of its entries: %s with the origin %s', async (host, origin, status) => {
    const headers = [`host: ${host}`, `origin: ${origin}`]
    expect((await exchange(await serve({ hosts }), { headers })).status).toBe(status)
  })

  it('is not needed for the address that the server listens on', async () => {
    const { server } = await serve({ hostname: '0.0.0.0' })
    expect(server.url).toContain('//0.0.0.0:')
    expect((await fetch(`${server.url}/emulator`)).status).toBe(200)
  })
})

describe('the option trustProxy', () => {
  const credentials = '/1.1/account/verify_credentials.json'

  async function signedBy(scheme: string, host: string, options: ServeEmulatorOptions, headers: readonly string[]) {
    const served = await serve(options)
    const { x } = served
    const { accessToken, accessTokenSecret } = x.addUser({ screenName: 'alice' })
    const authorization = oauth1Header(
      { method: 'GET', url: `${scheme}://${host}${credentials}` },
      { ...x.app, accessToken, accessTokenSecret },
      { timestamp: Math.floor(x.now() / 1000), nonce: 'n' },
    )
    const all = [`host: ${host}`, `authorization: ${authorization}`, ...headers]
    return (await exchange(served, { line: `GET ${credentials}`, headers: all })).status
  }

  it.each(['api.twitter.com', 'api.x.com', 'localhost'])(
    'takes the scheme of %s from x-forwarded-proto',
    async (host) => {
      const options = { trustProxy: true }
      for (const proto of ['https', 'HTTPS', ' https , http']) {
        expect(await signedBy('https', host, options, [`x-forwarded-proto: ${proto}`])).toBe(200)
      }
      for (const proto of ['http', 'http, https', 'httpsx', '']) {
        expect(await signedBy('http', host, options, [`x-forwarded-proto: ${proto}`])).toBe(200)
      }
      expect(await signedBy('http', host, options, [])).toBe(200)
    },
  )

  it('is off by default', async () => {
    expect(await signedBy('https', 'localhost', {}, ['x-forwarded-proto: https'])).toBe(401)
    expect(await signedBy('https', 'api.twitter.com', {}, ['x-forwarded-proto: https'])).toBe(403)
  })

  it('does not let the pages of other hosts in', async () => {
    const served = await serve({ trustProxy: true })
    expect((await exchange(served, { headers: ['host: evil.example'] })).status).toBe(403)
    const page = { headers: ['host: api.x.com', 'origin: https://api.x.com'] }
    expect((await exchange(served, page)).text).toContain(foreignPage)
  })

  it('must be a boolean', async () => {
    await expect(serve({ trustProxy: 1 as never })).rejects.toThrow(
      new TypeError('"trustProxy" must be a boolean, got number'),
    )
  })
})
