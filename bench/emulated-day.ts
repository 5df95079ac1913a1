import { createClient } from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'

/** An emulator whose accounts are all subscribed to one webhook, and act on each other. */
export interface EmulatedDay {
  readonly x: Emulator
  /** Lets the accounts act until the emulator has made the given number of deliveries, and waits for these. */
  play(deliveries: number): Promise<void>
}

/** The number of actions between two waits for the deliveries. */
const actionsBetweenWaits = 500

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
  const actions = actionsOf(users)
  return {
    x,
    async play(deliveries) {
      for (let done = 0; done < deliveries; done += 2) {
        await actions.next()
        if (done % (2 * actionsBetweenWaits) === 0) await x.idle()
      }
      await x.idle()
    },
  }
}

/** The actions of the accounts, one after the other. Each of them causes two deliveries. */
async function* actionsOf(users: readonly EmulatedUser[]): AsyncGenerator {
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
  if (user === undefined) throw new RangeError('The list of users is empty.')
  return user
}
