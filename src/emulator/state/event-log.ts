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

/** As far back as any replay reaches: five days. */
const keptMs = 5 * 24 * 3_600_000

/** What was sent to a webhook within the last five days, as far as there is room for it. */
export class EventLog {
  #events: LoggedEvent[]
  /** Where what is still kept begins: what is too old or too much goes in bulk, so that appending stays cheap. */
  #first = 0
  #bytes = 0

  constructor(events: readonly LoggedEvent[] = []) {
    this.#events = [...events]
    for (const { message } of events) this.#bytes += message.body.length
  }

  /** All that is kept. */
  get events(): readonly LoggedEvent[] {
    return this.#events.slice(this.#first)
  }

  /** Adds an event; where the bodies come to more than `keptBytes`, the first ones go. */
  append(event: LoggedEvent, keptBytes: number): void {
    this.#events.push(event)
    this.#bytes += event.message.body.length
    this.#forget(event.occurredAt - keptMs, keptBytes)
  }

  /** The events from `from`, included, to `to`, not included, oldest first. */
  between(from: number, to: number): LoggedEvent[] {
    return this.events
      .filter(({ occurredAt }) => occurredAt >= from && occurredAt < to)
      .sort((a, b) => a.occurredAt - b.occurredAt)
  }

  #forget(before: number, keptBytes: number): void {
    for (let event = this.#events[this.#first]; event; event = this.#events[this.#first]) {
      if (event.occurredAt >= before && this.#bytes <= keptBytes) break
      this.#bytes -= event.message.body.length
      this.#first += 1
    }
    if (this.#first <= this.#events.length / 8) return
    this.#events = this.#events.slice(this.#first)
    this.#first = 0
  }
}
