import type { AppCall } from '../../api/route.ts'
import { noContent, noSuchWebhook } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'
import { challengeWebhook } from '../../webhooks/challenge.ts'
import { crcFailed } from './webhook-refused.ts'

/** Challenges a webhook, which is valid again when it passes. */
export async function validate({ platform, app }: AppCall, webhook: WebhookState | undefined): Promise<Response> {
  if (!webhook) return noSuchWebhook()
  const crc = await challengeWebhook(platform, webhook, app)
  return crc.passed ? noContent() : crcFailed(crc.fault)
}
