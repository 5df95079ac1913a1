import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReceiver } from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'
import { accountActivityHandlers } from 'x-account-activity/testing/msw'
import { serveFetch } from '../support/serve-fetch.ts'
import { blocksOf, blockWith, createBlockWriter, runModule } from './run-block.ts'

const blocks = blocksOf('docs/guides/local-development.md')
const write = createBlockWriter()
const api = setupServer()

let x: Emulator
let alice: EmulatedUser

beforeAll(() => api.listen({ onUnhandledFrame: 'bypass' }))
afterAll(() => api.close())

beforeEach(() => {
  x = createEmulator({ fetch: (request) => receiver().fetch(request), tier: 'pay-per-use' })
  alice = x.addUser({ screenName: 'alice' })
  vi.stubEnv('X_CONSUMER_KEY', x.app.consumerKey)
  vi.stubEnv('X_CONSUMER_SECRET', x.app.consumerSecret)
  vi.stubEnv('X_ACCESS_TOKEN', alice.accessToken)
  vi.stubEnv('X_ACCESS_TOKEN_SECRET', alice.accessTokenSecret)
  vi.spyOn(console, 'log').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  api.resetHandlers()
})

const receiver = () => createReceiver({ consumerSecret: x.app.consumerSecret })

describe('local development', () => {
  it('finds out whether a tunnel passes the body on as it is', async () => {
    const block = blockWith(blocks, 'signBody(body')
    vi.stubEnv('WEBHOOK_URL', await serveFetch((request) => receiver().fetch(request)))
    await runModule(write(block))
    expect(console.log).toHaveBeenLastCalledWith(200, '{}')

    const rewriting = async (request: Request) => {
      const body = JSON.stringify(await request.json())
      return receiver().fetch(new Request(request.url, { method: 'POST', headers: request.headers, body }))
    }
    vi.stubEnv('WEBHOOK_URL', await serveFetch(rewriting))
    await runModule(write(block))
    expect(console.log).toHaveBeenLastCalledWith(401, expect.stringContaining('"signature_mismatch"'))
  })

  it('registers a changed address, and subscribes again, on a plan with one webhook', async () => {
    api.use(...accountActivityHandlers(x))
    for (const url of ['https://first.example/webhook', 'https://second.example/webhook']) {
      vi.stubEnv('WEBHOOK_URL', url)
      await runModule(write(blockWith(blocks, 'moveWebhook(client')))
      expect(x.webhooks).toMatchObject([{ url, valid: true, subscribers: [alice.id] }])
      expect(console.log).toHaveBeenLastCalledWith(x.webhooks[0]?.id, 'is valid', [])
    }
  })
})
