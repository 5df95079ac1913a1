// What the projects run: an event on its way from the emulator through the client and the receiver to a handler.
import { createClient, createReceiver, isApiError, isVerificationError } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { AccountActivityError, VerificationError } from 'x-account-activity/errors'
import { answerCrc, signBody, verifySignature } from 'x-account-activity/webhook'

/** Resolves to `arrived`; rejects if a part of the package does not work here. */
export async function journey(): Promise<string> {
  const seen: string[] = []
  const x = createEmulator({ fetch: (request) => receiver.fetch(request) })
  const receiver = createReceiver({
    consumerSecret: x.app.consumerSecret,
    on: { favorite: (event) => void seen.push(event.type) },
  })
  const alice = x.addUser({ screenName: 'alice' })
  const bob = x.addUser({ screenName: 'bob' })
  const client = createClient({ ...x.app, fetch: x.fetch })
  const webhook = await client.webhooks.create('https://app.example/webhook')
  await client.subscriptions.create(webhook.id, { user: alice })
  await bob.like(await alice.post('Good morning'))
  await x.idle()
  check(seen.join() === 'favorite', `handled ${seen}`)

  const refused = await client.webhooks.delete('1').catch((error: unknown) => error)
  check(isApiError(refused), 'isApiError')
  check(refused instanceof AccountActivityError, 'the class of an error that the client throws')
  const oracle = await Promise.resolve()
    .then(() => answerCrc('{}', 'secret'))
    .catch((error: unknown) => error)
  check(isVerificationError(oracle), 'isVerificationError')
  check(oracle instanceof VerificationError, 'the class of an error that another entry point throws')
  check(verifySignature({ body: '{}', signature: signBody('{}', 'secret'), secret: 'secret' }), 'verifySignature')
  return 'arrived'
}

function check(isRight: boolean, what: string): asserts isRight {
  if (!isRight) throw new Error(what)
}
