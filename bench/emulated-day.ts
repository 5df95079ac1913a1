import { createClient } from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'

/** An emulator whose accounts are all subscribed to one webhook, and what they do all day. */
export interface EmulatedDay {
  readonly x: Emulator
  /** Lets the accounts do things until so many more deliveries are made. */
  play(deliveries: number): Promise<void>
}

/** How many actions happen before the deliveries are waited for, as in a program that does other things too. */
const actsAtOnce = 500

export async function startDay({
  x = createEmulator({ seed: 'bench' }),
  url,
  accounts,
}: {
  x?: Emulator
  url: string
  accounts: number
}): Promise<EmulatedDay> {
  const client = createClient({ ...x.app, fetch: x.fetch, now: x.now })
  const webhook = await client.webhooks.create(url)
  const users = Array.from({ length: accounts }, (_, index) => x.addUser({ screenName: `user${index}` }))
  for (const user of users) await client.subscriptions.create(webhook.id, { user })
  const acts = actsOf(users)
  return {
    x,
    async play(deliveries) {
      for (let done = 0; done < deliveries; done += 2) {
        await acts.next()
        if (done % (2 * actsAtOnce) === 0) await x.idle()
      }
      await x.idle()
    },
  }
}

/** What the accounts do with one another, one action after the other. Each is delivered to two of them. */
async function* actsOf(users: readonly EmulatedUser[]): AsyncGenerator {
  for (let round = 0; ; round += 1) {
    const alice = at(users, round)
    const bob = at(users, round + 1 + Math.floor(round / users.length))
    const post = await alice.post(`Good morning, @${bob.screenName} ☕️`)
    yield post
    yield await bob.like(post)
    yield await bob.reply(post, 'And to you! The kettle is on, see https://kettle.example/today')
    yield await bob.follow(alice)
    yield await bob.message(alice, 'Are you there?')
  }
}

function at(users: readonly EmulatedUser[], index: number): EmulatedUser {
  const user = users[index % users.length]
  if (user === undefined) throw new RangeError('there must be users')
  return user
}
