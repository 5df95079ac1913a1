import { createServer } from 'node:http'
import { createReceiver } from 'x-account-activity/receiver'

createServer(createReceiver({ consumerSecret: 'consumer-secret' }).fetch)
