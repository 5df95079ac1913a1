import type { Inbox } from '../../stores/inbox/inbox.ts'
import { inboxFailed, received, type Verdict } from '../answers.ts'
import type { TakeDelivery, VerifiedDelivery } from '../delivery/verify-delivery.ts'
import type { ErrorHandler } from '../handler.ts'
import type { Settings } from '../settings.ts'

/** What keeping deliveries needs. */
export interface DeliveryKeeping extends Pick<Settings, 'order'> {
  readonly inbox: Inbox
  readonly report: ErrorHandler
}

/** Puts the events of a delivery into the inbox. */
export function createKeepDelivery({ inbox, order, report }: DeliveryKeeping): TakeDelivery {
  const decoder = new TextDecoder()

  const keep = async ({ delivery, bytes, receivedAt }: VerifiedDelivery): Promise<Verdict> => {
    const lane = order === 'account' ? delivery.forUserId : undefined
    const kept = {
      body: decoder.decode(bytes),
      receivedAt: receivedAt.getTime(),
      ...(lane !== undefined && { orderingKey: lane }),
    }
    try {
      if (delivery.events.length > 0) await inbox.add(delivery.events.map(({ id }) => ({ id, ...kept })))
      return received
    } catch (error) {
      report(error, { phase: 'store', delivery })
      return inboxFailed
    }
  }

  return (verified) => {
    const verdict = keep(verified)
    return { verdict, ended: verdict }
  }
}
