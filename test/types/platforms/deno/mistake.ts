import { createReceiver } from 'x-account-activity/receiver'

const receiver = createReceiver({ consumerSecret: 'consumer-secret' })

Deno.serve(receiver.handle)
