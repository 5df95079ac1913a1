import { createClient } from 'x-account-activity'
import { createEmulator, type Emulator } from 'x-account-activity/emulator'

/** The secret that the generated server is started with, which is that of the emulator. */
export const consumerSecret: string = createEmulator().app.consumerSecret

/** How a webhook has answered the events of both APIs. */
export interface Delivered {
  /** The HTTP statuses of the deliveries. */
  readonly statuses: readonly unknown[]
  /** The id of the user who followed, for each event. */
  readonly followers: readonly string[]
}

/**
 * Registers a webhook in an emulator, so that it is sent a CRC, and delivers an event of each API.
 *
 * @param send - What sends a request to the webhook.
 */
export async function deliver(url: string, send: (request: Request) => Promise<Response> = fetch): Promise<Delivered> {
  const x = createEmulator({ fetch: send })
  const [alice, bob] = [x.addUser({ screenName: 'alice' }), x.addUser({ screenName: 'bob' })]
  const { webhookId, client } = await register(x, url, alice)
  await client.subscriptions.create(webhookId, { user: alice })
  await client.activity.subscriptions.create(
    { eventType: 'follow.follow', filter: { userId: alice.id }, webhookId },
    { user: alice },
  )
  await bob.follow(alice)
  await x.idle()
  return { statuses: x.deliveries.map(({ status }) => status), followers: x.deliveries.map(() => bob.id) }
}

async function register(x: Emulator, url: string, user: { accessToken: string; accessTokenSecret: string }) {
  const { consumerKey } = x.app
  const client = createClient({ consumerKey, consumerSecret: x.app.consumerSecret, user, fetch: x.fetch })
  const { id } = await client.webhooks.create(url)
  return { webhookId: id, client }
}
