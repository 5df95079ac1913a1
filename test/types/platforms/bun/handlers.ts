import { createReceiver } from 'x-account-activity/receiver'

const receiver = createReceiver({
  consumerSecret: () => Bun.env.X_CONSUMER_SECRET ?? '',
  on: { follow: (event) => console.log(event.sourceId) },
})

Bun.serve({ fetch: receiver.fetch })
Bun.serve({ routes: { '/webhook': receiver.fetch } })
Bun.serve({ routes: { '/webhook/:app': { GET: receiver.fetch, POST: receiver.fetch } } })

export default { port: 3000, fetch: receiver.fetch } satisfies Bun.Serve.Options<undefined>
