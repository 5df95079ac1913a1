import { createServer } from 'node:http'
import { toNodeHandler } from 'x-account-activity/node'
import { constructDelivery, createReceiver } from 'x-account-activity/receiver'

const receiver = createReceiver({
  consumerSecret: () => process.env.X_CONSUMER_SECRET ?? '',
  on: { follow: (event) => console.log(event.sourceId) },
})

createServer(toNodeHandler(receiver))

createServer(async ({ method = '', url = '/', headers }, response) => {
  const { status, headers: answered, body } = await receiver.handle({ method, url, headers })
  response.writeHead(status, answered).end(body)
})

createServer(({ headers }) => {
  constructDelivery({ body: '{}', headers, consumerSecret: 'consumer-secret' })
})
