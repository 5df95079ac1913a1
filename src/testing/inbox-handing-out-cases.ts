import { hourMs, minuteMs } from '../internal/clock.ts'
import type { Inbox } from '../stores/inbox/inbox.ts'
import { assertSame } from './contract-case.ts'
import { createGate, type InboxCase, items } from './inbox-harness.ts'

const hostileIds = [
  ...['1', '-1', '1.5', 'a:1', 'a:b:c', 'a%3A1', '__proto__', 'constructor', '*', '{a}', "'; --", 'é', '🦆', 'a\nb'],
  ...['a'.repeat(2000), `${'a'.repeat(1999)}b`],
]

/** Items are handed out once, and no more of them at a time than allowed. */
export const handingOutCases: readonly InboxCase[] = [
  {
    name: 'hands out an item as it was added',
    async check({ open, run, until }) {
      const inbox = await open()
      const seen: unknown[] = []
      run(inbox, async ({ id, body, receivedAt, attempt }) => void seen.push([id, body, receivedAt, attempt]))
      await inbox.add(items({ id: 'a', body: '{"text":"dück 🦆 \\u0000 \'"}', receivedAt: 1_234_567_890_123 }))
      await until('the item is handed out', () => seen.length > 0)
      assertSame(seen, [['a', '{"text":"dück 🦆 \\u0000 \'"}', 1_234_567_890_123, 1]], 'what was handed out')
    },
  },
  {
    name: 'keeps items that are added while nothing runs',
    async check({ open, run, until, handled }) {
      const inbox = await open()
      await inbox.add(items('a', 'b'))
      await inbox.add([])
      run(inbox)
      await until('both are handled', () => handled.length === 2)
      assertSame([...handled].sort(), ['a', 'b'], 'what was handled')
    },
  },
  {
    name: 'does not add an item again that waits, is in progress or is handled',
    async check({ open, run, until, pass, started, handled }) {
      const inbox = await open()
      const gate = createGate()
      await inbox.add(items('a', 'a'))
      await inbox.add(items('a'))
      run(inbox, () => gate.passed)
      await until('it is in progress', () => started.length > 0)
      await inbox.add(items('a'))
      gate.open()
      await until('it is handled', () => handled.length > 0)
      await inbox.add(items('a', 'b'))
      await until('the new one is handled', () => handled.includes('b'))
      await pass(50)
      assertSame(handled, ['a', 'b'], 'what was handled')
    },
  },
  {
    name: 'resolves `add` to the ids of the items that it knows, if to anything',
    async check({ open, run, until, handled }) {
      const inbox = await open()
      const added = await inbox.add(items('a', '1:\u0000'))
      if (added === undefined) return
      assertSame(added, { duplicates: [] }, 'what the first call resolved to')
      const again = await inbox.add(items('a', 'b', '1:\u0000', 'b', 'a'))
      assertSame(sorted(again), ['1:\u0000', 'a', 'b'], 'the duplicates of the second call')
      run(inbox)
      await until('all are handled', () => handled.length === 3)
      assertSame(sorted(await inbox.add(items('b', 'c'))), ['b'], 'the duplicates after one was handled')
      assertSame(sorted(await inbox.add([])), [], 'the duplicates of a call without items')
    },
  },
  {
    name: 'counts the items that wait, are in progress or are delayed, if it has `stats`',
    async check({ open, run, until, handled }) {
      const inbox = await open({ backoff: { baseMs: hourMs, maxMs: hourMs } })
      if (inbox.stats === undefined) return
      const none = { waiting: 0, inProgress: 0, delayed: 0, deadLetters: 0 }
      assertSame(await inbox.stats(), none, 'the numbers of an empty inbox')
      const gate = createGate()
      const fail = () => Promise.reject(new Error('not yet'))
      run(inbox, ({ id }) => (id === 'fails' ? fail() : gate.passed), 2)
      await inbox.add(items({ id: 'fails', receivedAt: Date.now() - minuteMs }))
      await until('one is delayed', async () => (await inbox.stats?.())?.delayed === 1)
      const receivedAt = Date.now() - hourMs
      await inbox.add(items(...['a', 'b', 'c'].map((id) => ({ id, receivedAt }))))
      await until('two are in progress', async () => (await inbox.stats?.())?.inProgress === 2)
      const { oldestAgeMs = 0, ...counts } = await inbox.stats()
      assertSame(counts, { ...none, waiting: 1, inProgress: 2, delayed: 1 }, 'the numbers')
      assertSame(isAbout(oldestAgeMs, hourMs), true, `whether ${oldestAgeMs} is the age of the oldest`)
      gate.open()
      await until('three are handled', () => handled.length === 3)
      await until('none is in progress', async () => (await inbox.stats?.())?.inProgress === 0)
      const { oldestAgeMs: ageOfLast = 0, ...last } = await inbox.stats()
      assertSame(last, { ...none, delayed: 1 }, 'the numbers after that')
      assertSame(isAbout(ageOfLast, minuteMs), true, `whether ${ageOfLast} is the age of the delayed one`)
    },
  },
  {
    name: 'distinguishes ids with any characters',
    async check({ open, run, until, handled }) {
      const inbox = await open()
      await inbox.add(items(...hostileIds))
      await inbox.add(items(...hostileIds))
      run(inbox)
      await until('all are handled', () => handled.length >= hostileIds.length)
      assertSame([...handled].sort(), [...hostileIds].sort(), 'what was handled')
    },
  },
  {
    name: 'tries a failed item again, and counts the attempts',
    async check({ open, run, until, started, handled }) {
      const inbox = await open()
      run(inbox, async ({ attempt }) => {
        if (attempt === 1) throw new Error('not yet')
        // A handler may throw any value.
        if (attempt === 2) throw undefined
      })
      await inbox.add(items('a'))
      await until('it is handled', () => handled.length > 0)
      assertSame(started, ['a 1', 'a 2', 'a 3'], 'the attempts')
      assertSame(await inbox.deadLetters(), [], 'the dead letters')
    },
  },
  {
    name: 'handles as many items at a time as allowed, and no more',
    async check({ open, run, until, started, handled }) {
      const inbox = await open()
      const gate = createGate()
      await inbox.add(items('a', 'b', 'c', 'd', 'e'))
      run(inbox, () => gate.passed, 3)
      await until('three are in progress', () => started.length >= 3)
      assertSame(started.length, 3, 'how many are in progress')
      gate.open()
      await until('all are handled', () => handled.length === 5)
    },
  },
  {
    name: 'hands out no items after a stop, and waits for those in progress',
    async check({ open, run, until, pass, started, handled }) {
      const inbox = await open()
      const gate = createGate()
      const stop = run(inbox, () => gate.passed, 1)
      await inbox.add(items('a', 'b'))
      await until('one is in progress', () => started.length > 0)
      let hasStopped = false
      const stopped = stop().then(() => {
        hasStopped = true
      })
      await pass(50)
      assertSame(hasStopped, false, 'whether it has stopped before its item was handled')
      gate.open()
      await until('it has stopped', () => hasStopped)
      await stopped
      assertSame(handled.length, 1, 'how many were handled')
      run(inbox)
      await until('the other one is handled by a new run', () => handled.length === 2)
    },
  },
  {
    name: 'aborts the signal of an attempt after its time limit',
    async check({ open, run, until, started, handled }) {
      const inbox = await open({ timeoutMs: 50 })
      const reasons: unknown[] = []
      run(inbox, async ({ attempt }, signal) => {
        if (attempt > 1) return
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
        reasons.push((signal.reason as Error).name)
        throw signal.reason
      })
      await inbox.add(items('a'))
      await until('it is handled by the next attempt', () => handled.length > 0)
      assertSame([reasons, started], [['TimeoutError'], ['a 1', 'a 2']], 'the reasons and the attempts')
    },
  },
  {
    name: 'hands out each item once when several processes add it and run the inbox',
    needsSharing: true,
    async check({ open, run, until, pass, handled }) {
      const [one, other] = [await open(), await open()]
      run(one)
      run(other)
      const ids = Array.from({ length: 40 }, (_, index) => `event-${index}`)
      await Promise.all(ids.flatMap((id) => [one, other].map(async (inbox) => inbox.add(items(id)))))
      await until('all are handled', () => handled.length >= ids.length)
      await pass(50)
      assertSame([...handled].sort(), [...ids].sort(), 'what was handled')
    },
  },
]

function isAbout(ageMs: number, expectedMs: number): boolean {
  return ageMs >= expectedMs && ageMs < expectedMs + minuteMs
}

function sorted(added: Awaited<ReturnType<Inbox['add']>>): string[] {
  return [...(added?.duplicates ?? [])].sort()
}
