import type { VerificationError } from '../../errors/verification-error.ts'
import { verificationError } from '../../errors/verification-messages.ts'
import type { Delivery } from '../../events/events.ts'
import { parseDeliveryWithin } from '../../events/parse-delivery.ts'
import type { RequestHeaders, WebhookRequest } from '../receiver.ts'
import type { Secrets } from '../secrets.ts'
import type { VerificationSettings } from '../settings.ts'
import { checkAnnouncedSize, headerOf, isWhole, readBody, type WholeBody } from './read-request.ts'

/** A delivery whose signature is right. */
export interface VerifiedDelivery {
  readonly delivery: Delivery
  /** Its body as it was received. */
  readonly body: WholeBody
  /** Milliseconds since 1970. */
  readonly receivedAt: number
}

/** The signature that decides about a request, and the secrets that may have made it. */
export interface Signature<S> {
  readonly value: string
  readonly secrets: S
}

/** The secrets that signatures are checked with, or where they come from. */
export interface SignatureSettings<S> {
  readonly consumerSecrets: S
  readonly clientSecrets: S | undefined
  readonly requireOAuth2Signature: boolean
}

/**
 * Reads a delivery: the header of the signature first, then the body, the secret, and the body as JSON last.
 *
 * @throws VerificationError when the delivery is not from X.
 * @throws BodyTooSlowError when the body takes too long.
 * @throws BodyUnreadableError when the body breaks off.
 */
export async function verifyDelivery(
  { headers, body }: WebhookRequest,
  settings: VerificationSettings,
): Promise<VerifiedDelivery> {
  const signature = findSignature(headers, settings)
  if (!isWhole(body)) checkAnnouncedSize(headers, settings.maxBodyBytes)
  const whole = await readBody(body, settings)
  // Before the secret is fetched: the time of the handlers includes that, so that X has its answer in time.
  const receivedAt = settings.now()
  const { fetch, fetchNewer } = signature.secrets
  const isSigned = (secrets: Secrets | undefined) => secrets?.check(whole, signature.value)
  if (!isSigned(await fetch()) && !isSigned(await fetchNewer?.())) throw signatureRefused(signature.value)
  return parseVerified(whole, receivedAt, settings)
}

/**
 * Reads a body that is verified.
 *
 * @throws VerificationError when it is not a delivery, or has too many events.
 */
export function parseVerified(
  body: WholeBody,
  receivedAt: number,
  { maxEventsPerDelivery }: Pick<VerificationSettings, 'maxEventsPerDelivery'>,
): VerifiedDelivery {
  return { delivery: parseDeliveryWithin(body, maxEventsPerDelivery), body, receivedAt }
}

/**
 * Picks the header that decides. The newer one decides alone wherever it is present and its secret is known: a fallback
 * to the other one would let a forger choose the weaker of two.
 *
 * @throws VerificationError when there is no signature, or it does not have the form of one.
 */
export function findSignature<S>(headers: RequestHeaders, settings: SignatureSettings<S>): Signature<S> {
  const { consumerSecrets, clientSecrets, requireOAuth2Signature } = settings
  const newer = clientSecrets && headerOf(headers, 'x-twitter-webhooks-signature-oauth2')
  const older = requireOAuth2Signature ? undefined : headerOf(headers, 'x-twitter-webhooks-signature')
  const value = newer ?? older
  if (value === undefined || value === '') throw verificationError('signature_missing')
  if (value.length !== signatureLength || !value.startsWith('sha256=')) throw verificationError('signature_malformed')
  return { value, secrets: newer === undefined ? consumerSecrets : (clientSecrets ?? consumerSecrets) }
}

const signatureLength = 'sha256='.length + 44
const signatureForm = /^sha256=[A-Za-z0-9+/]{43}=$/

/** Why a signature that does not match is refused. */
export function signatureRefused(value: string): VerificationError {
  return verificationError(signatureForm.test(value) ? 'signature_mismatch' : 'signature_malformed')
}
