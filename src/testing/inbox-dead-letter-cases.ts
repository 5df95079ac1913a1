import type { DeadLetter } from '../stores/inbox/inbox.ts'
import { assertSame } from './contract-case.ts'
import { type InboxCase, type InboxHarness, items } from './inbox-harness.ts'

const fail = async () => {
  throw new Error('always fails')
}

/** An item whose attempts all fail is given up, and kept as a dead letter. */
export const deadLetterCases: readonly InboxCase[] = [
  {
    name: 'gives an item up after its last attempt, and keeps the error',
    async check(harness) {
      const { inbox, started } = await withDeadLetter(harness)
      const letters = await inbox.deadLetters()
      const given = letters.map(({ id, body, receivedAt, orderingKey, attempts, error }) => [
        id,
        body,
        receivedAt,
        orderingKey,
        attempts,
        error,
      ])
      assertSame(given, [['a', '{"a":1}', 7, 'alice', 3, 'always fails']], 'the dead letters')
      assertSame(typeof letters[0]?.failedAt, 'number', 'when it was given up')
      assertSame(started, ['a 1', 'a 2', 'a 3'], 'the attempts')
    },
  },
  {
    name: 'passes a dead letter to `onDeadLetter` once, after its last attempt, if it calls it',
    async check(harness) {
      const { inbox } = await withDeadLetter(harness)
      await harness.pass(50)
      if (harness.reportedDeadLetters.length === 0) return
      const withoutTime = (letters: readonly DeadLetter[]) => letters.map(({ failedAt, ...letter }) => letter)
      assertSame(
        withoutTime(harness.reportedDeadLetters),
        withoutTime(await inbox.deadLetters()),
        'what was passed to `onDeadLetter`',
      )
      assertSame(typeof harness.reportedDeadLetters[0]?.failedAt, 'number', 'when it was given up')
    },
  },
  {
    name: 'counts a dead letter, and its age no more, if it has `stats`',
    async check(harness) {
      const { inbox } = await withDeadLetter(harness)
      if (inbox.stats === undefined) return
      assertSame(await inbox.stats(), { waiting: 0, inProgress: 0, delayed: 0, deadLetters: 1 }, 'the numbers')
    },
  },
  {
    name: 'does not add a dead letter again',
    async check(harness) {
      const { inbox, started } = await withDeadLetter(harness)
      await inbox.add(items('a'))
      await harness.pass(50)
      assertSame(started.length, 3, 'the attempts')
    },
  },
  {
    name: 'lists dead letters with the oldest first',
    async check(harness) {
      const { inbox } = await withDeadLetter(harness)
      // Some inboxes store times in whole seconds or milliseconds.
      await harness.pass(20)
      await inbox.add(items('0'))
      await harness.until('both are given up', async () => (await inbox.deadLetters()).length === 2)
      assertSame(
        (await inbox.deadLetters()).map(({ id }) => id),
        ['a', '0'],
        'the dead letters',
      )
    },
  },
  {
    name: 'hands a dead letter out again, with its attempts counted from 1',
    async check(harness) {
      const { inbox, started, handled, stop } = await withDeadLetter(harness)
      await stop()
      harness.run(inbox)
      assertSame(await inbox.retry('a'), true, 'whether it was found')
      assertSame(await inbox.retry('a'), false, 'whether it was found again')
      await harness.until('it is handled', () => handled.length > 0)
      assertSame(started.at(-1), 'a 1', 'the last attempt')
      assertSame(await inbox.deadLetters(), [], 'the dead letters')
    },
  },
  {
    name: 'deletes a dead letter, and adds the item again after that',
    async check(harness) {
      const { inbox, handled, stop } = await withDeadLetter(harness)
      await stop()
      assertSame(await inbox.discard('a'), true, 'whether it was found')
      assertSame(await inbox.discard('a'), false, 'whether it was found again')
      assertSame(await inbox.deadLetters(), [], 'the dead letters')
      harness.run(inbox)
      await inbox.add(items('a'))
      await harness.until('it is handled', () => handled.length > 0)
    },
  },
  {
    name: 'finds no dead letter for an unknown or a handled id',
    async check({ open, run, until, handled }) {
      const inbox = await open()
      await inbox.add(items('a'))
      for (const id of ['a', 'b', '__proto__']) {
        assertSame([await inbox.retry(id), await inbox.discard(id)], [false, false], `retry and discard of ${id}`)
      }
      run(inbox)
      await until('it is handled', () => handled.length > 0)
      assertSame(
        [await inbox.retry('a'), await inbox.discard('a')],
        [false, false],
        'retry and discard of a handled one',
      )
    },
  },
]

async function withDeadLetter(harness: InboxHarness) {
  const inbox = await harness.open()
  const stop = harness.run(inbox, fail)
  await inbox.add(items({ id: 'a', body: '{"a":1}', receivedAt: 7, orderingKey: 'alice' }))
  await harness.until('it is given up', async () => (await inbox.deadLetters()).length > 0)
  return { inbox, stop, started: harness.started, handled: harness.handled }
}
