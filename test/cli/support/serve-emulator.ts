import { onTestFinished } from 'vitest'
import { createEmulator, type EmulatedUser, type Emulator, type EmulatorOptions } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { createReceiver } from 'x-account-activity/receiver'

/** The address at which the emulator has a webhook. */
export const webhookUrl = 'https://app.example/webhooks/x'

/** An emulator on a socket, and the credentials of its app and of a user. */
export interface ServedEmulator {
  readonly x: Emulator
  readonly alice: EmulatedUser
  readonly bob: EmulatedUser
  /** The environment of the command line: the keys of the app, the token of alice and the base URL. */
  readonly env: Readonly<Record<string, string>>
}

/** Serves an emulator, with a receiver behind {@link webhookUrl}. It is closed when the test has ended. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<ServedEmulator> {
  const x: Emulator = createEmulator({
    fetch: (request) => receiver.fetch(request),
    onUnknownRequest: 'ignore',
    ...options,
  })
  const receiver = createReceiver({ consumerSecret: () => x.app.consumerSecret })
  const server = await serveEmulator(x)
  onTestFinished(() => server.close())
  const alice = x.addUser({ screenName: 'alice' })
  const bob = x.addUser({ screenName: 'bob' })
  const env = {
    X_CONSUMER_KEY: x.app.consumerKey,
    X_CONSUMER_SECRET: x.app.consumerSecret,
    X_ACCESS_TOKEN: alice.accessToken,
    X_ACCESS_TOKEN_SECRET: alice.accessTokenSecret,
    X_BASE_URL: server.url,
  }
  return { x, alice, bob, env }
}
