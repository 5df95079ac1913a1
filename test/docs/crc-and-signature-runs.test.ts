import { Logger } from '@nestjs/common'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { serveFetch } from '../support/serve-fetch.ts'
import { followBody, secret, signatureOf } from '../support/x-request.ts'
import { blocksOf, blockWith, createBlockWriter, runModule } from './run-block.ts'
import { serveLambda } from './serve-platform.ts'

const guide = 'docs/guides/crc-and-signature.md'
const blocks = blocksOf(guide)
const write = createBlockWriter()

interface Exports {
  readonly GET: (request: Request) => Response
  readonly POST: (request: Request) => Promise<Response>
  readonly receive: (request: Request) => Promise<Response>
  readonly handler: Parameters<typeof serveLambda>[0]
}

async function load(text: string) {
  vi.stubEnv('X_CONSUMER_SECRET', secret)
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.spyOn(console, 'log').mockImplementation(() => {})
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => void vi.restoreAllMocks())
  return runModule<Exports>(write(blockWith(blocks, text)))
}

/** The guide's first server, as a framework routes to its two functions. */
async function serveFunctions(block: string, name: 'POST' | 'receive'): Promise<string> {
  const { GET } = (await load('export function GET')).exports
  const { [name]: POST } = (await load(block)).exports
  return serveFetch((request) => {
    if (request.method === 'POST') return POST(request)
    try {
      return GET(request)
    } catch {
      return new Response(null, { status: 500 })
    }
  })
}

const listening = (text: string) => async () => (await load(text)).url()
const servers: readonly [name: string, start: () => Promise<string>][] = [
  ['web standard requests', () => serveFunctions('export async function POST', 'POST')],
  ['web standard requests, with constructDelivery', () => serveFunctions('constructDelivery({', 'receive')],
  ['Express, with raw', listening('express.raw(')],
  ['Express, with verify', listening('verify: (request')],
  ['NestJS', listening("from '@nestjs/core'")],
  ['Fastify', listening("from 'fastify'")],
  ['Koa', listening("from 'koa'")],
  ['AWS Lambda', async () => serveLambda((await load("from 'aws-lambda'")).exports.handler)],
]

beforeAll(() => Logger.overrideLogger(false))

describe('each server of the guide to the CRC and the signature', () => {
  describe.each(servers)('%s', (_, start) => {
    it('answers the CRC, and no token that could be a delivery', async () => {
      const url = `${await start()}/webhook`
      const crc = await fetch(`${url}?crc_token=challenge_string`)
      expect([crc.status, await crc.json()]).toEqual([200, { response_token: signatureOf('challenge_string') }])
      expect(crc.headers.get('content-type')).toContain('application/json')

      const oracle = await fetch(`${url}?crc_token=${encodeURIComponent(followBody())}`)
      expect(oracle.status).toBe(400)
      expect(await oracle.text()).not.toContain('sha256=')
    })

    it('takes what X signed, byte by byte, and nothing else', async () => {
      const url = `${await start()}/webhook`
      const deliver = async (body: string, signature?: string) => {
        const headers = new Headers({ 'content-type': 'application/json' })
        if (signature !== undefined) headers.set('x-twitter-webhooks-signature', signature)
        return (await fetch(url, { method: 'POST', headers, body })).status
      }
      // Not as JSON.stringify writes it.
      const body = followBody().replace('{', '{ "text": "caf\\u00e9 \\/", ')
      expect(await deliver(body, signatureOf(body))).toBe(200)
      expect(console.log).toHaveBeenCalledWith('follow', expect.any(String))
      expect(await deliver(body, signatureOf(body, 'another secret'))).toBe(401)
      expect(await deliver(`${body} `, signatureOf(body))).toBe(401)
      expect(await deliver(body)).toBe(401)
      expect(console.log).toHaveBeenCalledTimes(1)
    })
  })

  it('is run, every block of them', () => {
    const run = [
      'export function GET',
      'export async function POST',
      'constructDelivery({',
      'express.raw(',
      'verify: (request',
      "from '@nestjs/core'",
      "from 'fastify'",
      "from 'koa'",
      "from 'aws-lambda'",
    ]
    expect(new Set(run.map((text) => blockWith(blocks, text)))).toEqual(new Set(blocks))
  })

  it('does not blame the caller for a missing secret', async () => {
    const { GET } = (await load('export function GET')).exports
    vi.stubEnv('X_CONSUMER_SECRET', '')
    const request = new Request('https://app.example/webhook?crc_token=challenge_string')
    expect(() => GET(request)).toThrow(new RangeError('"secret" must not be empty'))
  })
})
