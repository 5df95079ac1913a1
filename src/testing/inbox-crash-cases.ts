import { assertSame } from './contract-case.ts'
import { type InboxCase, items } from './inbox-harness.ts'

/** Long enough for real time, and short enough to wait for. */
const claimTtlMs = 250

/** The items of an inbox survive the processes that add and handle them. */
export const crashCases: readonly InboxCase[] = [
  {
    name: 'keeps its items when every process has ended',
    needsSharing: true,
    async check({ open, crash, run, until, handled }) {
      const inbox = await open()
      await inbox.add(items('a', { id: 'b', orderingKey: 'alice' }))
      await crash(inbox)
      run(await open())
      await until('both are handled', () => handled.length === 2)
      assertSame([...handled].sort(), ['a', 'b'], 'what was handled')
    },
  },
  {
    name: 'hands the items of a process that has died out again, and not before',
    needsSharing: true,
    async check({ open, crash, run, until, pass, started, handled }) {
      const inbox = await open({ claimTtlMs })
      run(inbox, () => new Promise(() => {}))
      await inbox.add(items('a', { id: 'b', orderingKey: 'alice' }, { id: 'c', orderingKey: 'alice' }))
      await until('two are in progress', () => started.length === 2)
      const other = await open({ claimTtlMs })
      run(other)
      await pass(claimTtlMs * 2)
      assertSame(handled, [], 'what was handled while the first process was alive')
      await crash(inbox)
      await until('all are handled', () => handled.length === 3)
      assertSame(
        handled.filter((id) => id !== 'a'),
        ['b', 'c'],
        'the order of an ordering key',
      )
    },
  },
  {
    name: 'gives each process an inbox of its own',
    needsSharing: true,
    async check({ open }) {
      const [one, other] = [await open(), await open()]
      assertSame(one === other, false, 'whether two processes have got the same object, which is in the memory of one')
    },
  },
]

/** An attempt has a lease, a crash costs one attempt, and an event that another process is handling costs none. */
export const leaseCases: readonly InboxCase[] = [
  {
    name: 'gives each later attempt for an item, and for an ordering key, a higher fencing token',
    async check({ open, run, until, handled }) {
      const inbox = await open()
      const tokens: (number | undefined)[] = []
      run(inbox, async ({ lease, attempt }) => {
        tokens.push(lease?.token)
        if (attempt === 1) throw new Error('not yet')
      })
      await inbox.add(items(...['a', 'b'].map((id) => ({ id, orderingKey: 'alice' }))))
      await until('both are handled', () => handled.length === 2)
      if (tokens.every((token) => token === undefined)) return
      const isRising = tokens.every((token, place) => place === 0 || Number(token) > Number(tokens[place - 1]))
      assertSame([tokens.length, isRising], [4, true], `how many tokens there were, and whether ${tokens} rises`)
    },
  },
  {
    name: 'counts an attempt that a crash ended, and no more than that',
    needsSharing: true,
    async check({ open, crash, run, until, started, handled }) {
      const inbox = await open({ claimTtlMs })
      run(inbox, () => new Promise(() => {}))
      await inbox.add(items('a'))
      await until('it is in progress', () => started.length > 0)
      await crash(inbox)
      const other = await open({ claimTtlMs })
      run(other)
      await until('it is handled', () => handled.length > 0)
      assertSame(started, ['a 1', 'a 2'], 'the attempts')
      assertSame(await other.deadLetters(), [], 'the dead letters')
    },
  },
  {
    name: 'hands out an item again that another process is handling, and counts no attempt',
    async check({ open, start, until, started, handled }) {
      const inbox = await open({ maxAttempts: 2 })
      let outcome: unknown = 'in_progress'
      const { canPostpone } = start(inbox, async ({ id }) => (id === 'a' ? outcome : undefined))
      if (!canPostpone) return
      await inbox.add(items(...['a', 'b'].map((id) => ({ id, orderingKey: 'alice' }))))
      await until('it is handed out three times', () => started.length >= 3)
      assertSame(new Set(started).size, 1, 'how many different attempts there were')
      outcome = undefined
      await until('both are handled', () => handled.includes('b'))
      assertSame([started.at(-1), started.at(-2)], ['b 1', 'a 1'], 'the last attempts')
      assertSame(await inbox.deadLetters(), [], 'the dead letters')
    },
  },
]
