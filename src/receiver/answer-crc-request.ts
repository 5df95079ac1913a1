import { VerificationError } from '../errors/verification-error.ts'
import { answerCrc, type CrcAnswer } from '../webhook/answer-crc.ts'
import { verifySignature } from '../webhook/verify-signature.ts'
import { crcAnswered, type Verdict } from './answers.ts'
import { findSignature } from './delivery/check-signature.ts'
import type { WebhookAnswer, WebhookRequest } from './receiver.ts'
import type { Settings } from './settings.ts'

/**
 * Answers a CRC request with the key that X checks it by: the OAuth 2.0 client secret where the app has one.
 *
 * @throws VerificationError when the request carries no token, several, or one that X does not send.
 */
export async function answerChallenge(request: WebhookRequest, settings: Settings): Promise<CrcAnswer> {
  const query = queryOf(request.url)
  const [token, ...others] = new URLSearchParams(query).getAll('crc_token')
  if (!token || others.length > 0) throw new VerificationError('crc_token_missing')
  if (settings.crc === 'signed') await checkQuerySignature(query, request, settings)
  const [secret = ''] = await (settings.clientSecrets ?? settings.consumerSecrets)()
  return answerCrc(token, secret)
}

/** X signs the query of a CRC request as it stands; where the URL has a query of its own, the part that X added. */
async function checkQuerySignature(query: string, { headers }: WebhookRequest, settings: Settings): Promise<void> {
  const { value, secrets } = findSignature(headers, settings)
  const secret = await secrets()
  const added = query.slice(query.search(/(?<=^|&)crc_token=/))
  const signed = [query, added].some((body) => verifySignature({ body, signature: value, secret }))
  if (!signed) throw new VerificationError('signature_mismatch')
}

/** The query exactly as it was received. */
function queryOf(url: string): string {
  const [beforeFragment = ''] = url.split('#', 1)
  const start = beforeFragment.indexOf('?')
  return start === -1 ? '' : beforeFragment.slice(start + 1)
}

/** Answers a GET, whatever else is going on: X takes a webhook that does not answer for invalid. */
export async function answerCrcRequest(
  request: WebhookRequest,
  settings: Settings,
  refuse: (error: unknown) => Verdict,
): Promise<WebhookAnswer> {
  const { tell, now } = settings
  const startedAt = now()
  const { answer, reason } = await answerChallenge(request, settings).then(crcAnswered).catch(refuse)
  tell.crc(() => ({
    status: answer.status,
    ...(reason !== undefined && { reason }),
    durationMs: now() - startedAt,
  }))
  return answer
}
