import { parseDelivery } from '../events/parse-delivery.ts'
import { checkSignature, findSignature } from './check-signature.ts'
import { checkAnnouncedSize, readBody } from './read-body.ts'
import type { WebhookRequest } from './receiver.ts'
import type { Settings } from './settings.ts'
import type { VerifiedDelivery } from './verified-delivery.ts'

/**
 * Reads a delivery. The signature is checked before the body is read as JSON, and its header before the body is read at
 * all.
 *
 * @throws VerificationError when it is not X's.
 * @throws BodyTooSlow when its body takes too long.
 */
export async function verifyDelivery(request: WebhookRequest, settings: Settings): Promise<VerifiedDelivery> {
  const { headers, body } = request
  const { value, secrets } = findSignature(headers, settings)
  checkAnnouncedSize(headers, settings.maxBodyBytes)
  const bytes = await readBody(body, settings)
  checkSignature(bytes, value, await secrets())
  return { delivery: parseDelivery(bytes), bytes, receivedAt: new Date(settings.now()) }
}
