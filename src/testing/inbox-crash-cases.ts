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
