import { VerificationError } from '../../errors/verification-error.ts'
import { verifySignature } from '../../webhook/verify-signature.ts'
import type { RequestHeaders } from '../receiver.ts'
import type { Secrets } from '../secrets.ts'
import type { Settings } from '../settings.ts'
import { headerOf } from './request-headers.ts'

/** The signature that decides about a request, and the secrets that may have made it. */
export interface Signature {
  readonly value: string
  readonly secrets: Secrets
}

/**
 * Picks the header that decides. The newer one decides alone wherever it is present and its secret is known: falling
 * back on the other would let a forger choose the weaker of two.
 *
 * @throws VerificationError when there is none, or it does not look like a signature.
 */
export function findSignature(headers: RequestHeaders, settings: Settings): Signature {
  const newer = settings.clientSecrets && headerOf(headers, 'x-twitter-webhooks-signature-oauth2')
  const value = newer ?? headerOf(headers, 'x-twitter-webhooks-signature')
  if (value === undefined || value === '') throw new VerificationError('signature_missing')
  if (!/^sha256=[A-Za-z0-9+/]{43}=$/.test(value)) throw new VerificationError('signature_malformed')
  const secrets = newer === undefined ? settings.consumerSecrets : settings.clientSecrets
  return { value, secrets: secrets ?? settings.consumerSecrets }
}

/** @throws VerificationError unless one of the secrets made the signature over these bytes. */
export function checkSignature(body: string | Uint8Array, value: string, secret: readonly string[]): void {
  if (!verifySignature({ body, signature: value, secret })) throw new VerificationError('signature_mismatch')
}
