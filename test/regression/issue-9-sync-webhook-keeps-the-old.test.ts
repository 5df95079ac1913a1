import { expect, test } from 'vitest'
import { createClient, createReceiver } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { syncWebhook } from 'x-account-activity/sync'

async function setup() {
  const x = createEmulator({
    tier: 'pay-per-use',
    fetch: async (request) =>
      new URL(request.url).pathname === '/old' ? receiver.fetch(request) : new Response(null, { status: 404 }),
  })
  const receiver = createReceiver({ consumerSecret: x.app.consumerSecret })
  const client = createClient({ ...x.app, fetch: x.fetch, retry: 0 })
  const alice = x.addUser({ screenName: 'alice' })
  const old = await client.webhooks.create('https://app.invalid/old')
  await client.subscriptions.create(old.id, { user: alice })
  return { x, client, alice, old }
}

test('the old webhook is kept while it has subscriptions, and the error names moveWebhook', async () => {
  const { x, client, old, alice } = await setup()
  const sync = syncWebhook(client, { url: 'https://app.invalid/new', prune: true })
  await expect(sync).rejects.toMatchObject({ name: 'ApiError', reason: 'WebhookLimitExceeded' })
  await expect(sync).rejects.toThrow('call "moveWebhook"')
  expect(x.webhooks).toMatchObject([{ id: old.id, subscribers: [alice.id] }])
})

// The name "app.invalid" has no address: https://www.rfc-editor.org/rfc/rfc6761#section-6.4
test('an old webhook without subscriptions is registered again if X refuses the new one, and the error says so', async () => {
  const { x, client, old, alice } = await setup()
  await client.subscriptions.delete(old.id, alice.id)
  const sync = syncWebhook(client, { url: 'https://app.invalid/new', prune: true })
  const error: { message?: string } = await sync.catch((thrown) => thrown)
  const [restored] = await client.webhooks.list()
  expect(restored?.url).toBe('https://app.invalid/old')
  expect(error).toMatchObject({ name: 'ApiError', reason: 'CrcValidationFailed' })
  expect(error.message).toContain(`deleted with all their subscriptions: ${old.id}.`)
  expect(error.message).toContain(`registered again as webhook ${restored?.id}`)
  expect(x.webhooks).toHaveLength(1)
})
