import type { ActivitySubscription, AppState } from '../state/tables.ts'

/** An event of the X Activity API for one subscription of an app. */
export interface SentActivity {
  readonly app: AppState
  /** Absent for `oauth.revoke`, which X sends without a subscription. */
  readonly subscription?: ActivitySubscription
  /** Milliseconds since 1970. */
  readonly occurredAt: number
  /** The exact body of a delivery. A stream sends the same JSON on one line. */
  readonly body: string
}

/** Passes each event of the X Activity API to its listeners, such as open streams. */
export class ActivityFeed {
  readonly #listeners = new Set<(sent: SentActivity) => void>()

  /** Adds a listener, and returns a function that removes it. */
  listen(listener: (sent: SentActivity) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  emit(sent: SentActivity): void {
    for (const listener of [...this.#listeners]) listener(sent)
  }
}
