import type { Delivery } from '../../events/events.ts'
import { parseDelivery } from '../../events/parse-delivery.ts'
import { type Awaitable, andThen } from '../../internal/awaitable.ts'
import type { Verdict } from '../answers.ts'
import type { WebhookRequest } from '../receiver.ts'
import type { Settings } from '../settings.ts'
import { checkSignature, findSignature } from './check-signature.ts'
import { checkAnnouncedSize, readBody } from './read-body.ts'

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

/**
 * Reads a delivery. The signature is checked before the body is read as JSON, and its header before the body is read at
 * all.
 *
 * @throws VerificationError when it is not X's.
 * @throws BodyTooSlow when its body takes too long.
 */
export function verifyDelivery(request: WebhookRequest, settings: Settings): Awaitable<VerifiedDelivery> {
  const { headers, body } = request
  const { value, secrets } = findSignature(headers, settings)
  checkAnnouncedSize(headers, settings.maxBodyBytes)
  return andThen(readBody(body, settings), (bytes) =>
    andThen(secrets(), (secret) => {
      checkSignature(bytes, value, secret)
      return { delivery: parseDelivery(bytes), bytes, receivedAt: new Date(settings.now()) }
    }),
  )
}
