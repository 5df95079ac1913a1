import { createReceiver } from 'x-account-activity/receiver'
import type { RouteHandlers } from './route-handlers.ts'

const receiver = createReceiver({
  consumerSecret: () => process.env.X_CONSUMER_SECRET ?? '',
  on: { follow: (event) => console.log(event.sourceId) },
})

export const GET = receiver.fetch
export const POST = receiver.fetch

const route = {} as typeof import('./handlers.ts')
route satisfies RouteHandlers
