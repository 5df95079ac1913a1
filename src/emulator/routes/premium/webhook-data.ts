import { premiumDate } from '../../payloads/dates.ts'
import type { WebhookState } from '../../state/state.ts'

/** A webhook as the premium API was seen to show it. */
export function webhookData({ id, url, valid, createdAt }: WebhookState): object {
  return { id, url, valid, created_timestamp: premiumDate(createdAt) }
}
