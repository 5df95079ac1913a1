import type { Delivery } from '../../events/events.ts'
import type { Lease } from '../../stores/lease.ts'
import type { VerifiedDelivery } from '../delivery/verify-delivery.ts'
import type { HandlerContext } from '../handlers/handler.ts'
import type { ReceiverContext } from '../receiver-context.ts'

/** How long some handlers have: the deadline and the signal of their context. */
export class TimeLimit {
  readonly #receiver: TimeLimitOwner
  readonly #endsAt: number
  readonly #onExpired: (reason: unknown) => void
  #deadline: Date | undefined
  #controller: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #reason: unknown

  /** @param startedAt - When the time began: milliseconds since 1970. */
  constructor(receiver: TimeLimitOwner, startedAt: number, onExpired: (reason: unknown) => void) {
    this.#receiver = receiver
    this.#endsAt = startedAt + receiver.handlerTimeoutMs
    this.#onExpired = onExpired
  }

  get deadline(): Date {
    this.#deadline ??= new Date(this.#endsAt)
    return this.#deadline
  }

  /** Created when it is first read: most handlers never look at their signal, and it is expensive. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#reason !== undefined) this.#controller.abort(this.#reason)
    return this.#controller.signal
  }

  /** Why the time is over: a `TimeoutError`, or what it was ended with. `undefined` while it is not over. */
  get reason(): unknown {
    return this.#reason
  }

  /** Starts the timer. Handlers that return at once need none. */
  start(): void {
    if (this.#reason !== undefined) return
    const { timeLimits, handlerTimeoutMs, now } = this.#receiver
    timeLimits.add(this)
    const expire = () => this.end(new DOMException(`Not finished within ${handlerTimeoutMs} ms`, 'TimeoutError'))
    this.#timer = setTimeout(expire, Math.min(Math.max(this.#endsAt - now(), 0), handlerTimeoutMs))
  }

  /** Ends the time before the deadline. */
  end(reason: unknown): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    clearTimeout(this.#timer)
    this.#controller?.abort(reason)
    this.#onExpired(reason)
  }

  /** The handlers have ended: the time never expires. */
  stop(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#receiver.timeLimits.delete(this)
  }
}

type TimeLimitOwner = Pick<ReceiverContext, 'timeLimits' | 'handlerTimeoutMs' | 'now'>

/** What handlers are given. A class: an object literal with getters costs V8 a hidden class each time. */
export class Context implements HandlerContext {
  readonly delivery: Delivery
  readonly #receivedAt: number
  readonly #limit: TimeLimit
  readonly lease: Lease | undefined

  constructor(
    { delivery, receivedAt }: Pick<VerifiedDelivery, 'delivery' | 'receivedAt'>,
    limit: TimeLimit,
    lease?: Lease | undefined,
  ) {
    this.delivery = delivery
    this.#receivedAt = receivedAt
    this.#limit = limit
    this.lease = lease
  }

  /** The context of one event whose lease is known only when it is claimed. */
  withLease(lease: Lease): Context {
    return new Context({ delivery: this.delivery, receivedAt: this.#receivedAt }, this.#limit, lease)
  }

  get receivedAt(): Date {
    return new Date(this.#receivedAt)
  }

  get deadline(): Date {
    return this.#limit.deadline
  }

  get signal(): AbortSignal {
    return this.#limit.signal
  }
}
