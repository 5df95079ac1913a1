import type { WebhooksClient } from '../client/account-activity-client.ts'
import { isApiError } from '../errors/guards.ts'

/** What a check of a webhook found. */
export interface WebhookHealth {
  /** Whether X lists the webhook as valid, after a validation if one was needed. X delivers only to valid webhooks. */
  readonly isValid: boolean
  /** Whether X listed the webhook as valid before the check. */
  readonly wasValid: boolean
  /** Whether X received a correct CRC answer from the webhook during the check. `false` when no CRC was needed. */
  readonly wasReached: boolean
  /** The error of the failed validation. Absent when it succeeded or was not needed. */
  readonly error?: unknown
}

/**
 * Checks whether X lists a webhook as valid, and asks X to validate it if it does not, or if `probe` is `true`. X reports
 * the result of a validation in its list of webhooks, so the list is read again.
 *
 * @throws ApiError when X refuses a call, also when the webhook does not exist. A failed CRC is a result, not an error.
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
