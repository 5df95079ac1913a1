// The handlers for msw, behind which the emulator answers.
import assert from 'node:assert/strict'
import { setupServer } from 'msw/node'
import { createClient, createReceiver } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { accountActivityHandlers } from 'x-account-activity/testing/msw'
import { runCases } from './run-cases.js'

const server = setupServer()
server.listen()
await runCases([
  {
    name: 'lets the emulator answer the client, and deliver',
    run: async () => {
      const x = createEmulator({ fetch: (request) => receiver.fetch(request) })
      const seen = []
      const receiver = createReceiver({
        consumerSecret: x.app.consumerSecret,
        on: { favorite: (event) => void seen.push(event.userId) },
      })
      server.use(...accountActivityHandlers(x))
      const client = createClient(x.app)
      const webhook = await client.webhooks.create('https://app.example/webhook')
      const [alice, bob] = [x.addUser({ screenName: 'alice' }), x.addUser({ screenName: 'bob' })]
      await client.subscriptions.create(webhook.id, { user: alice })
      await bob.like(await alice.post('Good morning'))
      await x.idle()
      assert.deepEqual(seen, [bob.id])
    },
  },
  {
    name: 'answers at a base URL of its own',
    run: async () => {
      const x = createEmulator()
      const baseUrl = 'http://localhost:4000'
      server.use(...accountActivityHandlers(x, { baseUrl }))
      assert.deepEqual(await createClient({ ...x.app, baseUrl }).webhooks.list(), [])
    },
  },
  {
    name: 'ends the connection where the answer is lost',
    run: async () => {
      server.use(...accountActivityHandlers({ fetch: () => Promise.reject(new Error('lost')) }))
      const client = createClient({ consumerKey: 'key', consumerSecret: 'secret', bearerToken: 'token', retry: false })
      await assert.rejects(client.webhooks.list(), { name: 'TransportError' })
    },
  },
])
server.close()
