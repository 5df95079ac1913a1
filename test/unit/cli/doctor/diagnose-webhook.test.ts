import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import express from 'express'
import Fastify from 'fastify'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { toFastifyPlugin } from 'x-account-activity/fastify'
import { toNodeHandler } from 'x-account-activity/node'
import type { ReceiverOptions } from 'x-account-activity/receiver'
import {
  type DiagnoseWebhookOptions,
  diagnoseWebhook,
  type WebhookReport,
} from '../../../../src/cli/doctor/diagnose-webhook.ts'
import { listen } from '../../../support/listen.ts'
import { createTestReceiver } from '../../../support/receiver.ts'
import {
  acceptRight,
  answerCrcRight,
  hasTokenForm,
  hmac,
  isSignedByX,
  json,
  type WebhookParts,
  webhookServer,
} from '../../../support/webhook-server.ts'
import { secret } from '../../../support/x-request.ts'

const limits = { tries: 3 }
/** Limits that a test can wait for. */
const shortLimits = { crcMs: 1_000, deliveryMs: 1_000, tries: 3 }

function diagnose(url: string, options: Partial<DiagnoseWebhookOptions> = {}): Promise<WebhookReport> {
  return diagnoseWebhook({ url, consumerSecret: secret, ...options })
}

function idsOf({ checks }: WebhookReport, status: string): string[] {
  return checks.filter((check) => check.status === status).map(({ id }) => id)
}

function seenOf({ checks }: WebhookReport, id: string): string | undefined {
  return checks.find((check) => check.id === id)?.seen
}

