import type { Delivery } from '../events/events.ts'
import type { Awaitable } from '../internal/awaitable.ts'
import type { Verdict } from './answers.ts'

/** A delivery of X's: its signature is right. */
export interface VerifiedDelivery {
  readonly delivery: Delivery
  /** Its body as it was received. */
  readonly bytes: Uint8Array
  readonly receivedAt: Date
}

/** Does what is to be done about a delivery. Neither promise rejects. */
export type TakeDelivery = (verified: VerifiedDelivery) => {
  readonly verdict: Awaitable<Verdict>
  /** Settles when all work on it has ended, which may be after the answer; left out where it has ended already. */
  readonly ended?: Promise<unknown>
}
