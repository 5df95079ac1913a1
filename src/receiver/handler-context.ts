import type { Delivery } from '../events/events.ts'
import type { HandlerContext } from './handler.ts'
import type { TimeLimit } from './time-limit.ts'

/** What the handlers of a delivery are given. */
export function contextOf(source: Pick<HandlerContext, 'delivery' | 'receivedAt'>, limit: TimeLimit): HandlerContext {
  return new Context(source, limit)
}

/** A class, for an object with a getter of its own costs V8 a hidden class each time. */
class Context implements HandlerContext {
  readonly delivery: Delivery
  readonly receivedAt: Date
  readonly deadline: Date
  readonly #limit: TimeLimit

  constructor({ delivery, receivedAt }: Pick<HandlerContext, 'delivery' | 'receivedAt'>, limit: TimeLimit) {
    this.delivery = delivery
    this.receivedAt = receivedAt
    this.deadline = limit.deadline
    this.#limit = limit
  }

  get signal(): AbortSignal {
    return this.#limit.signal()
  }
}