/** A server that is nothing but a socket. */
async function serveSocket(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`
}

const crcBody = (token: string, key = secret) => JSON.stringify({ response_token: `sha256=${hmac(token, key)}` })
const tokenOf = (query: URLSearchParams) => query.get('crc_token') ?? ''

/** A CRC answer whose token is made by `make`, for tokens of the form of X. */
function crcWith(make: (token: string) => string): WebhookParts {
  return {
    crc: (call) => {
      const token = tokenOf(call.query)
      if (hasTokenForm(token)) json(call.response, 200, { response_token: make(token) })
      else json(call.response, 400, {})
    },
  }
}

/** A CRC answer with these headers and this body, for tokens of the form of X. */
function crcSends(
  send: (body: string, accepts: string) => { headers?: Record<string, string>; body: string | Buffer },
): WebhookParts {
  return {
    crc: ({ request, response, query }) => {
      const token = tokenOf(query)
      if (!hasTokenForm(token)) return json(response, 400, {})
      const { headers = {}, body } = send(crcBody(token), String(request.headers['accept-encoding'] ?? ''))
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body)
    },
  }
}

/** Deliveries that are accepted when `isRight` says so. */
function deliveriesIf(isRight: (body: Buffer, request: Parameters<typeof isSignedByX>[1]) => boolean): WebhookParts {
  return { delivery: ({ request, response, body }) => json(response, isRight(body, request) ? 200 : 401, {}) }
}

interface Fault {
  readonly name: string
  readonly parts: WebhookParts
  /** The ids that fail, exactly. */
  readonly fails: readonly string[]
  /** The ids that are doubtful, exactly. */
  readonly doubts?: readonly string[]
  /** What is seen of the first of them. */
  readonly seen: string | RegExp
  /** Whether the server does not answer something. */
  readonly isSilent?: boolean
}

const redirectTo = (location: string, status = 308): WebhookParts => ({
  first: (_, response) => {
    response.writeHead(status, { location }).end()
    return true
  },
})

const never: WebhookParts['first'] = () => true

const faults: readonly Fault[] = [
  {
    name: 'redirects to a trailing slash',
    parts: redirectTo('/webhook/'),
    fails: ['redirect'],
    seen: /^HTTP 308 to http:\/\/127\.0\.0\.1:\d+\/webhook\/$/,
  },
  {
    name: 'redirects to a login',
    parts: redirectTo('/login', 302),
    fails: ['redirect'],
    seen: /^HTTP 302 to .*\/login$/,
  },
  {
    name: 'redirects to a URL that cannot be parsed',
    parts: redirectTo('http://[', 301),
    fails: ['redirect'],
    seen: 'HTTP 301 to http://[',
  },
  {
    name: 'answers the CRC with 404',
    parts: { crc: ({ response }) => json(response, 404, {}) },
    fails: ['crc_status'],
    seen: 'HTTP 404',
  },
  {
    name: 'answers the CRC with 201',
    parts: { crc: ({ response, query }) => json(response, 201, JSON.parse(crcBody(tokenOf(query)))) },
    fails: ['crc_status'],
    seen: 'HTTP 201',
  },
  {
    name: 'never answers the CRC',
    parts: { crc: () => {} },
    fails: ['crc_time'],
    seen: 'no answer within 1000 ms',
    isSilent: true,
  },
  {
    name: 'begins the CRC answer and never ends it',
    parts: { crc: ({ response }) => void response.writeHead(200).write('{') },
    fails: ['crc_time'],
    seen: 'no answer within 1000 ms',
    isSilent: true,
  },
  {
    name: 'closes the connection in the middle of the CRC answer',
    parts: {
      crc: ({ response }) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{', () => response.destroy())
      },
    },
    fails: ['connection'],
    seen: 'the server closed the connection before the answer was complete (ECONNRESET)',
  },
  {
    name: 'sends the CRC answer as text/html',
    parts: crcSends((body) => ({ headers: { 'content-type': 'text/html; charset=utf-8' }, body })),
    fails: ['crc_content_type'],
    seen: 'text/html; charset=utf-8',
  },
  {
    name: 'says gzip, but sends plain bytes',
    parts: crcSends((body) => ({ headers: { 'content-encoding': 'gzip' }, body })),
    fails: ['crc_encoding'],
    seen: 'compressed (content-encoding: gzip) although the request does not accept it',
  },
  {
    name: 'says gzip, but sends plain bytes, when it is asked for gzip',
    parts: crcSends((body, accepts) => ({
      headers: accepts.includes('gzip') ? { 'content-encoding': 'gzip' } : {},
      body,
    })),
    fails: ['crc_encoding'],
    seen: 'the header says gzip, but the bytes are not gzip',
  },
  {
    name: 'compresses with gzip, although it is not asked for',
    parts: crcSends((body) => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(body) })),
    fails: ['crc_encoding'],
    seen: 'compressed (content-encoding: gzip) although the request does not accept it',
  },
  {
    name: 'compresses with gzip, and does not say so',
    parts: crcSends((body) => ({ body: gzipSync(body) })),
    fails: ['crc_encoding'],
    seen: 'the bytes are gzip, but the header content-encoding is missing',
  },
  {
    name: 'compresses with brotli when it is asked for gzip',
    parts: crcSends((body, accepts) =>
      accepts === '' ? { body } : { headers: { 'content-encoding': 'br' }, body: brotliCompressSync(body) },
    ),
    fails: ['crc_encoding'],
    seen: 'content-encoding: br although the request accepts only gzip',
  },
  {
    name: 'answers the CRC with the token as text',
    parts: crcSends((body) => ({ body: JSON.parse(body).response_token })),
    fails: ['crc_json'],
    seen: /^no JSON: sha256=/,
  },
  {
    name: 'serialises the CRC answer twice',
    parts: crcSends((body) => ({ body: JSON.stringify(body) })),
    fails: ['crc_json'],
    seen: 'a JSON text that contains JSON',
  },
  {
    name: 'wraps the CRC answer',
    parts: crcSends((body) => ({ body: `{"data":${body}}` })),
    fails: ['crc_json'],
    seen: /^no "response_token": \{"data"/,
  },
  {
    name: 'sends an empty CRC answer',
    parts: crcSends(() => ({ body: '' })),
    fails: ['crc_json'],
    seen: 'an empty body',
  },
  {
    name: 'sends a CRC answer without an end',
    parts: {
      crc: ({ response }) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const write = () => {
          while (!response.destroyed && response.write('x'.repeat(10_000)));
          response.once('drain', write)
        }
        write()
      },
    },
    fails: ['crc_json'],
    seen: 'longer than 65536 bytes',
  },
  {
    name: 'sends the HMAC in hexadecimal',
    parts: crcWith((token) => `sha256=${hmac(token, secret, 'hex')}`),
    fails: ['crc_json'],
    seen: '"response_token" is an HMAC in hexadecimal, not in base64',
  },
  {
    name: 'sends the HMAC without its prefix',
    parts: crcWith((token) => hmac(token)),
    fails: ['crc_json'],
    seen: '"response_token" is without "sha256=" at its beginning',
  },
  {
    name: 'answers the CRC with another secret',
    parts: crcWith((token) => `sha256=${hmac(token, 'another secret')}`),
    fails: ['crc_secret'],
    seen: 'another secret than X_CONSUMER_SECRET',
  },
  {
    name: 'answers the CRC with a line break after the secret',
    parts: crcWith((token) => `sha256=${hmac(token, `${secret}\n`)}`),
    fails: ['crc_secret'],
    seen: 'the consumer secret with a line break at its end',
  },
  {
    name: 'caches the CRC answer',
    parts: crcWith(() => `sha256=${hmac('first')}`),
    fails: ['crc_secret'],
    seen: 'the same answer to different tokens',
  },
  {
    name: 'decodes the token twice',
    parts: {
      crc: ({ response, query }) => {
        const token = decodeURIComponent(tokenOf(query).replaceAll('+', ' '))
        if (/^[\w+/=. -]+$/.test(token)) json(response, 200, { response_token: `sha256=${hmac(token)}` })
        else json(response, 400, {})
      },
    },
    fails: ['crc_token'],
    seen: 'a token in base64, with "+", "/" and "=": the answer is the HMAC of another text',
  },
  {
    name: 'answers only long tokens',
    parts: { crc: (call) => (tokenOf(call.query).length < 16 ? json(call.response, 400, {}) : answerCrcRight(call)) },
    fails: [],
    doubts: ['crc_token'],
    seen: 'a short token: HTTP 400',
  },
  {
    name: 'signs every token',
    parts: {
      crc: ({ response, query }) => json(response, 200, { response_token: `sha256=${hmac(tokenOf(query))}` }),
    },
    fails: ['crc_oracle'],
    seen: 'the body of a delivery is signed when it comes as crc_token',
  },
  {
    name: 'accepts unsigned deliveries',
    parts: deliveriesIf(
      (body, request) => request.headers['x-twitter-webhooks-signature'] === undefined || isSignedByX(body, request),
    ),
    fails: ['unsigned_refused'],
    seen: 'accepted with HTTP 200',
  },
  {
    name: 'looks only for the header of the signature',
    parts: deliveriesIf((_, request) => request.headers['x-twitter-webhooks-signature'] !== undefined),
    fails: ['forged_refused', 'reserialized_refused'],
    seen: 'accepted with HTTP 200',
  },
  {
    name: 'verifies nothing',
    parts: deliveriesIf(() => true),
    fails: ['unsigned_refused', 'forged_refused', 'reserialized_refused'],
    seen: 'accepted with HTTP 200',
  },
  {
    name: 'also verifies the body after it was parsed',
    parts: deliveriesIf(
      (body, request) => isSignedByX(body, request) || isSignedByX(JSON.stringify(JSON.parse(String(body))), request),
    ),
    fails: ['reserialized_refused'],
    seen: 'accepted with HTTP 200',
  },
  {
    name: 'verifies the body only after it was parsed',
    parts: deliveriesIf((body, request) => isSignedByX(JSON.stringify(JSON.parse(String(body))), request)),
    fails: ['reserialized_refused', 'delivery_accepted'],
    seen: 'accepted with HTTP 200',
  },
  {
    name: 'verifies deliveries with another secret',
    parts: deliveriesIf((body, request) => isSignedByX(body, request, 'another secret')),
    fails: ['delivery_accepted'],
    seen: /^HTTP 401 in \d+ ms$/,
  },
  {
    name: 'answers deliveries with 204',
    parts: {
      delivery: ({ request, response, body }) => void response.writeHead(isSignedByX(body, request) ? 204 : 401).end(),
    },
    fails: ['delivery_accepted'],
    seen: /^HTTP 204 in \d+ ms$/,
  },
  {
    name: 'has no route for POST',
    parts: { delivery: ({ response }) => json(response, 404, {}) },
    fails: ['delivery_accepted'],
    seen: /^HTTP 404 in \d+ ms$/,
  },
  {
    name: 'never answers signed deliveries',
    parts: { delivery: (call) => (isSignedByX(call.body, call.request) ? undefined : acceptRight(call)) },
    fails: ['delivery_accepted'],
    seen: 'no complete answer came within 1000 ms',
    isSilent: true,
  },
  {
    name: 'fails with 500 on unsigned deliveries',
    parts: { delivery: ({ request, response, body }) => json(response, isSignedByX(body, request) ? 200 : 500, {}) },
    fails: [],
    doubts: ['unsigned_refused', 'forged_refused', 'reserialized_refused'],
    seen: 'HTTP 500',
  },
  {
    name: 'turns every piece of a body into text',
    parts: {
      first: (request, response) => {
        if (request.method !== 'POST') return false
        let text = ''
        request.on('data', (chunk: Buffer) => {
          text += chunk.toString()
        })
        request.on('end', () => json(response, isSignedByX(text, request) ? 200 : 401, {}))
        return true
      },
    },
    fails: ['delivery_pieces'],
    seen: 'split within a character: HTTP 401',
  },
  {
    name: 'accepts bodies up to 100 kB',
    parts: { delivery: (call) => (call.body.length > 102_400 ? json(call.response, 413, {}) : acceptRight(call)) },
    fails: ['body_limit'],
    seen: '256 KiB: HTTP 413',
  },
  {
    name: 'accepts bodies up to 500 kB',
    parts: { delivery: (call) => (call.body.length > 500_000 ? json(call.response, 413, {}) : acceptRight(call)) },
    fails: [],
    doubts: ['body_limit'],
    seen: '256 KiB; 1 MB: HTTP 413',
  },
  {
    name: 'fails on HEAD',
    parts: { other: ({ request, response }) => void response.writeHead(request.method === 'HEAD' ? 500 : 405).end() },
    fails: ['method_head'],
    seen: 'HTTP 500',
  },
  {
    name: 'never answers OPTIONS',
    parts: {
      other: ({ request, response }) => (request.method === 'HEAD' ? void response.writeHead(405).end() : undefined),
    },
    fails: ['method_options'],
    seen: 'no complete answer came within 1000 ms',
    isSilent: true,
  },
  {
    name: 'has a clock that is an hour behind',
    parts: {
      first: (_, response) => {
        response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString())
        return false
      },
    },
    fails: ['clock'],
    seen: /^3(?:599|600|601) s ahead of the server$/,
  },
  {
    name: 'has a clock that is a minute ahead',
    parts: {
      first: (_, response) => {
        response.setHeader('date', new Date(Date.now() + 60_000).toUTCString())
        return false
      },
    },
    fails: [],
    doubts: ['clock'],
    seen: /^(?:59|60|61) s behind the server$/,
  },
]

describe('a server with one fault', () => {
  it.each(faults)('$name', async ({ parts, fails, doubts = [], seen, isSilent }) => {
    const url = `${await listen(webhookServer(parts))}/webhook`
    const report = await diagnose(url, { limits: isSilent ? shortLimits : limits })
    expect(idsOf(report, 'fail')).toEqual(fails)
    expect(idsOf(report, 'doubtful')).toEqual(doubts)
    expect(report.ok).toBe(fails.length === 0)
    const [first = ''] = [...fails, ...doubts]
    expect(seenOf(report, first)).toEqual(typeof seen === 'string' ? seen : expect.stringMatching(seen))
    for (const { status, fix } of report.checks) {
      if (status === 'fail' || status === 'doubtful') expect(fix).toMatch(/^[A-Z].*\.$/)
    }
  })

  it.each([
    ['sends no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', /^the answer is not valid HTTP \(HPE_/],
    ['sends a header of 100 MB', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000_000)}`, /HPE_HEADER_OVERFLOW/],
    [
      'switches to another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
      /HTTP 101/,
    ],
  ])('%s', async (_, text, seen) => {
    const url = await serveSocket((socket) => socket.once('data', () => socket.write(text)))
    const report = await diagnose(url, { limits })
    expect(idsOf(report, 'fail')).toEqual(['connection'])
    expect(seenOf(report, 'connection')).toMatch(seen)
  })

  it('closes every connection', async () => {
    const report = await diagnose(await serveSocket((socket) => socket.destroy()), { limits })
    expect(idsOf(report, 'fail')).toEqual(['connection'])
  })

  it('is not running', async () => {
    const url = await new Promise<string>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo
        server.close(() => resolve(`http://127.0.0.1:${port}/webhook`))
      })
    })
    const report = await diagnose(url)
    expect(idsOf(report, 'fail')).toEqual(['connection'])
    expect(seenOf(report, 'connection')).toBe('the connection was refused (ECONNREFUSED)')
  })

  it('never answers anything', async () => {
    const report = await diagnose(`${await listen(webhookServer({ first: never }))}/webhook`, { limits: shortLimits })
    expect(idsOf(report, 'fail')).toEqual(['crc_time', 'delivery_accepted', 'method_head', 'method_options'])
    expect(idsOf(report, 'doubtful')).toEqual(['unsigned_refused', 'forged_refused', 'reserialized_refused'])
  })
})

