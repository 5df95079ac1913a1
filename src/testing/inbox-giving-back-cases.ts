import type { HandleItem } from '../stores/inbox/handle-in-time.ts'
import { assertSame } from './contract-case.ts'
import { type InboxCase, items } from './inbox-harness.ts'

const noHandler: HandleItem = async () => 'no_handler'

/** An item that a process has no handler for is kept until there is one. */
export const givingBackCases: readonly InboxCase[] = [
  {
    name: 'keeps an item that is given back, and hands it out after `offerAgain` as a first attempt',
    async check({ open, start, until, pass, started, handled }) {
      const inbox = await open()
      let outcome: unknown = 'no_handler'
      const { offerAgain } = start(inbox, async () => outcome)
      if (offerAgain === undefined) return
      await inbox.add(items({ id: 'a', body: '{"a":1}' }))
      await until('it is handed out', () => started.length > 0)
      await pass(50)
      assertSame(started, ['a 1'], 'the attempts before `offerAgain`')
      offerAgain()
      offerAgain()
      await until('it is handed out again', () => started.length > 1)
      outcome = undefined
      offerAgain()
      await until('it is handled', () => handled.length > 0)
      assertSame(new Set(started).size, 1, 'how many different attempts there were')
      await inbox.add(items('a'))
      offerAgain()
      await pass(50)
      assertSame([handled, await inbox.deadLetters()], [['a'], []], 'what was handled, and the dead letters')
    },
  },
  {
    name: 'hands out an item that was given back to the next process that runs the inbox',
    async check({ open, start, run, until, started, handled }) {
      const inbox = await open()
      const { stop, offerAgain } = start(inbox, noHandler)
      if (offerAgain === undefined) return
      await inbox.add(items('a', { id: 'b', orderingKey: 'alice' }))
      await until('both are handed out', () => started.length > 1)
      await stop()
      run(inbox)
      await until('both are handled', () => handled.length > 1)
      assertSame([...handled].sort(), ['a', 'b'], 'what was handled')
    },
  },
  {
    name: 'does not let the next item of an ordering key wait for one that was given back',
    async check({ open, start, until, handled }) {
      const inbox = await open()
      let hasHandler = false
      const { offerAgain } = start(inbox, async ({ id }) => (id === 'a' && !hasHandler ? 'no_handler' : undefined))
      if (offerAgain === undefined) return
      await inbox.add(items(...['a', 'b', 'c'].map((id) => ({ id, orderingKey: 'alice' }))))
      await until('the next ones are handled', () => handled.length > 1)
      assertSame(handled, ['b', 'c'], 'what was handled')
      hasHandler = true
      offerAgain()
      await until('the first one is handled', () => handled.length > 2)
    },
  },
  {
    name: 'does not add an item again that was given back',
    async check({ open, start, until, pass, started, handled }) {
      const inbox = await open()
      let outcome: unknown = 'no_handler'
      const { offerAgain } = start(inbox, async () => outcome)
      if (offerAgain === undefined) return
      await inbox.add(items('a'))
      await until('it is handed out', () => started.length > 0)
      await pass(20)
      outcome = undefined
      await inbox.add(items('a'))
      offerAgain()
      await until('it is handled', () => handled.length > 0)
      await pass(50)
      assertSame(handled, ['a'], 'what was handled')
    },
  },
  {
    name: 'counts the attempts of an item that was given back from 1',
    async check({ open, start, until, started }) {
      const inbox = await open()
      let hasHandler = false
      const { offerAgain } = start(inbox, async () => {
        if (!hasHandler) return 'no_handler'
        throw new Error('always fails')
      })
      if (offerAgain === undefined) return
      await inbox.add(items('a'))
      await until('it is handed out', () => started.length > 0)
      hasHandler = true
      offerAgain()
      await until('it is given up', async () => (await inbox.deadLetters()).length > 0)
      assertSame(started.slice(-3), ['a 1', 'a 2', 'a 3'], 'the attempts')
      assertSame((await inbox.deadLetters())[0]?.attempts, 3, 'the attempts of the dead letter')
    },
  },
  {
    name: 'removes and reports an item that was given back for the retention time',
    async check({ open, start, until, started, handled, errors }) {
      const inbox = await open({ retentionMs: 300 })
      let outcome: unknown = 'no_handler'
      const { offerAgain } = start(inbox, async () => outcome)
      if (offerAgain === undefined) return
      await inbox.add(items('unhandled-1'))
      await until('it is handed out', () => started.length > 0)
      assertSame(errors, [], 'the errors before the retention time')
      await until('it is reported', () => errors.length > 0)
      const [error] = errors.splice(0)
      assertSame(String(error).includes('unhandled-1'), true, 'whether the error names the item')
      outcome = undefined
      await until('it can be added again', async () => {
        await inbox.add(items('unhandled-1'))
        return handled.length > 0
      })
    },
  },
]
