import { Logger } from '@nestjs/common'
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { serveFetch } from '../support/serve-fetch.ts'
import { followBody, secret, signatureOf } from '../support/x-request.ts'
import { blocksOf, blockWith, createBlockWriter, type Ran, runModule } from './run-block.ts'
import { serveAzureFunction, serveGoogleFunction, serveLambda } from './serve-platform.ts'

const blocks = blocksOf('docs/guides/deploying.md')
const write = createBlockWriter()

type Answer = (request: Request) => Response | Promise<Response>
type RuntimeHandler = (request: Request, runtime: object) => Promise<Response>
type Loader = (event: { request: Request }) => Promise<Response>

/** What the blocks export. */
interface Exports {
  readonly app: { fetch: Answer }
  readonly GET: Answer
  readonly POST: Answer
  readonly fallback: Loader
  readonly loader: Loader
  readonly action: Loader
  readonly default: {
    fetch(request: Request, env: object, context: { waitUntil(promise: Promise<unknown>): void }): Promise<Response>
  }
  readonly handler: Parameters<typeof serveLambda>[0]
  readonly webhook: Parameters<typeof serveGoogleFunction>[0] & Parameters<typeof serveAzureFunction>[0]
}

type Serve = (ran: Ran<Exports>) => Promise<string>

const listens: Serve = ({ url }) => url()
const context = { waitUntil: () => {} }
const isGet = ({ method }: Request) => method === 'GET'

const servers: readonly [name: string, block: string, serve: Serve][] = [
  ['node:http', 'createServer(toNodeHandler(receiver)).listen(3000)', listens],
  ['Express', "from 'express'", listens],
  ['NestJS', "from '@nestjs/core'", listens],
  ['Fastify', "from 'fastify'", listens],
  ['Koa', "from 'koa'", listens],
  ['Hono', "from 'hono'", ({ exports: { app } }) => serveFetch((request) => app.fetch(request))],
  [
    'Next.js',
    'export const GET',
    ({ exports: { GET, POST } }) => serveFetch((request) => (isGet(request) ? GET(request) : POST(request))),
  ],
  ['SvelteKit', 'export const fallback', ({ exports }) => serveFetch((request) => exports.fallback({ request }))],
  [
    'React Router',
    'export const loader',
    ({ exports: { loader, action } }) =>
      serveFetch((request) => (isGet(request) ? loader({ request }) : action({ request }))),
  ],
  ['Bun', 'Bun.serve', listens],
  ['Deno', 'Deno.serve', listens],
  [
    'Cloudflare Workers',
    'interface Env',
    ({ exports }) => serveFetch((request) => exports.default.fetch(request, { X_CONSUMER_SECRET: secret }, context)),
  ],
  ['AWS Lambda', "from 'x-account-activity/aws-lambda'", ({ exports }) => serveLambda(exports.handler)],
  [
    'Google Cloud Functions',
    'export const webhook = toNodeHandler(receiver)',
    ({ exports }) => serveGoogleFunction(exports.webhook),
  ],
  ['Firebase', "from 'firebase-functions/https'", ({ exports }) => serveGoogleFunction(exports.webhook)],
  ['Azure Functions', "from '@azure/functions'", ({ exports }) => serveAzureFunction(exports.webhook)],
]

beforeAll(() => Logger.overrideLogger(false))

/** The globals of Bun and Deno, as far as the snippets use them. */
beforeEach(() => {
  const server = {}
  vi.stubGlobal('Bun', {
    serve: (options: { fetch: RuntimeHandler }) => serveFetch((request) => options.fetch(request, server)),
  })
  vi.stubGlobal('Deno', {
    env: { get: (name: string) => process.env[name] },
    serve: (_options: object, handle: RuntimeHandler) => serveFetch((request) => handle(request, {})),
  })
  onTestFinished(() => void vi.unstubAllGlobals())
})

describe('each server of the deploying guide', () => {
  it.each(servers)('loads without the secret, and answers X with it: %s', async (_, text, serve) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    // The receiver reports the forged delivery there.
    vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => void vi.restoreAllMocks())

    vi.stubEnv('X_CONSUMER_SECRET', undefined)
    const ran = await runModule<Exports>(write(blockWith(blocks, text)))
    vi.stubEnv('X_CONSUMER_SECRET', secret)
    onTestFinished(() => void vi.unstubAllEnvs())
    const url = `${await serve(ran)}/webhook`

    const crc = await fetch(`${url}?crc_token=challenge_string`)
    expect(crc.status).toBe(200)
    expect(await crc.json()).toEqual({ response_token: signatureOf('challenge_string') })

    const deliver = (body: string, signature: string) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signature },
        body,
      })
    // Not as JSON.stringify writes it: a server that parses the body and writes it again is found out.
    const body = followBody().replace('{', '{ ')
    expect((await deliver(body, signatureOf(body))).status).toBe(200)
    expect((await deliver(body, signatureOf(body, 'another secret'))).status).toBe(401)
    if (text.includes("from '@nestjs/core'")) expect(log).toHaveBeenCalledWith('22')
  })

  it('is run, every block of them', () => {
    const run = servers.map(([, text]) => blockWith(blocks, text))
    expect(new Set(run)).toEqual(new Set(blocks))
  })
})
