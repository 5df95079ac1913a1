import { v2Date } from '../../payloads/dates.ts'
import type { WebhookState } from '../../state/state.ts'

/** A webhook as v2 shows it. */
export function webhookData({ id, url, valid, createdAt }: WebhookState): object {
  return { id, url, valid, created_at: v2Date(createdAt) }
}
