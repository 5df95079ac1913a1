import { hourMs } from '../../internal/clock.ts'

/** The API that a delivery belongs to: the Account Activity API, the X Activity API, or the filtered stream. */
export type DeliveryApi = 'account_activity' | 'activity' | 'filtered_stream'

/** The body of a delivery. */
export interface Message {
  readonly api: DeliveryApi
  readonly body: string
  /** The subscribed user that the body is for. Absent when the body names no user. */
  readonly forUserId?: string
  /** The subscription of the X Activity API that the body is for. Absent in deliveries that belong to none. */
  readonly subscriptionId?: string
}

/** An event that was sent to a webhook. */
export interface LoggedEvent {
  /** Milliseconds since 1970. */
  readonly occurredAt: number
  readonly message: Message
}

/** The furthest that any replay reaches back: five days. */
const maxAgeMs = 5 * 24 * hourMs

/** The events that were sent to a webhook within the last five days, up to a number of bytes. */
export class EventLog {
  #events: LoggedEvent[]
  /** The index of the first event that is kept. Older events are removed in bulk, so that `append` stays fast. */
  #first = 0
  #bytes = 0

  constructor(events: readonly LoggedEvent[] = []) {
    this.#events = [...events]
    for (const { message } of events) this.#bytes += message.body.length
  }

  /** All events that are kept. */
  get events(): readonly LoggedEvent[] {
    return this.#events.slice(this.#first)
  }

  /** Adds an event, and removes the oldest ones while all bodies together exceed `maxBytes`. */
  append(event: LoggedEvent, maxBytes: number): void {
    this.#events.push(event)
    this.#bytes += event.message.body.length
    this.#removeOld(event.occurredAt - maxAgeMs, maxBytes)
  }

  /** The events from `from` (included) to `to` (not included), oldest first. */
  between(from: number, to: number): LoggedEvent[] {
    return this.events
      .filter(({ occurredAt }) => occurredAt >= from && occurredAt < to)
      .sort((a, b) => a.occurredAt - b.occurredAt)
  }

  #removeOld(before: number, maxBytes: number): void {
    for (let event = this.#events[this.#first]; event; event = this.#events[this.#first]) {
      if (event.occurredAt >= before && this.#bytes <= maxBytes) break
      this.#bytes -= event.message.body.length
      this.#first += 1
    }
    if (this.#first <= this.#events.length / 8) return
    this.#events = this.#events.slice(this.#first)
    this.#first = 0
  }
}
