import type { Inbox, InboxItem, NewInboxItem } from '../stores/inbox/inbox.ts'
import { newName } from './contract-case.ts'
import type { InboxContractOptions, InboxSettings } from './inbox-contract-options.ts'

/** What a case asks of an inbox; short waits, because some inboxes cannot do without the real ones. */
const settings = { maxAttempts: 3, backoff: { baseMs: 5, maxMs: 10 }, timeoutMs: 10_000 }

/** How long the inboxes are let alone before a case looks again, and how often it looks. */
const lookEveryMs = 10
const looks = 1000

/** What is done about an item, beside taking it down. */
export type Act = (item: InboxItem, signal: AbortSignal) => Promise<void>

/** Where a case plays: inboxes that share what they hold, and a log of what they hand out. */
export interface InboxStage {
  /** A process more that has opened the inbox. */
  readonly open: (changes?: Partial<InboxSettings>) => Promise<Inbox>
  /** Begins to hand out; answers how to stop. */
  readonly run: (inbox: Inbox, act?: Act, concurrency?: number) => () => Promise<void>
  /** Every attempt, as `id attempt`, in the order in which they began. */
  readonly begun: readonly string[]
  /** The ids of what was handled, in the order in which it was. */
  readonly handled: readonly string[]
  /** Lets time pass until something holds. */
  readonly until: (what: string, holds: () => boolean | Promise<boolean>) => Promise<void>
  /** Lets time pass in which nothing should happen. */
  readonly pass: (ms: number) => Promise<void>
}

/** A case; some take two inboxes that share their items. */
export interface InboxCase {
  readonly name: string
  readonly needsSharing?: true
  readonly play: (stage: InboxStage) => Promise<void>
}

/** Plays a case, and clears up after it. */
export async function onStage(
  { createInbox, advance }: InboxContractOptions,
  play: (stage: InboxStage) => Promise<void>,
): Promise<void> {
  const name = newName()
  const inboxes: Inbox[] = []
  const stops: (() => Promise<void>)[] = []
  const errors: unknown[] = []
  const begun: string[] = []
  const handled: string[] = []
  const curtain = createGate()

  const stage: InboxStage = {
    begun,
    handled,
    pass: async (ms) => void (await advance(ms)),
    async open(changes) {
      const inbox = await createInbox({ name, ...settings, ...changes })
      inboxes.push(inbox)
      return inbox
    },
    run(inbox, act, concurrency = 4) {
      const handle: Act = async (item, signal) => {
        begun.push(`${item.id} ${item.attempt}`)
        // A case that has failed holds nobody up: whatever its items wait for.
        await Promise.race([act?.(item, signal), curtain.passed])
        handled.push(item.id)
      }
      const { stop } = inbox.run(handle, { concurrency, onError: (error) => errors.push(error) })
      stops.push(stop)
      return stop
    },
    async until(what, holds) {
      for (let look = 0; look < looks; look += 1) {
        if (await holds()) return
        await advance(lookEveryMs)
      }
      throw new Error(`${what}: this did not happen; begun were ${begun.join(', ') || 'none'}`)
    },
  }

  try {
    await play(stage)
    if (errors.length > 0) throw errors[0]
  } finally {
    curtain.open()
    for (const stop of stops) await stop()
    for (const inbox of inboxes) await inbox.close()
  }
}

/** Some items: ids, or parts of items. */
export function items(...parts: readonly (string | Partial<NewInboxItem>)[]): NewInboxItem[] {
  return parts.map((part) => ({
    id: '',
    body: '{}',
    receivedAt: 1,
    ...(typeof part === 'string' ? { id: part } : part),
  }))
}

/** A door that holds up whoever comes, until it is opened. */
export function createGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open: () => open() }
}
