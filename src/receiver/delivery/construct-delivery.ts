import { verificationError } from '../../errors/verification-messages.ts'
import type { Delivery } from '../../events/events.ts'
import { parseDelivery } from '../../events/parse-delivery.ts'
import { assertObject } from '../../internal/assert.ts'
import type { RequestHeaders } from '../receiver.ts'
import type { Secret } from '../receiver-options.ts'
import { readSecrets } from '../secrets.ts'
import { assertOAuth2Option } from '../settings.ts'
import { assertHeaders, isWhole } from './read-request.ts'
import { findSignature, signatureRefused } from './verify-delivery.ts'

/** What {@link constructDelivery} reads. */
export interface ConstructDeliveryInput {
  /** The body exactly as it was received, before any parser. A string counts as its UTF-8 bytes. */
  readonly body: string | Uint8Array
  /** The headers of the request: `Headers`, or an object such as `req.headers` of Node.js. Names may be in any case. */
  readonly headers: RequestHeaders
  /** The consumer secret ("API key secret") of the app that owns the webhook, or several while you replace it. */
  readonly consumerSecret: Secret
  /** The OAuth 2.0 client secret, or several. It checks the newer signature header, which then alone decides. */
  readonly clientSecret?: Secret | undefined
  /**
   * Refuses deliveries without the newer signature header, whatever the older one says. Needs `clientSecret`.
   *
   * @defaultValue false
   */
  readonly requireOAuth2Signature?: boolean | undefined
}

/**
 * Verifies a delivery and returns its events, in one call: for a server of your own, without a receiver. It does not
 * answer CRC requests (see `answerCrc`), and does not recognise an event that comes twice.
 *
 * @throws VerificationError when the delivery is not from X, or its body was parsed before. Its `reason` says why.
 * @throws TypeError when a secret or the headers are of the wrong type.
 * @throws RangeError when a secret is empty or has white space at its ends, or `requireOAuth2Signature` has no
 *   `clientSecret`.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import { constructDelivery } from 'x-account-activity/receiver'
 *
 * const delivery = constructDelivery({
 *   body: '{"for_user_id":"2244994945","follow_events":[]}',
 *   headers: { 'X-Twitter-Webhooks-Signature': 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY=' },
 *   consumerSecret: 'consumer-secret',
 * })
 * for (const event of delivery.events) console.log(event.type)
 */
export function constructDelivery(input: ConstructDeliveryInput): Delivery {
  assertObject(input, 'input')
  const { body, headers, consumerSecret, clientSecret, requireOAuth2Signature = false } = input
  assertHeaders(headers, 'headers')
  assertOAuth2Option(requireOAuth2Signature, clientSecret)
  const signature = findSignature(headers, {
    consumerSecrets: readSecrets(consumerSecret, 'consumerSecret'),
    clientSecrets: clientSecret === undefined ? undefined : readSecrets(clientSecret, 'clientSecret'),
    requireOAuth2Signature,
  })
  if (body === undefined || body === null) throw verificationError('signature_mismatch')
  if (!isWhole(body)) throw verificationError('body_not_raw')
  if (!signature.secrets.check(body, signature.value)) throw signatureRefused(signature.value)
  return parseDelivery(body)
}
