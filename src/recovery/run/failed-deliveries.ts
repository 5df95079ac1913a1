import type { ReceiverObserver } from '../../receiver/receiver.ts'
import type { Span } from '../state/time-spans.ts'

/** The deliveries of a process that were answered with 500 or 503, and that X has not delivered successfully since. */
export interface FailedDeliveries {
  /** The functions of a receiver's observer that count answers. */
  readonly observer: Pick<ReceiverObserver, 'onRequest' | 'onDelivery' | 'onAnswer'>
  /** The time of the oldest one. */
  readonly since: () => number | undefined
  /**
   * The span of those that X does not try again, once deliveries succeed again. `undefined` when there are none. Call
   * `forget` when the span is recorded.
   */
  readonly expired: () => { readonly span: Span; readonly forget: () => void } | undefined
}

/** How many events are remembered one by one. */
const maxEvents = 10_000

interface OpenRequest {
  readonly isPost: boolean
  ids?: readonly string[]
}

/**
 * @param options - `deliveryRetryMs`: how long X tries a delivery again.
 */
export function createFailedDeliveries({
  deliveryRetryMs,
  now,
}: {
  readonly deliveryRetryMs: number
  readonly now: () => number
}): FailedDeliveries {
  const open = new Map<string, OpenRequest>()
  /** When each event failed first. */
  const firstFailures = new Map<string, number>()
  /** Events that were reported, and are not reported again when their replay fails. */
  const reported = new Set<string>()
  /** Requests that failed before their body was read or verified. */
  let unverified: Span | undefined
  let lastFailureAt = Number.NEGATIVE_INFINITY
  let lastSuccessAt = Number.NEGATIVE_INFINITY

  const recordFailure = (ids: readonly string[] | undefined) => {
    lastFailureAt = now()
    const isOverflow = firstFailures.size >= maxEvents
    if (ids === undefined || isOverflow) {
      const isContinued = unverified !== undefined && lastFailureAt - unverified.to <= deliveryRetryMs
      unverified = { from: isContinued && unverified ? unverified.from : lastFailureAt, to: lastFailureAt + 1 }
      return
    }
    for (const id of ids) if (!firstFailures.has(id) && !reported.has(id)) firstFailures.set(id, lastFailureAt)
  }

  const recordSuccess = (ids: readonly string[]) => {
    lastSuccessAt = now()
    for (const id of ids) firstFailures.delete(id)
  }

  return {
    observer: {
      onRequest: ({ requestId, method }) => void open.set(requestId, { isPost: method.toUpperCase() === 'POST' }),
      onDelivery: ({ requestId, delivery }) => {
        const request = requestId === undefined ? undefined : open.get(requestId)
        if (request !== undefined) request.ids = delivery.events.map(({ id }) => id)
      },
      onAnswer: ({ requestId, status }) => {
        const request = open.get(requestId)
        open.delete(requestId)
        if (request?.isPost !== true) return
        if (status === 200) recordSuccess(request.ids ?? [])
        else if (status >= 500) recordFailure(request.ids)
      },
    },
    since() {
      const times = [...firstFailures.values(), ...(unverified ? [unverified.from] : [])]
      return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b))
    },
    expired() {
      const isFailing = lastSuccessAt <= lastFailureAt && now() - lastFailureAt <= deliveryRetryMs
      if (isFailing) return undefined
      const before = now() - deliveryRetryMs
      const events = [...firstFailures].filter(([, at]) => at < before)
      const requests = unverified !== undefined && unverified.to < before ? unverified : undefined
      const isLong = requests !== undefined && requests.to - requests.from > deliveryRetryMs
      if (requests !== undefined && !isLong) unverified = undefined
      if (events.length === 0 && !isLong) return undefined
      const spans: Span[] = events.map(([, at]) => ({ from: at, to: at + 1 }))
      if (requests !== undefined && isLong) spans.push(requests)
      const span = spans.reduce((a, b) => ({ from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }))
      const forget = () => {
        for (const [id] of events) {
          firstFailures.delete(id)
          reported.add(id)
        }
        for (const oldest of [...reported].slice(0, -maxEvents)) reported.delete(oldest)
        if (isLong && unverified === requests) unverified = undefined
      }
      return { span, forget }
    },
  }
}
