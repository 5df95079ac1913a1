import type { Inbox, NewInboxItem } from '../stores/inbox/inbox.ts'
import { assertSame } from './contract-case.ts'
import { type InboxCase, type InboxHarness, items } from './inbox-harness.ts'

/** One item of several that have the same activity key keeps it. */
export const activityKeyCases: readonly InboxCase[] = [
  {
    name: 'hands out an activity key with the first item that has it only',
    async check(harness) {
      const inbox = await harness.open()
      if (!inbox.claimsKeys) return
      await inbox.add(items(withKey('a'), withKey('b'), { id: 'c' }))
      await inbox.add(items(withKey('a'), withKey('d'), withKey('e', 'another')))
      assertSame(await keysOf(harness, inbox, 5), ['a key', 'b -', 'c -', 'd -', 'e another'], 'the keys')
      await inbox.add(items(withKey('f')))
      assertSame((await keysOf(harness, inbox, 1)).at(-1), 'f -', 'the key of an item that is added later')
    },
  },
  {
    name: 'keeps the activity key of an item for its next attempt',
    async check({ open, run, until }) {
      const inbox = await open()
      if (!inbox.claimsKeys) return
      const seen: string[] = []
      run(inbox, async (item) => {
        seen.push(`${item.activityKey} ${item.attempt}`)
        if (item.attempt === 1) throw new Error('not yet')
      })
      await inbox.add(items(withKey('a')))
      await until('the second attempt', () => seen.length === 2)
      assertSame(seen, ['key 1', 'key 2'], 'what was handed out')
    },
  },
  {
    name: 'gives the activity key of a discarded dead letter to the next item',
    async check(harness) {
      const inbox = await harness.open({ maxAttempts: 1 })
      if (!inbox.claimsKeys) return
      const stop = harness.run(inbox, () => Promise.reject(new Error('never')))
      await inbox.add(items(withKey('a')))
      await harness.until('it is a dead letter', async () => (await inbox.deadLetters()).length === 1)
      await stop()
      await inbox.discard('a')
      await inbox.add(items(withKey('b')))
      assertSame(await keysOf(harness, inbox, 1), ['b key'], 'the keys')
    },
  },
]

function withKey(id: string, activityKey = 'key'): Partial<NewInboxItem> {
  return { id, activityKey }
}

/** Handles some items; returns each id with its activity key, sorted. */
async function keysOf({ run, until }: InboxHarness, inbox: Inbox, count: number): Promise<string[]> {
  const seen: string[] = []
  const stop = run(inbox, async ({ id, activityKey = '-' }) => void seen.push(`${id} ${activityKey}`))
  await until(`${count} items are handled`, () => seen.length === count)
  await stop()
  return seen.sort()
}
