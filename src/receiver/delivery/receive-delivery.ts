import type { Delivery } from '../../events/events.ts'
import { type Awaitable, andThen, attempt } from '../../internal/awaitable.ts'
import { handlerTooSlow, type Verdict } from '../answers.ts'
import type { Traffic } from '../concurrency-limit.ts'
import type { DeliveryReport } from '../hooks.ts'
import type { FetchContext, WebhookAnswer, WebhookRequest } from '../receiver.ts'
import type { Settings } from '../settings.ts'
import { type TakeDelivery, type VerifiedDelivery, verifyDelivery } from './verify-delivery.ts'

/** What receiving deliveries needs. */
export interface DeliveryReceiving {
  readonly settings: Settings
  readonly traffic: Traffic
  readonly take: TakeDelivery
  /** The verdict on a request that something is wrong with. */
  readonly refuse: (error: unknown) => Verdict
}

/** Answers a POST. */
export type ReceiveDelivery = (request: WebhookRequest, context: FetchContext) => Awaitable<WebhookAnswer>

export function createReceiveDelivery({ settings, traffic, take, refuse }: DeliveryReceiving): ReceiveDelivery {
  const { ack, tell, now } = settings

  const letIn = (verified: VerifiedDelivery, context: FetchContext): Awaitable<Verdict> => {
    const { verdict, ended } = take(verified)
    if (ended === undefined) return verdict
    traffic.track(ended)
    if (ack === 'after-accept') context.waitUntil?.(ended)
    return andThen(verdict, (decided) => {
      if (decided === handlerTooSlow) context.waitUntil?.(ended)
      return decided
    })
  }

  return (request, context) => {
    const startedAt = now()
    let delivery: Delivery | undefined
    const verifyAndLetIn = () =>
      andThen(verifyDelivery(request, settings), (verified) => {
        delivery = verified.delivery
        // Only now: who cannot sign takes nobody's place, and a body that was read leaves the connection open.
        return traffic.refusal() ?? letIn(verified, context)
      })
    return andThen(attempt(verifyAndLetIn, refuse), (verdict) => {
      tell.delivery(() => describe(verdict, delivery, now() - startedAt))
      return verdict.answer
    })
  }
}

function describe({ answer, reason }: Verdict, delivery: Delivery | undefined, durationMs: number): DeliveryReport {
  const forUserId = delivery?.forUserId
  return {
    status: answer.status,
    ...(reason !== undefined && { reason }),
    durationMs,
    ...(forUserId !== undefined && { forUserId }),
    eventTypes: delivery?.events.map(({ type }) => type) ?? [],
  }
}
