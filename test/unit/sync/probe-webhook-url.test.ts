import { createHmac } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createClient, createEnterpriseClient, createReceiver } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { toNodeHandler } from 'x-account-activity/node'
import { planWebhook, syncWebhook } from 'x-account-activity/sync'
import { crcSignerOf } from '../../../src/client/crc-signers.ts'
import { probeWebhookUrl } from '../../../src/sync/probe-webhook-url.ts'
import { AppWebhooks } from '../../support/app-webhooks.ts'
import { listen } from '../../support/listen.ts'

const [consumerSecret, clientSecret] = ['consumer-secret', 'client-secret']

/** The construction of X's documentation, computed by the test. */
const sign = (text: string, secret = consumerSecret) =>
  `sha256=${createHmac('sha256', secret).update(text).digest('base64')}`
const tokenOf = ({ url = '' }: IncomingMessage) => new URL(url, 'http://localhost').searchParams.get('crc_token') ?? ''

type Answer = (request: IncomingMessage, response: ServerResponse) => void
const json =
  (body: (token: string) => unknown): Answer =>
  (request, response) =>
    void response.end(JSON.stringify(body(tokenOf(request))))

afterEach(() => vi.unstubAllGlobals())

async function probe(answer: Answer, options: { clientSecret?: string; isUnknown?: boolean; path?: string } = {}) {
  const url = await listen(answer as RequestListener)
  return probeWebhookUrl(url + (options.path ?? '/x'), {
    sign: options.isUnknown ? undefined : sign,
    clientSecret: options.clientSecret,
    signal: undefined,
  })
}

describe('a probe of a webhook URL', () => {
  it('accepts the answer that is made with the consumer secret', async () => {
    expect(await probe(json((token) => ({ response_token: sign(token) })))).toBeUndefined()
  })

  it('accepts the answer that is made with the client secret, when it is given', async () => {
    const answer = json((token) => ({ response_token: sign(token, clientSecret) }))
    expect(await probe(answer, { clientSecret })).toBeUndefined()
    expect(await probe(answer)).toMatch(/consumer secret of this client.*the option "clientSecret"$/)
  })

  it.each<[string, Answer, RegExp]>([
    ['a status', (_, response) => void response.writeHead(404).end('not found'), /^it responded with HTTP 404$/],
    ['another success', (_, response) => void response.writeHead(204).end(), /^it responded with HTTP 204$/],
    ['a redirect', (_, response) => void response.writeHead(301, { location: '/y' }).end(), /HTTP 301$/],
    ['a page', (_, response) => void response.end('<html></html>'), /is not JSON with a "response_token"$/],
    ['another body', json(() => ({ ok: true })), /is not JSON with a "response_token"$/],
    ['a token that is a number', json(() => ({ response_token: 1 })), /is not JSON with a "response_token"$/],
    ['null', json(() => null), /is not JSON with a "response_token"$/],
    ['the token itself', json((token) => ({ response_token: token })), /is not "sha256=" and an HMAC in base64$/],
    [
      'hexadecimal digits',
      json((token) => ({
        response_token: `sha256=${createHmac('sha256', consumerSecret).update(token).digest('hex')}`,
      })),
      /is not "sha256=" and an HMAC/,
    ],
    [
      'another secret',
      json((token) => ({ response_token: sign(token, 'other') })),
      /the consumer secret of this client/,
    ],
    ['another token', json(() => ({ response_token: sign('other') })), /the consumer secret of this client/],
  ])('refuses %s', async (_, answer, problem) => {
    expect(await probe(answer)).toMatch(problem)
  })

  it('checks only the form when it does not know the secret', async () => {
    expect(
      await probe(
        json((token) => ({ response_token: sign(token, 'any') })),
        { isUnknown: true },
      ),
    ).toBeUndefined()
    expect(
      await probe(
        json((token) => ({ response_token: token })),
        { isUnknown: true },
      ),
    ).toBeDefined()
  })

  it('is signed as X signs a CRC request, so that a receiver with crc "signed" answers it', async () => {
    for (const path of ['/x', '/x?tenant=1']) {
      const receiver = createReceiver({ consumerSecret, crc: 'signed' })
      expect(await probe(toNodeHandler(receiver) as Answer, { path })).toBeUndefined()
    }
  })

  it('sends another token each time', async () => {
    const tokens = new Set<string>()
    const answer: Answer = (request, response) => {
      tokens.add(tokenOf(request))
      response.end()
    }
    await probe(answer)
    await probe(answer)
    expect(tokens.size).toBe(2)
  })

  it('reads at most the beginning of an endless answer', async () => {
    const answer: Answer = (_, response) => {
      const write = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', write)
      }
      write()
    }
    expect(await probe(answer)).toMatch(/is not JSON/)
  })

  it('passes when this machine cannot reach the URL', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
    const options = { sign, clientSecret: undefined, signal: undefined }
    expect(await probeWebhookUrl('https://app.example/x', options)).toBeUndefined()
  })

  it('ends when its signal aborts', async () => {
    const controller = new AbortController()
    const url = await listen(() => controller.abort(new Error('stop')))
    const options = { sign, clientSecret: undefined, signal: controller.signal }
    await expect(probeWebhookUrl(url, options)).rejects.toThrow('stop')
  })
})

describe('the signer of a client', () => {
  it('has the consumer secret, for each client and for another user', () => {
    const keys = { consumerKey: 'key', consumerSecret }
    for (const client of [
      createClient(keys),
      createEnterpriseClient(keys),
      createClient(keys).as({ bearerToken: 'b' }),
    ]) {
      expect(crcSignerOf(client)?.('text')).toBe(sign('text'))
      expect(JSON.stringify(client)).not.toContain(consumerSecret)
    }
  })

  it('is unknown for other objects', () => {
    expect(crcSignerOf(new AppWebhooks().client)).toBeUndefined()
  })
})

describe('a sync with room for one webhook', () => {
  /** An app with a webhook at /old, and a server whose path /new answers as the test says. */
  async function setup(answer: (token: string, x: { consumerSecret: string }) => unknown) {
    const x = createEmulator({ tier: 'pay-per-use' })
    const receiver = toNodeHandler(createReceiver({ consumerSecret: x.app.consumerSecret }))
    const url = await listen((request, response) => {
      if (request.url?.startsWith('/old')) void receiver(request, response)
      else json((token) => answer(token, x.app))(request, response)
    })
    const client = createClient({ ...x.app, fetch: x.fetch, retry: false })
    const old = await client.webhooks.create(`${url}/old`)
    return { x, client, old, url: `${url}/new` }
  }

  it('keeps the old webhook when the new URL answers with another secret', async () => {
    const { x, client, old, url } = await setup((token) => ({ response_token: sign(token, 'other') }))
    await expect(syncWebhook(client, { url, prune: true })).rejects.toMatchObject({
      reason: 'WebhookLimitExceeded',
      message: expect.stringMatching(/Nothing was deleted to make room.*consumer secret of this client/),
    })
    expect(x.webhooks).toMatchObject([{ id: old.id, valid: true }])
  })

  it('replaces the old webhook when the new URL answers rightly', async () => {
    const { x, client, url } = await setup((token, app) => ({ response_token: sign(token, app.consumerSecret) }))
    const plan = await planWebhook(client, { url, prune: true })
    expect(plan.actionsWithoutRoom?.map(({ type }) => type)).toEqual(['probe', 'delete', 'create'])
    expect(await plan.apply()).toMatchObject({ url, valid: true })
    expect(x.webhooks).toMatchObject([{ url }])
  })
})
