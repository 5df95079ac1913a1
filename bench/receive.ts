import { createHmac } from 'node:crypto'
import { createReceiver, parseDelivery } from 'x-account-activity'
import { type DeliverySet, deliverySets, type SignedDelivery, secret } from './deliveries.ts'
import type { CreateOctokit } from './octokit/load-octokit.ts'
import type { Comparison, Work } from './ratio.ts'

/** The highest ratio of `receiver.handle` to bare HMAC and `JSON.parse`, for each kind of delivery. */
const target = 1.2

/** `receiver.handle`, and `verifyAndReceive` of octokit if it is installed, against bare HMAC and `JSON.parse`. */
export function compareReceivers(createOctokit: CreateOctokit | undefined): Comparison[] {
  return deliverySets.map((set) => ({
    name: `${set.name}, ${set.bytes} bytes`,
    target,
    ours: receive(set),
    bare: verifyAndParse(set),
    ...(createOctokit && { peer: receiveWithOctokit(set, createOctokit) }),
  }))
}

/** `parseDelivery` of the bytes against `JSON.parse` of their text. */
export const parsing: Comparison[] = deliverySets.map(({ name, bytes, deliveries }) => ({
  name: `${name}, ${bytes} bytes`,
  target: Number.POSITIVE_INFINITY,
  ours: (count) => {
    for (let i = 0; i < count; i += 1) parseDelivery(at(deliveries, i).body)
  },
  bare: (count) => {
    for (let i = 0; i < count; i += 1) JSON.parse(at(deliveries, i).body.toString())
  },
}))

function receive({ kind, deliveries }: DeliverySet): Work {
  let handled = 0
  const countEvent = () => {
    handled += 1
  }
  const newReceiver = () => createReceiver({ consumerSecret: secret, on: { [kind]: countEvent } })
  const requests = deliveries.map(toRequest)
  let receiver = newReceiver()
  let next = 0
  return async (count) => {
    const before = handled
    for (let i = 0; i < count; i += 1) {
      // A receiver handles the same event only once.
      if (next % requests.length === 0) receiver = newReceiver()
      const answer = await receiver.handle(at(requests, next))
      next += 1
      if (answer.status !== 200) throw new Error(`The answer has status ${answer.status}.`)
    }
    if (handled - before !== count) throw new Error('The receiver did not handle every event.')
  }
}

/** Like the middleware of octokit, which decodes the bytes of the request before it verifies them. */
function receiveWithOctokit({ deliveries }: DeliverySet, create: CreateOctokit): Work {
  const webhooks = create(secret)
  let handled = 0
  webhooks.on('push', () => {
    handled += 1
  })
  return async (count) => {
    const before = handled
    for (let i = 0; i < count; i += 1) {
      const { body, octokitSignature } = at(deliveries, i)
      await webhooks.verifyAndReceive({ id: '1', name: 'push', payload: body.toString(), signature: octokitSignature })
    }
    if (handled - before !== count) throw new Error('octokit did not handle every event.')
  }
}

function verifyAndParse({ deliveries }: DeliverySet): Work {
  return (count) => {
    for (let i = 0; i < count; i += 1) {
      const { body } = at(deliveries, i)
      createHmac('sha256', secret).update(body).digest('base64')
      JSON.parse(body.toString())
    }
  }
}

/** A delivery as a server describes it to `receiver.handle`. */
export function toRequest({ body, signature }: SignedDelivery): {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
} {
  const headers = { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signature }
  return { method: 'POST', url: '/webhook', headers, body }
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length]
  if (item === undefined) throw new RangeError('The list is empty.')
  return item
}
