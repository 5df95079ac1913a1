import { createReceiver } from 'x-account-activity/receiver'

const receiver = createReceiver({ consumerSecret: 'consumer-secret' })

export default { fetch: receiver.handle } satisfies ExportedHandler
