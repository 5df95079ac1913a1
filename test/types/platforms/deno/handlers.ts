import { createReceiver } from 'x-account-activity/receiver'

const receiver = createReceiver({
  consumerSecret: () => Deno.env.get('X_CONSUMER_SECRET') ?? '',
  on: { follow: (event) => console.log(event.sourceId) },
})

Deno.serve(receiver.fetch)
Deno.serve({ port: 8000 }, receiver.fetch)
Deno.serve({ port: 8000, handler: receiver.fetch })

export default { fetch: receiver.fetch } satisfies Deno.ServeDefaultExport
