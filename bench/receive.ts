import { createHmac } from 'node:crypto'
import { createClient, createReceiver, signBody } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import type { Comparison } from './ratio.ts'

const { body, secret } = await emulatedPost()

export { secret }

/** Different events, since the same one is handled only once. */
export const requests = Array.from({ length: 4096 }, (_, index) => {
  const id = `${1_924_465_506_158_870_000n + BigInt(index)}`
  const bytes = Buffer.from(body.text.replaceAll(body.postId, id))
  const headers = { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signBody(bytes, secret) }
  return { method: 'POST', url: '/webhook', headers, body: bytes }
})

let handled = 0
const newReceiver = () =>
  createReceiver({
    consumerSecret: secret,
    on: {
      tweet_create: () => {
        handled += 1
      },
    },
  })

export const receiving: Comparison = {
  name: `receiver.handle of a post, ${body.text.length} bytes : createHmac + JSON.parse`,
  target: 2,
  ours: async (count) => {
    const before = handled
    let receiver = newReceiver()
    for (let i = 0; i < count; i += 1) {
      if (i % requests.length === 0) receiver = newReceiver()
      const answer = await receiver.handle(request(i))
      if (answer.status !== 200) throw new Error(`answered with ${answer.status}`)
    }
    if (handled - before !== count) throw new Error('not every event was handled')
  },
  bare: (count) => {
    for (let i = 0; i < count; i += 1) {
      const bytes = request(i).body
      createHmac('sha256', secret).update(bytes).digest('base64')
      JSON.parse(bytes.toString())
    }
  },
}

function request(index: number) {
  const found = requests[index % requests.length]
  if (found === undefined) throw new RangeError('there is a request for every index')
  return found
}

/** A post that quotes another, as the emulator writes it: full objects, in X's own bytes. */
async function emulatedPost(): Promise<{ body: { text: string; postId: string }; secret: string }> {
  const now = () => Date.UTC(2026, 10, 21)
  const x = createEmulator({ now, fetch: (request) => receiver.fetch(request) })
  const receiver = createReceiver({ consumerSecret: x.app.consumerSecret })
  const client = createClient({ ...x.app, fetch: x.fetch, now })
  const alice = x.addUser({ screenName: 'alice', name: 'Alice 🌻' })
  const bob = x.addUser({ screenName: 'bob', name: 'Bob ☕️' })
  const webhook = await client.webhooks.create('https://app.example/webhook')
  await client.subscriptions.create(webhook.id, { user: bob })
  const quoted = await alice.post(
    'Tea or coffee? The kettle is on 🫖, the grinder is warm, and nobody is to leave the house before both were tried. @bob first.',
  )
  const { id_str } = await bob.quote(quoted, 'Coffee ☕️, as always, and @alice knows it')
  await x.idle()
  const text = x.deliveries.find(({ body }) => body.includes(id_str))?.body ?? ''
  return { body: { text, postId: id_str }, secret: x.app.consumerSecret }
}
