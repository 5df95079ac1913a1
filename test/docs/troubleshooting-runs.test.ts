import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { createClient, createReceiver, endpointReasons, generalReasons } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import type { Receiver } from 'x-account-activity/receiver'
import { accountActivityHandlers } from 'x-account-activity/testing/msw'
import { deliveryRequest, followBody, secret } from '../support/x-request.ts'
import { blocksOf, blockWith, createBlockWriter, readDocument, runModule } from './run-block.ts'

const guide = 'docs/guides/troubleshooting.md'
const blocks = blocksOf(guide)
const write = createBlockWriter()
const api = setupServer()

beforeAll(() => api.listen({ onUnhandledFrame: 'error' }))
afterAll(() => api.close())

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  api.resetHandlers()
})

it('shows the errors of the receiver, the missing secret among them', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { exports } = await runModule<{ receiver: Receiver }>(write(blockWith(blocks, 'onError')))
  vi.stubEnv('X_CONSUMER_SECRET', '')
  expect((await exports.receiver.fetch(deliveryRequest(followBody()))).status).toBe(500)
  expect(log).toHaveBeenLastCalledWith('request', undefined, expect.any(RangeError))
  expect(String(log.mock.lastCall?.[2])).toContain('"consumerSecret" must not be empty')

  vi.stubEnv('X_CONSUMER_SECRET', 'another secret')
  expect((await exports.receiver.fetch(deliveryRequest(followBody()))).status).toBe(401)
  expect(log).toHaveBeenLastCalledWith(
    'verification',
    undefined,
    expect.objectContaining({ reason: 'signature_mismatch' }),
  )

  vi.stubEnv('X_CONSUMER_SECRET', secret)
  expect((await exports.receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
})

it('shows the webhooks, whether they are valid, and who is subscribed', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  const receiver = createReceiver({ consumerSecret: () => x.app.consumerSecret })
  const x = createEmulator({ fetch: (request) => receiver.fetch(request) })
  const alice = x.addUser({ screenName: 'alice' })
  const client = createClient({ ...x.app, fetch: x.fetch })
  const webhook = await client.webhooks.create('https://app.example/webhook')
  await client.subscriptions.create(webhook.id, { user: alice })
  api.use(...accountActivityHandlers(x))
  vi.stubEnv('X_CONSUMER_KEY', x.app.consumerKey)
  vi.stubEnv('X_CONSUMER_SECRET', x.app.consumerSecret)
  await runModule(write(blockWith(blocks, 'NOT VALID')))
  expect(log.mock.calls).toEqual([[webhook.id, 'https://app.example/webhook', 'valid', [alice.id]]])
})

it('shows which rules a replay window breaks', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  const block = blockWith(blocks, 'checkReplayWindow')
  await runModule(write(block))
  expect(log).not.toHaveBeenCalled()
  await runModule(write({ ...block, code: block.code.replace('hoursAgo(3)', 'hoursAgo(25)') }))
  expect(log).toHaveBeenCalledTimes(1)
})

it('names reasons that exist', () => {
  const known = new Set<string>([
    ...Object.values(endpointReasons).flat(),
    ...generalReasons,
    'RangeError',
    'TimeoutError',
  ])
  const named = [...readDocument(guide).matchAll(/`([A-Z][a-z]+[A-Z][A-Za-z]+|Forbidden|Unauthorized)`/g)].map(
    ([, name = '']) => name,
  )
  expect(named.length).toBeGreaterThan(15)
  expect(new Set(named.filter((name) => !known.has(name)))).toEqual(new Set(['VerificationError']))
})
