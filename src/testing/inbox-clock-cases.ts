import { hourMs } from '../internal/clock.ts'
import { assertSame } from './contract-case.ts'
import { createGate, type InboxCase, items } from './inbox-harness.ts'

const claimTtlMs = 250

/** The clock of a machine can be set back. No item waits for that time. */
export const clockCases: readonly InboxCase[] = [
  {
    name: 'tries a failed item again after the clock was set back',
    needsClock: true,
    async check({ open, run, until, pass, setClockBack, started, handled }) {
      const inbox = await open({ backoff: { baseMs: 100, maxMs: 100 } })
      run(inbox, async ({ attempt }) => {
        if (attempt === 1) throw new Error('not yet')
      })
      await inbox.add(items('a'))
      await until('it has failed', () => started.length > 0)
      await pass(1)
      await setClockBack(hourMs)
      await until('it is handled', () => handled.length > 0)
      assertSame(started, ['a 1', 'a 2'], 'the attempts')
    },
  },
  {
    name: 'hands out items that were added before and after the clock was set back',
    needsClock: true,
    async check({ open, run, until, setClockBack, started, handled }) {
      const inbox = await open()
      const gate = createGate()
      run(inbox, () => gate.passed, 1)
      await inbox.add(items({ id: 'a', orderingKey: 'alice' }, { id: 'b', orderingKey: 'alice' }, 'c'))
      await until('one is in progress', () => started.length > 0)
      await setClockBack(hourMs)
      await inbox.add(items('d'))
      gate.open()
      await until('all are handled', () => handled.length === 4)
    },
  },
  {
    name: 'hands the items of a process that has died out again after the clock was set back, and not those of a living one',
    needsSharing: true,
    needsClock: true,
    async check({ open, crash, run, until, pass, setClockBack, started, handled }) {
      const inbox = await open({ claimTtlMs })
      run(inbox, () => new Promise(() => {}))
      await inbox.add(items('a'))
      await until('it is in progress', () => started.length > 0)
      const other = await open({ claimTtlMs })
      run(other)
      await setClockBack(hourMs)
      await pass(claimTtlMs * 4)
      assertSame(handled, [], 'what was handled while the first process was alive')
      await crash(inbox)
      await setClockBack(hourMs)
      await until('it is handled', () => handled.length > 0)
    },
  },
]
