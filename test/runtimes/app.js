// A receiver at /webhook, and the ids of the events that it handled at /seen.
import { createReceiver } from 'x-account-activity/receiver'

export const seen = []
export const receiver = createReceiver({
  consumerSecret: 'consumer-secret',
  maxBodyBytes: 1000,
  bodyTimeoutMs: 500,
  onError: () => {},
  on: { any: (event) => void seen.push(event.id) },
})

export function answer(request, context) {
  const { pathname } = new URL(request.url)
  return pathname === '/seen' ? Response.json(seen) : receiver.fetch(request, context)
}
