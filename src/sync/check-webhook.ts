import type { WebhooksClient } from '../client/account-activity-client.ts'
import { isApiError } from '../errors/guards.ts'

/** What a look at a webhook found. */
export interface WebhookHealth {
  /** Whether X delivers to it, as far as anybody knows. */
  readonly isValid: boolean
  /** Whether it did so before it was looked at. */
  readonly wasValid: boolean
  /** Whether X has just had a right CRC answer from it. */
  readonly wasReached: boolean
  /** Why it is not valid, where X said so. */
  readonly error?: unknown
}

/**
 * Looks at a webhook, and has X validate it where it is invalid, or wherever `probe` asks for it. The outcome of a
 * validation is told by listing the webhooks again.
 *
 * @throws ApiError when the webhook is not there.
 */
export async function checkWebhook(
  { webhooks }: { readonly webhooks: Pick<WebhooksClient, 'list' | 'validate'> },
  webhookId: string,
  { probe = false, signal }: { readonly probe?: boolean; readonly signal: AbortSignal },
): Promise<WebhookHealth> {
  const isListedValid = async () => (await webhooks.list({ signal })).find(({ id }) => id === webhookId)?.valid ?? false
  const wasValid = await isListedValid()
  if (wasValid && !probe) return { isValid: true, wasValid, wasReached: false }
  try {
    await webhooks.validate(webhookId, { signal })
  } catch (error) {
    if (!isApiError(error) || error.reason !== 'CrcValidationFailed') throw error
    return { isValid: false, wasValid, wasReached: false, error }
  }
  const isValid = await isListedValid()
  return { isValid, wasValid, wasReached: isValid }
}
