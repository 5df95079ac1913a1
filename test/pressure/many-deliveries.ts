import { createMemoryDedupeStore, createReceiver, type Receiver } from 'x-account-activity/receiver'
import { secret, signatureOf } from '../support/x-request.ts'
import { heldMegabytes } from './held-bytes.ts'

const deliveries = process.env.CI ? 100_000 : 1_000_000
const remembered = deliveries / 20
const atATime = 50
const allowedGrowth = 4

/**
 * A million deliveries through one receiver, each with an event of its own, and what the heap holds after each tenth of
 * them; a tenth as many under CI. Returns whether the heap has not grown from the time on when the dedupe store is full.
 */
export async function checkManyDeliveries(): Promise<boolean> {
  let handled = 0
  const receiver = createReceiver({
    consumerSecret: secret,
    dedupe: createMemoryDedupeStore({ maxEntries: remembered }),
    order: 'account',
    on: {
      any: async () => {
        handled += 1
      },
    },
  })

  console.log(`\n${deliveries} deliveries, ${atATime} at a time, Node.js ${process.version}\n\n  deliveries    heap`)
  const heaps: number[] = []
  const startedAt = performance.now()
  for (let sent = 0; sent < deliveries; sent += atATime) {
    if (sent > 0 && sent % (deliveries / 10) === 0) heaps.push(printHeap(sent))
    await Promise.all(Array.from({ length: atATime }, (_, index) => deliver(receiver, sent + index)))
  }
  heaps.push(printHeap(deliveries))

  const [full = 0] = heaps
  const growth = Math.max(...heaps) - full
  const isFlat = growth <= allowedGrowth && handled === deliveries
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`\n  ${handled} handled in ${seconds.toFixed(0)} s; the heap grew by ${growth.toFixed(1)} MB`)
  console.log(isFlat ? '  Flat.\n' : `  ✘ At most ${allowedGrowth} MB, and every event, were expected.\n`)
  return isFlat
}

async function deliver(receiver: Receiver, index: number): Promise<void> {
  const body = followOf(index)
  const headers = { 'x-twitter-webhooks-signature': signatureOf(body) }
  const { status } = await receiver.handle({ method: 'POST', url: '/webhook', headers, body })
  if (status !== 200) throw new Error(`answered with ${status}`)
}

/** A user follows one of 5,000 accounts. */
function followOf(index: number): string {
  const account = String(1_000_000 + (index % 5_000))
  const event = {
    type: 'follow',
    created_timestamp: String(1_795_253_459_123 + index),
    source: { id: String(9_000_000 + index), screen_name: 'bob' },
    target: { id: account, screen_name: 'alice' },
  }
  return JSON.stringify({ for_user_id: account, follow_events: [event] })
}

function printHeap(sent: number): number {
  const megabytes = heldMegabytes()
  console.log(`  ${String(sent).padStart(10)}  ${megabytes.toFixed(1).padStart(6)} MB`)
  return megabytes
}
