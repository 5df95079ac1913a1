import type { DeliveryRecord } from '../outbox/outbox.ts'
import type { ControlEndpoint } from './endpoint.ts'
import { readCount } from './read-fields.ts'

const filters = ['kind', 'outcome', 'webhookId', 'forUserId'] as const satisfies (keyof DeliveryRecord)[]

/** `next` is always the number to continue from, also when nothing was found, so that a program can poll. */
export const listDeliveries: ControlEndpoint = {
  method: 'GET',
  path: '/emulator/deliveries',
  about: 'The POSTs to webhooks, in the order in which they were sent. Continue with from=<next>.',
  takes: ['from', 'limit', ...filters],
  answer({ deliveries }, { fields }) {
    const from = readCount(fields.from, 'from', { defaultValue: 1, max: Number.MAX_SAFE_INTEGER })
    const limit = readCount(fields.limit, 'limit', { defaultValue: 100, max: 1000 })
    const found = deliveries.filter(
      (delivery) => delivery.number >= from && filters.every((name) => matches(delivery[name], fields[name])),
    )
    const shown = found.slice(0, limit)
    const last = found.length > limit ? shown.at(-1) : deliveries.at(-1)
    return { deliveries: shown, next: Math.max(from, (last?.number ?? 0) + 1) }
  },
}

function matches(value: unknown, wanted: unknown): boolean {
  return wanted === undefined || value === wanted
}
