import { assertSame } from './contract-case.ts'
import { type InboxCase, type InboxStage, items } from './inbox-stage.ts'

const fail = async () => {
  throw new Error('in vain')
}

/** What is tried in vain is given up, and not forgotten. */
export const deadLetterCases: readonly InboxCase[] = [
  {
    name: 'gives up what has failed too often, and says why',
    async play(stage) {
      const { inbox, begun } = await withDeadLetter(stage)
      const letters = await inbox.deadLetters()
      const told = letters.map(({ id, body, receivedAt, orderingKey, attempts, error }) => [
        id,
        body,
        receivedAt,
        orderingKey,
        attempts,
        error,
      ])
      assertSame(told, [['a', '{"a":1}', 7, 'lane', 3, 'in vain']], 'the dead letters')
      assertSame(typeof letters[0]?.failedAt, 'number', 'when it was given up')
      assertSame(begun, ['a 1', 'a 2', 'a 3'], 'the attempts')
    },
  },
  {
    name: 'does not add again what it has given up',
    async play(stage) {
      const { inbox, begun } = await withDeadLetter(stage)
      await inbox.add(items('a'))
      await stage.pass(50)
      assertSame(begun.length, 3, 'the attempts')
    },
  },
  {
    name: 'lists dead letters with the oldest first',
    async play(stage) {
      const { inbox } = await withDeadLetter(stage)
      // Some inboxes count in whole seconds or milliseconds.
      await stage.pass(20)
      await inbox.add(items('0'))
      await stage.until('both are given up', async () => (await inbox.deadLetters()).length === 2)
      assertSame(
        (await inbox.deadLetters()).map(({ id }) => id),
        ['a', '0'],
        'the dead letters',
      )
    },
  },
  {
    name: 'hands out a dead letter again, its attempts counted anew',
    async play(stage) {
      const { inbox, begun, handled, stop } = await withDeadLetter(stage)
      await stop()
      stage.run(inbox)
      assertSame(await inbox.retry('a'), true, 'whether it is there')
      assertSame(await inbox.retry('a'), false, 'whether it is there once more')
      await stage.until('it is handled', () => handled.length > 0)
      assertSame(begun.at(-1), 'a 1', 'the last attempt')
      assertSame(await inbox.deadLetters(), [], 'the dead letters')
    },
  },
  {
    name: 'forgets a dead letter, and takes it anew when it comes again',
    async play(stage) {
      const { inbox, handled, stop } = await withDeadLetter(stage)
      await stop()
      assertSame(await inbox.discard('a'), true, 'whether it is there')
      assertSame(await inbox.discard('a'), false, 'whether it is there once more')
      assertSame(await inbox.deadLetters(), [], 'the dead letters')
      stage.run(inbox)
      await inbox.add(items('a'))
      await stage.until('it is handled', () => handled.length > 0)
    },
  },
  {
    name: 'takes nothing for a dead letter that is none',
    async play({ open, run, until, handled }) {
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

async function withDeadLetter(stage: InboxStage) {
  const inbox = await stage.open()
  const stop = stage.run(inbox, fail)
  await inbox.add(items({ id: 'a', body: '{"a":1}', receivedAt: 7, orderingKey: 'lane' }))
  await stage.until('it is given up', async () => (await inbox.deadLetters()).length > 0)
  return { inbox, stop, begun: stage.begun, handled: stage.handled }
}