describe('the time of the CRC', () => {
  /** A server at which the clock advances with each CRC. */
  async function diagnoseSlow(durations: readonly number[]): Promise<WebhookReport> {
    let time = Date.now()
    const left = [...durations]
    const crc: WebhookParts['crc'] = (call) => {
      time += left.shift() ?? 0
      answerCrcRight(call)
    }
    return diagnose(`${await listen(webhookServer({ crc }))}/webhook`, { now: () => time })
  }

  it('is measured over ten tries', async () => {
    const report = await diagnoseSlow([100, 10, 20, 30, 40, 50, 60, 70, 80, 90])
    expect(idsOf(report, 'fail')).toEqual([])
    expect(seenOf(report, 'crc_time')).toBe('p50 50 ms, p90 90 ms, max 100 ms of 10 requests')
  })

  it.each([
    [1_000, 'pass'],
    [1_001, 'doubtful'],
    [3_000, 'doubtful'],
    [3_001, 'fail'],
  ])('with one answer after %d ms is judged as %s', async (duration, status) => {
    const report = await diagnoseSlow([0, duration])
    expect(report.checks.find(({ id }) => id === 'crc_time')).toMatchObject({ status })
  })
})

describe('a receiver of this package', () => {
  const skippedOnLoopback = ['https', 'port', 'tls_chain', 'tls_expiry']

  const handlers = { follow: vi.fn(), direct_message_mark_read: vi.fn(), unknown: vi.fn() }

  function createReceiver(options: Partial<ReceiverOptions> = {}) {
    const onAny = vi.fn()
    const { receiver, errors } = createTestReceiver({ on: handlers, ...options })
    receiver.onAny(onAny)
    return { receiver, errors, onAny }
  }

  it('has no fault with toNodeHandler, and its handlers do nothing', async () => {
    const { receiver, onAny } = createReceiver()
    const report = await diagnose(`${await listen(toNodeHandler(receiver))}/webhook`)
    expect(report.checks.filter(({ status }) => status !== 'pass' && status !== 'skipped')).toEqual([])
    expect(idsOf(report, 'skipped')).toEqual(skippedOnLoopback)
    expect(report.ok).toBe(true)
    expect(onAny).not.toHaveBeenCalled()
    for (const handler of Object.values(handlers)) expect(handler).not.toHaveBeenCalled()
  })

  it('has no fault with both secrets, when it requires the newer signature', async () => {
    const { receiver } = createReceiver({ clientSecret: 'client-secret', requireOAuth2Signature: true })
    const report = await diagnose(`${await listen(toNodeHandler(receiver))}/webhook`, { clientSecret: 'client-secret' })
    expect(idsOf(report, 'fail')).toEqual([])
    expect(idsOf(report, 'doubtful')).toEqual([])
    expect(seenOf(report, 'crc_secret')).toBe('the client secret (OAuth 2.0)')
  })

  it('has no fault when it answers only signed CRC requests', async () => {
    const { receiver } = createReceiver({ crc: 'signed' })
    const report = await diagnose(`${await listen(toNodeHandler(receiver))}/webhook?tenant=7`)
    expect(idsOf(report, 'fail')).toEqual([])
  })

  it('is doubtful when it does not use the client secret of the app', async () => {
    const { receiver } = createReceiver()
    const report = await diagnose(`${await listen(toNodeHandler(receiver))}/webhook`, { clientSecret: 'client-secret' })
    expect(idsOf(report, 'fail')).toEqual([])
    expect(idsOf(report, 'doubtful')).toEqual(['crc_secret'])
  })

  it('has no fault with toFastifyPlugin', async () => {
    const app = Fastify()
    onTestFinished(() => app.close())
    await app.register(toFastifyPlugin(createReceiver().receiver), { prefix: '/webhook' })
    const report = await diagnose(`${await app.listen({ port: 0, host: '127.0.0.1' })}/webhook`)
    expect(idsOf(report, 'fail')).toEqual([])
    expect(idsOf(report, 'doubtful')).toEqual([])
  })

  it('has no fault in Express after express.raw with a large limit', async () => {
    const app = express().use(express.raw({ type: '*/*', limit: '1mb' }), toNodeHandler(createReceiver().receiver))
    const report = await diagnose(`${await listen(app)}/webhook`)
    expect(idsOf(report, 'fail')).toEqual([])
    expect(idsOf(report, 'doubtful')).toEqual([])
  })

  it('is limited by the default of express.raw', async () => {
    const app = express().use(express.raw({ type: '*/*' }), toNodeHandler(createReceiver().receiver))
    app.use(((_error, _request, response, _next) => response.status(413).end()) as express.ErrorRequestHandler)
    const report = await diagnose(`${await listen(app)}/webhook`)
    expect(idsOf(report, 'fail')).toEqual(['body_limit'])
  })

  it('loses the bytes of deliveries after express.json', async () => {
    const app = express().use(express.json({ limit: '1mb' }), toNodeHandler(createReceiver().receiver))
    const report = await diagnose(`${await listen(app)}/webhook`)
    expect(idsOf(report, 'fail')).toEqual(['delivery_accepted'])
  })

  it('is tested as far as possible without secrets', async () => {
    const { receiver } = createReceiver()
    const url = `${await listen(toNodeHandler(receiver))}/webhook`
    const report = await diagnoseWebhook({ url })
    expect(idsOf(report, 'fail')).toEqual([])
    const needSecret = ['crc_secret', 'reserialized_refused', 'delivery_accepted', 'delivery_pieces', 'body_limit']
    expect(idsOf(report, 'skipped')).toEqual([...skippedOnLoopback, ...needSecret])
    for (const { id, fix } of report.checks) if (needSecret.includes(id)) expect(fix).toMatch(/^Set X_CONSUMER_SECRET/)
  })
})

