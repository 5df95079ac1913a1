import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryInbox, type Inbox, type InboxItem, type InboxStats } from 'x-account-activity/receiver'
import { createSqliteInbox } from 'x-account-activity/stores/sqlite'
import { type InboxSettings, inboxContract } from 'x-account-activity/testing'
import { failuresOf } from '../../support/failures-of.ts'
import { tempFolder } from '../../support/temp-folder.ts'

describe('inboxContract', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  const failuresOfVariant = (makeFaulty: (correct: Inbox) => Partial<Inbox>) =>
    failuresOf(
      inboxContract({
        createInbox: (settings) => {
          const correct = createMemoryInbox(settings)
          return { ...correct, ...makeFaulty(correct) }
        },
        advance,
        shared: false,
      }),
    )

  it.each<[string, (correct: Inbox) => Partial<Inbox>, string]>([
    ['loses what is added', () => ({ add() {} }), 'hands out an item as it was added'],
    [
      'keeps no order',
      (correct) => ({ add: (items) => correct.add(items.map(({ orderingKey, ...item }) => item)) }),
      'handles the items of an ordering key one at a time, in order',
    ],
    [
      'adds known items again',
      (correct) => {
        const rename = (id: string) => `${id} ${crypto.randomUUID()}`
        return { add: (items) => correct.add(items.map((item) => ({ ...item, id: rename(item.id) }))) }
      },
      'does not add an item again that waits, is in progress or is handled',
    ],
    [
      'ignores the concurrency',
      (correct) => ({ run: (handle, options) => correct.run(handle, { ...options, concurrency: 100 }) }),
      'handles as many items at a time as allowed, and no more',
    ],
    [
      'stops without waiting for items in progress',
      (correct) => ({ run: (...args) => ({ stop: async () => void correct.run(...args).stop() }) }),
      'hands out no items after a stop, and waits for those in progress',
    ],
    [
      'records failures as success',
      (correct) => ({
        run: (handle, options) => correct.run((item, signal) => handle(item, signal).catch(() => {}), options),
      }),
      'tries a failed item again, and counts the attempts',
    ],
    [
      'takes an item that is given back for handled',
      (correct) => ({
        run: (handle, options) => correct.run(async (item, signal) => void (await handle(item, signal)), options),
      }),
      'keeps an item that is given back, and hands it out after `offerAgain` as a first attempt',
    ],
    [
      'counts an attempt when an item is given back',
      (correct) => ({
        run: (handle, options) => {
          const fail = async (item: InboxItem, signal: AbortSignal) => {
            if ((await handle(item, signal)) === 'no_handler') throw new Error('no handler')
          }
          return { ...correct.run(fail, options), offerAgain: () => {} }
        },
      }),
      'does not let the next item of an ordering key wait for one that was given back',
    ],
    [
      'forgets what was given back',
      (correct) => ({ run: (...args) => ({ ...correct.run(...args), offerAgain: () => {} }) }),
      'keeps an item that is given back, and hands it out after `offerAgain` as a first attempt',
    ],
    [
      'counts an attempt when another process is handling the event',
      (correct) => ({
        run: (handle, options) => {
          const fail = async (item: InboxItem, signal: AbortSignal) => {
            if ((await handle(item, signal)) === 'in_progress') throw new Error('in progress')
          }
          return { ...correct.run(fail, options), canPostpone: true }
        },
      }),
      'hands out an item again that another process is handling, and counts no attempt',
    ],
    [
      'gives all attempts the same token',
      (correct) => ({
        run: (handle, options) =>
          correct.run((item, signal) => handle({ ...item, lease: { token: 1 } }, signal), options),
      }),
      'gives each later attempt for an item, and for an ordering key, a higher fencing token',
    ],
    [
      'loses dead letters',
      () => ({ deadLetters: () => [] }),
      'gives an item up after its last attempt, and keeps the error',
    ],
    [
      'takes every item for a duplicate',
      (correct) => ({
        add: async (items) => {
          await correct.add(items)
          return { duplicates: items.map(({ id }) => id) }
        },
      }),
      'resolves `add` to the ids of the items that it knows, if to anything',
    ],
    [
      'reports each failed attempt as a dead letter',
      (correct) => ({
        run: (handle, options) => {
          const report = async (item: InboxItem, signal: AbortSignal) => {
            options.onDeadLetter?.({ ...item, attempts: item.attempt, failedAt: Date.now(), error: 'always fails' })
            return handle(item, signal)
          }
          return correct.run(report, options)
        },
      }),
      'passes a dead letter to `onDeadLetter` once, after its last attempt, if it calls it',
    ],
    [
      'counts items in progress as waiting',
      (correct) => ({
        stats: async () => {
          const stats = (await correct.stats?.()) ?? expect.fail('no stats')
          return { ...stats, waiting: stats.waiting + stats.inProgress, inProgress: 0 }
        },
      }),
      'counts the items that wait, are in progress or are delayed, if it has `stats`',
    ],
    [
      'counts no dead letters',
      (correct) => ({ stats: async () => ({ ...(await correct.stats?.()), deadLetters: 0 }) as InboxStats }),
      'counts a dead letter, and its age no more, if it has `stats`',
    ],
    ['discards nothing', () => ({ discard: () => true }), 'deletes a dead letter, and adds the item again after that'],
    [
      'retries nothing',
      () => ({ retry: () => false }),
      'hands a dead letter out again, with its attempts counted from 1',
    ],
    [
      'has no time limit',
      (correct) => ({
        run: (handle, options) => correct.run((item) => handle(item, new AbortController().signal), options),
      }),
      'aborts the signal of an attempt after its time limit',
    ],
  ])('fails for an inbox that %s', async (_, makeFaulty, name) => {
    expect(await failuresOfVariant(makeFaulty)).toContain(name)
  })

  describe('fails for an inbox that several processes cannot share', () => {
    const createShared = () => {
      const shared = new Map<string, Inbox>()
      return (settings: InboxSettings) => {
        const inbox = shared.get(settings.name) ?? createMemoryInbox(settings)
        shared.set(settings.name, inbox)
        return inbox
      }
    }

    it('because it forgets the items of a process that has died', async () => {
      const folder = tempFolder()
      const createInbox = ({ name, ...settings }: InboxSettings) =>
        createSqliteInbox({ ...settings, path: join(folder, name), claimTtlMs: 2 ** 31 - 1 })
      expect(await failuresOf(inboxContract({ createInbox, advance }))).toEqual([
        'hands the items of a process that has died out again, and not before',
        'counts an attempt that a crash ended, and no more than that',
      ])
    })

    it('because all processes have got one object', async () => {
      const createInbox = createShared()
      expect(await failuresOf(inboxContract({ createInbox, advance }))).toEqual([
        'hands the items of a process that has died out again, and not before',
        'gives each process an inbox of its own',
        'counts an attempt that a crash ended, and no more than that',
      ])
    })

    it('because its items are in the memory of one process', async () => {
      const createInbox = createShared()
      const contract = inboxContract({ createInbox: (settings) => ({ ...createInbox(settings) }), advance })
      expect(await failuresOf(contract)).toEqual([
        'hands the items of a process that has died out again, and not before',
        'counts an attempt that a crash ended, and no more than that',
      ])
    })
  })

  it('passes for an inbox that cannot keep what is given back, and does not say that it can', async () => {
    expect(await failuresOfVariant((correct) => ({ run: (...args) => ({ stop: correct.run(...args).stop }) }))).toEqual(
      [],
    )
  })

  it('leaves out cases that need sharing, or a clock that can be set back', () => {
    const options = { createInbox: () => createMemoryInbox(), advance }
    const clock = { setClockBack: (ms: number) => vi.setSystemTime(Date.now() - ms) }
    const all = [{ ...clock }, { ...clock, shared: false }, {}, { shared: false }]
    expect(all.map((more) => inboxContract({ ...options, ...more }).length)).toEqual([43, 36, 40, 34])
  })

  it('fails for an inbox that stalls when the clock is set back', async () => {
    // It waits until its clock shows the latest time again that it has seen.
    let latest = 0
    const now = () => {
      latest = Math.max(latest, Date.now())
      return latest
    }
    const contract = inboxContract({
      createInbox: (settings) => createMemoryInbox({ ...settings, now }),
      advance,
      shared: false,
      setClockBack: (ms) => vi.setSystemTime(Date.now() - ms),
    })
    expect(await failuresOf(contract)).toContain('tries a failed item again after the clock was set back')
  })

  it('fails when an inbox reports an error of its own', async () => {
    const [first] = inboxContract({
      createInbox: (settings) => {
        const correct = createMemoryInbox(settings)
        const run: Inbox['run'] = (handle, options) => {
          options.onError(new Error('disk full'))
          return correct.run(handle, options)
        }
        return { ...correct, run }
      },
      advance,
    })
    await expect(first?.run()).rejects.toThrow('disk full')
  })

  it.each([
    [undefined, '"options" must be an object, got undefined'],
    [{}, '"createInbox" must be a function, got undefined'],
    [{ createInbox() {} }, '"advance" must be a function, got undefined'],
    [{ createInbox() {}, advance: 1 }, '"advance" must be a function, got number'],
    [{ createInbox() {}, advance() {}, shared: 'no' }, '"shared" must be a boolean, got string'],
    [{ createInbox() {}, advance() {}, setClockBack: null }, '"setClockBack" must be a function, got null'],
    [{ createInbox() {}, advance() {}, crash: 1 }, '"crash" must be a function, got number'],
  ])('refuses %j', (options, message) => {
    expect(() => inboxContract(options as never)).toThrow(new TypeError(message))
  })
})
