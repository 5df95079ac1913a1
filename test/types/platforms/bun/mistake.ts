import { createReceiver } from 'x-account-activity/receiver'

const receiver = createReceiver({ consumerSecret: 'consumer-secret' })

Bun.serve({ fetch: receiver.handle })