describe('the options', () => {
  it.each(['https://alice:password@app.example/webhook', 'http://alice@127.0.0.1/', '//alice:password@app.example'])(
    'refuse the URL %s without printing it',
    async (url) => {
      const error = await diagnose(url).catch((error: unknown) => error)
      expect(error).toBeInstanceOf(RangeError)
      expect(String(error)).toBe('RangeError: "url" must not contain a user name or a password: X does not send them.')
    },
  )

  it.each(['', 'app.example/webhook', 'ftp://app.example', 'https://'])('refuse the URL %j', async (url) => {
    await expect(diagnose(url)).rejects.toThrow(RangeError)
  })

  it('end the diagnosis by a signal', async () => {
    const controller = new AbortController()
    const first = () => {
      controller.abort(new Error('interrupted'))
      return true
    }
    const url = `${await listen(webhookServer({ first }))}/webhook`
    await expect(diagnose(url, { signal: controller.signal })).rejects.toThrow('interrupted')
  })

  it('report each result when it is there', async () => {
    const onResult = vi.fn()
    const report = await diagnose(`${await listen(webhookServer())}/webhook`, { onResult })
    expect(onResult.mock.calls.map(([id]) => id).sort()).toEqual(report.checks.map(({ id }) => id).sort())
  })
})
