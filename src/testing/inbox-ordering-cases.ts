import { assertSame } from './contract-case.ts'
import { createGate, type InboxCase, items } from './inbox-harness.ts'

const inOrder = (orderingKey: string, ...ids: string[]) => items(...ids.map((id) => ({ id, orderingKey })))

/** Items with the same ordering key are handled in order. Other items do not wait for them. */
export const orderingCases: readonly InboxCase[] = [
  {
    name: 'handles the items of an ordering key one at a time, in order',
    async check({ open, run, until, started, handled }) {
      const inbox = await open()
      const ids = Array.from({ length: 12 }, (_, index) => `item-${index}`)
      const gate = createGate()
      run(inbox, () => gate.passed)
      for (const id of ids) await inbox.add(inOrder('alice', id))
      await until('the first is in progress', () => started.length > 0)
      assertSame(started, ['item-0 1'], 'what is in progress')
      gate.open()
      await until('all are handled', () => handled.length >= ids.length)
      assertSame(handled, ids, 'what was handled')
    },
  },
  {
    name: 'tries a failed item again before the next item of its ordering key',
    async check({ open, run, until, handled, started }) {
      const inbox = await open()
      run(inbox, async ({ id, attempt }) => {
        if (id === 'a' && attempt < 3) throw new Error('not yet')
      })
      await inbox.add(inOrder('alice', 'a', 'b', 'c'))
      await until('all are handled', () => handled.length === 3)
      assertSame(started, ['a 1', 'a 2', 'a 3', 'b 1', 'c 1'], 'the attempts')
    },
  },
  {
    name: 'continues with the next item of an ordering key when one is given up',
    async check({ open, run, until, started, handled }) {
      const inbox = await open()
      run(inbox, async ({ id }) => {
        if (id === 'a') throw new Error('always fails')
      })
      await inbox.add(inOrder('alice', 'a', 'b'))
      await until('the next one is handled', () => handled.length > 0)
      assertSame(started, ['a 1', 'a 2', 'a 3', 'b 1'], 'the attempts')
    },
  },
  {
    name: 'lets neither other ordering keys wait, nor items without one',
    async check({ open, run, until, handled }) {
      const inbox = await open()
      const gate = createGate()
      run(inbox, async ({ id }) => {
        if (id === 'a1') await gate.passed
      })
      await inbox.add([...inOrder('__proto__', 'a1', 'a2'), ...inOrder('constructor', 'b1', 'b2'), ...items('c')])
      await until('the others are handled', () => handled.length >= 3)
      assertSame([...handled].sort(), ['b1', 'b2', 'c'], 'what was handled')
      gate.open()
      await until('the items of the first key are handled', () => handled.length === 5)
      assertSame(handled.slice(3), ['a1', 'a2'], 'what was handled after that')
    },
  },
  {
    name: 'keeps the order of an ordering key across processes',
    needsSharing: true,
    async check({ open, run, until, handled }) {
      const [one, other] = [await open(), await open()]
      const ids = Array.from({ length: 12 }, (_, index) => `item-${index}`)
      run(one)
      run(other)
      for (const [index, id] of ids.entries()) await (index % 2 === 0 ? one : other).add(inOrder('alice', id))
      await until('all are handled', () => handled.length >= ids.length)
      assertSame(handled, ids, 'what was handled')
    },
  },
  {
    name: 'adds an item with an ordering key once, also when it is already handled',
    async check({ open, run, until, pass, handled }) {
      const inbox = await open()
      run(inbox)
      await inbox.add(inOrder('alice', 'a', 'b'))
      await until('both are handled', () => handled.length === 2)
      await inbox.add(inOrder('alice', 'a', 'c', 'b', 'c'))
      await until('the new one is handled', () => handled.length === 3)
      await pass(50)
      assertSame(handled, ['a', 'b', 'c'], 'what was handled')
    },
  },
]
