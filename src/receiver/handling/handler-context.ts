import type { Delivery } from '../../events/events.ts'
import type { HandlerContext } from '../handler.ts'
import type { TimeLimit } from './time-limit.ts'

/** What the handlers of a delivery are given; their time limit is made when one of them asks for it. */
export function contextOf(
  source: Pick<HandlerContext, 'delivery' | 'receivedAt'>,
  limit: () => TimeLimit,
): HandlerContext {
  return new Context(source, limit)
}

/** A class, for an object with getters of its own costs V8 a hidden class each time. */
class Context implements HandlerContext {
  readonly delivery: Delivery
  readonly receivedAt: Date
  readonly #limit: () => TimeLimit

  constructor({ delivery, receivedAt }: Pick<HandlerContext, 'delivery' | 'receivedAt'>, limit: () => TimeLimit) {
    this.delivery = delivery
    this.receivedAt = receivedAt
    this.#limit = limit
  }

  get deadline(): Date {
    return this.#limit().deadline
  }

  get signal(): AbortSignal {
    return this.#limit().signal()
  }
}
