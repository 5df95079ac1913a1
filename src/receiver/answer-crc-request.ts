import { verificationError } from '../errors/verification-messages.ts'
import { settleWithin } from '../internal/timers.ts'
import { answerCrc, type CrcAnswer } from '../webhook/answer-crc.ts'
import { crcAnswered } from './answers.ts'
import { findSignature } from './delivery/verify-delivery.ts'
import { countRefusal, refuse } from './error-reporter.ts'
import type { WebhookAnswer, WebhookRequest } from './receiver.ts'
import type { ReceiverContext } from './receiver-context.ts'
import { SecretTimeoutError } from './secrets.ts'

/** Answers a GET, whatever else happens: for X, a webhook that does not answer its CRC is invalid. Never rejects. */
export async function answerCrcRequest(receiver: ReceiverContext, request: WebhookRequest): Promise<WebhookAnswer> {
  const { emit, now, history } = receiver
  const startedAt = now()
  const decision = await settleWithin(answerChallenge(receiver, request), longestMs, timeoutError).then(
    crcAnswered,
    (error) => refuse(receiver, error),
  )
  const { answer, reason } = decision
  const report = { status: answer.status, ...(reason !== undefined && { reason }), durationMs: now() - startedAt }
  countRefusal(history, decision)
  history.lastCrc = report
  history.lastCrcAt = startedAt
  emit.crc(() => report)
  return answer
}

/** X waits 3 seconds. */
const longestMs = 2_500
const timeoutError = () => new SecretTimeoutError(`The secret was not there within ${longestMs} ms.`)

/**
 * Answers a CRC with the key that X checks the answer with: the OAuth 2.0 client secret when the app has one.
 *
 * @throws VerificationError when the request has no token, several, or one that is not X's.
 */
async function answerChallenge(receiver: ReceiverContext, request: WebhookRequest): Promise<CrcAnswer> {
  const query = queryOf(request.url)
  const [token, ...others] = new URLSearchParams(query).getAll('crc_token')
  if (!token || others.length > 0) throw verificationError('crc_token_missing')
  if (receiver.crc === 'signed') await checkQuerySignature(receiver, request, query)
  const { first } = await (receiver.clientSecrets ?? receiver.consumerSecrets).fetch()
  return answerCrc(token, first)
}

/** X signs the query of a CRC as it sends it. When the URL has a query of its own, X may sign only what it added. */
async function checkQuerySignature(receiver: ReceiverContext, request: WebhookRequest, query: string): Promise<void> {
  const { value, secrets } = findSignature(request.headers, receiver)
  const { check } = await secrets.fetch()
  if (!check(query, value) && !check(fromToken(query), value)) throw verificationError('signature_mismatch')
}

/** The query from the token on, as it was received. A name such as `%63rc_token` is the token too. */
function fromToken(query: string): string {
  let start = 0
  for (const pair of query.split('&')) {
    if (new URLSearchParams(pair).has('crc_token')) break
    start += pair.length + 1
  }
  return query.slice(start)
}

/** The query exactly as it was received. */
function queryOf(url: string): string {
  const [beforeFragment = ''] = url.split('#', 1)
  const start = beforeFragment.indexOf('?')
  return start === -1 ? '' : beforeFragment.slice(start + 1)
}
