import { hourMs, minuteMs } from '../internal/clock.ts'
import type { HandleItem } from '../stores/inbox/handle-in-time.ts'
import type { DeadLetter, Inbox, InboxRun, NewInboxItem } from '../stores/inbox/inbox.ts'
import { newName } from './contract-case.ts'
import type { InboxContractOptions, InboxSettings } from './inbox-contract-options.ts'

/** The settings of the inboxes. The delays are short, because some inboxes can only be tested in real time. */
const settings = {
  maxAttempts: 3,
  backoff: { baseMs: 5, maxMs: 10 },
  timeoutMs: 10_000,
  claimTtlMs: minuteMs,
  retentionMs: 25 * hourMs,
}

/** How much time passes between two checks of `until`, and how many checks it makes. */
const checkEveryMs = 10
const maxChecks = 1000

/** What a case uses: inboxes that share their items, and a record of what they hand out. */
export interface InboxHarness {
  /** Opens the inbox again, as another process would do. */
  readonly open: (changes?: Partial<InboxSettings>) => Promise<Inbox>
  /** Ends an inbox as a crash does: the handlers of its items in progress never end, as far as the inbox knows. */
  readonly crash: (inbox: Inbox) => Promise<void>
  /** Starts to run an inbox; returns a function that stops it. The harness records what `handle` is called with. */
  readonly run: (inbox: Inbox, handle?: HandleItem, concurrency?: number) => () => Promise<void>
  /** The same, but returns the run. */
  readonly start: (inbox: Inbox, handle?: HandleItem, concurrency?: number) => InboxRun
  /** Every attempt that was started, as `id attempt`, in order. */
  readonly started: readonly string[]
  /** The ids of the handled items, in order. */
  readonly handled: readonly string[]
  /** The dead letters that the inboxes have passed to `onDeadLetter`. */
  readonly reportedDeadLetters: readonly DeadLetter[]
  /** The errors that the inboxes have reported. Those that a case leaves here make it fail. */
  readonly errors: unknown[]
  /**
   * Lets time pass until a condition is true.
   *
   * @throws Error that contains `what` when it never becomes true.
   */
  readonly until: (what: string, isTrue: () => boolean | Promise<boolean>) => Promise<void>
  /** Lets time pass in which nothing should happen. */
  readonly pass: (ms: number) => Promise<void>
  /** Sets the clock of the inboxes back. */
  readonly setClockBack: (ms: number) => Promise<void>
}

/** A case of the contract. Some cases use two inboxes that share their items, and some set the clock back. */
export interface InboxCase {
  readonly name: string
  readonly needsSharing?: true
  readonly needsClock?: true
  readonly check: (harness: InboxHarness) => Promise<void>
}

/**
 * Runs a case, then stops and closes its inboxes.
 *
 * @throws what the case throws, and errors that the inboxes report.
 */
export async function checkInbox(
  { createInbox, advance, setClockBack, crash = (inbox) => inbox.close() }: InboxContractOptions,
  check: (harness: InboxHarness) => Promise<void>,
): Promise<void> {
  const name = newName()
  const inboxes = new Set<Inbox>()
  const stops: (() => Promise<void>)[] = []
  const errors: unknown[] = []
  const started: string[] = []
  const handled: string[] = []
  const reportedDeadLetters: DeadLetter[] = []
  const caseEnd = createGate()

  const harness: InboxHarness = {
    started,
    handled,
    reportedDeadLetters,
    errors,
    pass: async (ms) => void (await advance(ms)),
    setClockBack: async (ms) => void (await setClockBack?.(ms)),
    async open(changes) {
      const inbox = await createInbox({ name, ...settings, ...changes })
      inboxes.add(inbox)
      return inbox
    },
    async crash(inbox) {
      inboxes.delete(inbox)
      await crash(inbox)
    },
    run: (...args) => harness.start(...args).stop,
    start(inbox, handle, concurrency = 4) {
      const handleAndRecord: HandleItem = async (item, signal) => {
        started.push(`${item.id} ${item.attempt}`)
        // When a case fails, its handlers end too, so that the inboxes can be stopped.
        const outcome = await Promise.race([handle?.(item, signal), caseEnd.passed])
        if (outcome !== 'no_handler' && outcome !== 'in_progress') handled.push(item.id)
        return outcome
      }
      const run = inbox.run(handleAndRecord, {
        concurrency,
        onDeadLetter: (letter) => void reportedDeadLetters.push(letter),
        // An inbox that has crashed can report that it is closed.
        onError: (error) => void (inboxes.has(inbox) && errors.push(error)),
      })
      stops.push(run.stop)
      return run
    },
    async until(what, isTrue) {
      for (let checks = 0; checks < maxChecks; checks += 1) {
        if (await isTrue()) return
        await advance(checkEveryMs)
      }
      throw new Error(`This did not happen: ${what}. Attempts that were started: ${started.join(', ') || 'none'}.`)
    },
  }

  try {
    await check(harness)
    if (errors.length > 0) throw errors[0]
  } finally {
    caseEnd.open()
    for (const stop of stops) await stop()
    for (const inbox of inboxes) await inbox.close()
  }
}

/** Makes items from ids, or from parts of items. */
export function items(...parts: readonly (string | Partial<NewInboxItem>)[]): NewInboxItem[] {
  return parts.map((part) => ({
    id: '',
    body: '{}',
    receivedAt: 1,
    ...(typeof part === 'string' ? { id: part } : part),
  }))
}

/** A gate: `passed` resolves when `open` is called. */
export function createGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open: () => open() }
}
