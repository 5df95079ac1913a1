import { answerChallenge } from './answer-challenge.ts'
import { crcAnswered, type Verdict } from './answers.ts'
import type { WebhookAnswer, WebhookRequest } from './receiver.ts'
import type { Settings } from './settings.ts'

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
