import { assertSame } from './contract-case.ts'
import { createGate, type InboxCase, items } from './inbox-stage.ts'

const inOrder = (orderingKey: string, ...ids: string[]) => items(...ids.map((id) => ({ id, orderingKey })))

/** The items of a lane are handled in order; nobody else waits for them. */
export const laneCases: readonly InboxCase[] = [
  {
    name: 'handles the items of a lane one after the other, in their order',
    async play({ open, run, until, begun, handled }) {
      const inbox = await open()
      const ids = Array.from({ length: 12 }, (_, index) => `item-${index}`)
      const gate = createGate()
      run(inbox, () => gate.passed)
      for (const id of ids) await inbox.add(inOrder('alice', id))
      await until('the first is under way', () => begun.length > 0)
      assertSame(begun, ['item-0 1'], 'what is under way')
      gate.open()
      await until('all are handled', () => handled.length >= ids.length)
      assertSame(handled, ids, 'what was handled')
    },
  },
  {
    name: 'lets a lane wait while its first item is tried again',
    async play({ open, run, until, handled, begun }) {
      const inbox = await open()
      run(inbox, async ({ id, attempt }) => {
        if (id === 'a' && attempt < 3) throw new Error('not yet')
      })
      await inbox.add(inOrder('alice', 'a', 'b', 'c'))
      await until('all are handled', () => handled.length === 3)
      assertSame(begun, ['a 1', 'a 2', 'a 3', 'b 1', 'c 1'], 'the attempts')
    },
  },
  {
    name: 'goes on with a lane when its first item is given up',
    async play({ open, run, until, begun, handled }) {
      const inbox = await open()
      run(inbox, async ({ id }) => {
        if (id === 'a') throw new Error('in vain')
      })
      await inbox.add(inOrder('alice', 'a', 'b'))
      await until('the next one is handled', () => handled.length > 0)
      assertSame(begun, ['a 1', 'a 2', 'a 3', 'b 1'], 'the attempts')
    },
  },
  {
    name: 'lets neither other lanes wait, nor what is in none',
    async play({ open, run, until, handled }) {
      const inbox = await open()
      const gate = createGate()
      run(inbox, async ({ id }) => {
        if (id === 'a1') await gate.passed
      })
      await inbox.add([...inOrder('__proto__', 'a1', 'a2'), ...inOrder('constructor', 'b1', 'b2'), ...items('c')])
      await until('the others are handled', () => handled.length >= 3)
      assertSame([...handled].sort(), ['b1', 'b2', 'c'], 'what was handled')
      gate.open()
      await until('the lane is handled', () => handled.length === 5)
      assertSame(handled.slice(3), ['a1', 'a2'], 'what was handled then')
    },
  },
  {
    name: 'keeps the order of a lane over several processes',
    needsSharing: true,
    async play({ open, run, until, handled }) {
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
    name: 'adds an item of a lane once, also when it was handled long ago',
    async play({ open, run, until, pass, handled }) {
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
