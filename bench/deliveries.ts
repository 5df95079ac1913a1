import { createHmac } from 'node:crypto'
import { createClient, createReceiver, parseDelivery, signBody } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'

/** The deliveries that are measured, by the type of their event. */
export type DeliveryKind = 'tweet_create' | 'direct_message' | 'favorite' | 'follow'

/** One delivery as it comes over the wire. */
export interface SignedDelivery {
  readonly body: Uint8Array
  /** The signature of X: `sha256=` and base64. */
  readonly signature: string
  /** The signature of GitHub for the same bytes: `sha256=` and hexadecimal digits. */
  readonly octokitSignature: string
}

/** Deliveries that differ only in the id of their event, because a receiver handles each event once. */
export interface DeliverySet {
  readonly kind: DeliveryKind
  /** What the event is, in words. */
  readonly name: string
  /** The length of each body. */
  readonly bytes: number
  readonly deliveries: readonly SignedDelivery[]
}

const count = 4096

const { secret, bodies } = await emulateDeliveries()

export { secret }

/** One set for each of the four kinds. */
export const deliverySets: readonly DeliverySet[] = [
  createSet('tweet_create', 'a post'),
  createSet('direct_message', 'a direct message'),
  createSet('favorite', 'a favourite'),
  createSet('follow', 'a follow'),
]

function createSet(kind: DeliveryKind, name: string): DeliverySet {
  const text = bodies.find((body) => parseDelivery(body).events[0]?.type === kind) ?? ''
  const id = identityOf(text)
  const deliveries = Array.from({ length: count }, (_, index) => {
    const body = Buffer.from(text.replaceAll(id, `${id.slice(0, -6)}${String(index).padStart(6, '0')}`))
    return {
      body,
      signature: signBody(body, secret),
      octokitSignature: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    }
  })
  return { kind, name, bytes: Buffer.byteLength(text), deliveries }
}

/** The part of a body that makes its event different from all others. */
function identityOf(text: string): string {
  const [event] = parseDelivery(text).events
  switch (event?.type) {
    case 'tweet_create':
      return event.postId
    case 'direct_message':
      return event.messageId
    case 'favorite':
      return event.payload.id ?? ''
    case 'follow':
      return event.payload.created_timestamp ?? ''
    default:
      throw new Error('The emulator did not send an event of each kind.')
  }
}

/** Bodies as the emulator writes them: whole objects, in the byte form of X. The post quotes another post. */
async function emulateDeliveries(): Promise<{ secret: string; bodies: readonly string[] }> {
  const now = () => Date.UTC(2026, 10, 21)
  const x = createEmulator({ now, fetch: (request) => receiver.fetch(request) })
  const receiver = createReceiver({ consumerSecret: x.app.consumerSecret })
  const client = createClient({ ...x.app, fetch: x.fetch, now })
  const alice = x.addUser({ screenName: 'alice', name: 'Alice 🌻' })
  const bob = x.addUser({ screenName: 'bob', name: 'Bob ☕️' })
  const quoted = await alice.post(
    'Tea or coffee? The kettle is on 🫖, the grinder is warm, and we do not leave the house before we have tried both. @bob first.',
  )
  const webhook = await client.webhooks.create('https://app.example/webhook')
  await client.subscriptions.create(webhook.id, { user: bob })
  const quote = await bob.quote(quoted, 'Coffee ☕️, as always, and @alice knows it')
  await x.idle()
  await alice.message(bob, 'Is there any left?')
  await alice.like(quote)
  await alice.follow(bob)
  await x.idle()
  return { secret: x.app.consumerSecret, bodies: x.deliveries.map(({ body }) => body) }
}
