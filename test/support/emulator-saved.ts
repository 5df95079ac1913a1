import type { SavedState } from 'x-account-activity/emulator'
import { crcAnswer, EmulatorHarness, hookUrl } from './emulator-harness.ts'

/** A state after it was written as JSON and read again. */
export function throughJson(state: SavedState): SavedState {
  return JSON.parse(JSON.stringify(state))
}

/** A harness with apps, users, webhooks, posts of all kinds, relations and messages. */
export async function createFilledHarness(): Promise<EmulatorHarness> {
  const harness = new EmulatorHarness({ seed: 'lived', environments: ['dev'] })
  const { x } = harness
  const [alice, bob] = await harness.subscribed('alice', 'bob')
  const carol = x.addUser({ screenName: 'carol', protected: true, description: 'Quiet & shy', location: 'Graz' })
  const second = x.addApp({ name: 'Second', permissions: 'read', oauth2: true, deniedUsers: [carol] })
  harness.onCrc = (request) => crcAnswer(request, second.clientSecret ?? '')
  await harness.register(`${hookUrl}/2`, second)
  harness.onCrc = undefined
  await carol.authorize(second, { scopes: ['tweet.read', 'users.read'] })
  const post = await alice.post('Über @bob: https://example.com/a?b=c&d #fünf $ABC')
  await bob.reply(post, 'So it is')
  await bob.quote(post, 'Look')
  await bob.repost(post)
  await bob.like(post)
  await bob.deletePost(await bob.post('Oops'))
  await bob.follow(alice)
  await carol.mute(bob)
  await alice.block(carol)
  await alice.typing(bob)
  await bob.message(alice, 'Psst: https://example.com')
  await x.advance({ hours: 2 })
  await x.idle()
  return harness
}

/** A harness that continues from the state of another one. */
export function continueFrom(harness: EmulatorHarness): EmulatorHarness {
  const copy = new EmulatorHarness({ state: throughJson(harness.x.save()), environments: ['dev'] })
  copy.time = harness.time
  return copy
}
