import { enterpriseDate } from '../../payloads/dates.ts'
import type { WebhookState } from '../../state/state.ts'

/** A webhook as the enterprise API shows it. */
export function webhookData({ id, url, valid, createdAt }: WebhookState): object {
  return { id, url, valid, created_at: enterpriseDate(createdAt) }
}
