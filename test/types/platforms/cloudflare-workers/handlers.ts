import { createReceiver, type Receiver } from 'x-account-activity/receiver'

interface Env {
  readonly X_CONSUMER_SECRET: string
}

const receiver = createReceiver({
  consumerSecret: 'consumer-secret',
  on: { follow: (event) => console.log(event.sourceId) },
})

export default { fetch: receiver.fetch } satisfies ExportedHandler

export const withEnvironment = { fetch: receiver.fetch } satisfies ExportedHandler<Env>

let shared: Receiver | undefined

export const lazy = {
  fetch(request, env, context) {
    shared ??= createReceiver({ consumerSecret: env.X_CONSUMER_SECRET })
    return shared.fetch(request, env, context)
  },
} satisfies ExportedHandler<Env>
