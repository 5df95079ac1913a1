/** What is sent to a webhook. */
export interface Message {
  readonly body: string
  /** The subscriber it is for, where it is for one. */
  readonly forUserId?: string
}

/** An event as it was sent to one webhook. */
export interface LoggedEvent {
  /** Milliseconds since 1970. */
  readonly occurredAt: number
  readonly message: Message
}

/** How long X keeps events for replay. */
export const keptFor = 24 * 3_600_000

/** What was sent to a webhook within the last 24 hours, oldest first. */
export class EventLog {
  #events: LoggedEvent[] = []
  #stale = 0

  append(event: LoggedEvent): void {
    this.#events.push(event)
    this.#forgetBefore(event.occurredAt - keptFor)
  }

  /** The events from `from`, included, to `to`, not included. */
  between(from: number, to: number): LoggedEvent[] {
    return this.#events.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to)
  }

  /** Stale events go in bulk, so that appending stays cheap. */
  #forgetBefore(time: number): void {
    while ((this.#events[this.#stale]?.occurredAt ?? time) < time) this.#stale += 1
    if (this.#stale <= this.#events.length / 2) return
    this.#events = this.#events.slice(this.#stale)
    this.#stale = 0
  }
}
