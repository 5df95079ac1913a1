/**
 * The CRC answer and the signature of deliveries, for whatever server you have. Synchronous; runs anywhere.
 *
 * @module
 */
export { VerificationError, type VerificationReason } from '../errors/verification-error.ts'
export { answerCrc, type CrcAnswer } from '../webhook/answer-crc.ts'
export { signBody } from '../webhook/sign-body.ts'
export { type SignedBody, verifySignature } from '../webhook/verify-signature.ts'
