import { createReceiver } from 'x-account-activity/receiver'
import type { RouteHandlers } from './route-handlers.ts'

export const GET = createReceiver({ consumerSecret: 'consumer-secret' }).handle

const route = {} as typeof import('./mistake.ts')
route satisfies RouteHandlers
