import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { LambdaHandler } from 'x-account-activity/aws-lambda'
import type { Receiver } from 'x-account-activity/receiver'
import { serveFetch } from '../support/serve-fetch.ts'
import { followBody, secret, signatureOf } from '../support/x-request.ts'
import { markdownBlocks } from './code-blocks.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const guide = 'docs/guides/deploying.md'
const blocks = markdownBlocks(guide, readFileSync(join(root, guide), 'utf8'))

mkdirSync(join(root, 'coverage'), { recursive: true })
const folder = mkdtempSync(join(root, 'coverage', 'deploying-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Answer = (request: Request) => Response | Promise<Response>

/** What the blocks export. */
interface Exports {
  readonly receiver: Receiver
  readonly app: { fetch: Answer }
  readonly GET: Answer
  readonly POST: Answer
  readonly fallback: (event: { request: Request }) => Promise<Response>
  readonly default: {
    fetch(request: Request, env: object, context: { waitUntil(promise: Promise<unknown>): void }): Promise<Response>
  }
  readonly handler: LambdaHandler
}

/** Runs the block that holds a text as it stands in the guide, but for the port: every server listens on one that is free. */
async function run(text: string): Promise<{ exports: Exports; url: () => string }> {
  const found = blocks.filter(({ code }) => code.includes(text))
  expect(found, `the blocks of ${guide} that hold ${text}`).toHaveLength(1)
  const file = join(folder, `${randomUUID()}.ts`)
  writeFileSync(file, found[0]?.code ?? '')

  vi.stubEnv('X_CONSUMER_SECRET', secret)
  const servers: Server[] = []
  const first = () => servers[0] ?? expect.unreachable('no server listens')
  const { listen } = Server.prototype
  const onFreePort = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (
    this: Server,
    ...args: unknown[]
  ) {
    servers.push(this)
    const whenListening = args.findLast((arg) => typeof arg === 'function')
    return listen.call(this, { port: 0, host: '127.0.0.1' }, whenListening as () => void)
  })
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    for (const server of servers) server.close()
  })
  const exports: Exports = await import(/* @vite-ignore */ file)
  await vi.waitFor(() => expect(servers.every((server) => server.listening)).toBe(true))
  onFreePort.mockRestore()
  return { exports, url: () => `http://127.0.0.1:${(first().address() as AddressInfo).port}` }
}

const context = { waitUntil: () => {} }
const cases: readonly [name: string, block: string, serve: (ran: Awaited<ReturnType<typeof run>>) => unknown][] = [
  [
    'the receiver',
    'follow: (event) => console.log(event.sourceId)',
    ({ exports }) => serveFetch(exports.receiver.fetch),
  ],
  ['Express', "from 'express'", ({ url }) => url()],
  ['Fastify', "from 'fastify'", ({ url }) => url()],
  ['Koa', "from 'koa'", ({ url }) => url()],
  ['Hono', "from 'hono'", ({ exports }) => serveFetch((request) => exports.app.fetch(request))],
  [
    'Next.js',
    'Next.js',
    ({ exports: { GET, POST } }) => serveFetch((request) => (request.method === 'GET' ? GET(request) : POST(request))),
  ],
  ['SvelteKit', 'SvelteKit', ({ exports }) => serveFetch((request) => exports.fallback({ request }))],
  [
    'Cloudflare Workers',
    'interface Env',
    ({ exports }) => serveFetch((request) => exports.default.fetch(request, { X_CONSUMER_SECRET: secret }, context)),
  ],
  [
    'AWS Lambda',
    "from 'x-account-activity/aws-lambda'",
    ({ exports }) => serveFetch((request) => invoke(request, exports)),
  ],
]

async function invoke(request: Request, { handler }: Exports): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const { statusCode, headers, body } = await handler({
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(request.headers),
    requestContext: { http: { method: request.method } },
    body: await request.text(),
  })
  return new Response(body, { status: statusCode, headers })
}

describe('each server of the deploying guide', () => {
  it.each(cases)('answers X: %s', async (_, block, serve) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    onTestFinished(() => log.mockRestore())
    const url = `${await serve(await run(block))}/webhook`

    const crc = await fetch(`${url}?crc_token=challenge_string`)
    expect(crc.status).toBe(200)
    expect(await crc.json()).toEqual({ response_token: signatureOf('challenge_string') })

    const deliver = (body: string, signature: string) =>
      fetch(url, { method: 'POST', headers: { 'x-twitter-webhooks-signature': signature }, body })
    expect((await deliver(followBody(), signatureOf(followBody()))).status).toBe(200)
    expect((await deliver(followBody(), signatureOf(followBody(), 'another secret'))).status).toBe(401)
  })

  it('is run, every block of them', () => {
    const run = new Set(cases.map(([, text]) => blocks.findIndex(({ code }) => code.includes(text))))
    expect([...run].sort()).toEqual([...blocks.keys()])
  })
})
