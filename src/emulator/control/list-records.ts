import type { Emulator } from '../emulator.ts'
import type { ControlEndpoint, ControlRequest } from './endpoint.ts'
import { readCount } from './read-fields.ts'

interface NumberedRecord {
  readonly number: number
}

/** The endpoint that lists `x.deliveries`. */
export const listDeliveries: ControlEndpoint = {
  method: 'GET',
  path: '/emulator/deliveries',
  about: 'The POSTs to webhooks, in the order in which they were sent. Continue with from=<next>.',
  ...listOf('deliveries', ['kind', 'api', 'outcome', 'webhookId', 'forUserId']),
}

/** The endpoint that lists `x.requests`. */
export const listRequests: ControlEndpoint = {
  method: 'GET',
  path: '/emulator/requests',
  about: 'The requests that came in, in order, with the answers. Continue with from=<next>.',
  ...listOf('requests', ['method', 'route', 'status', 'failedCheck']),
}

/**
 * Answers with the records of a log from a number, filtered by some of their members. `next` is always the number to
 * continue from, also when nothing was found, so that a program can poll.
 */
function listOf<Name extends 'deliveries' | 'requests'>(
  name: Name,
  filters: readonly (keyof Emulator[Name][number] & string)[],
): Pick<ControlEndpoint, 'takes' | 'answer'> {
  return {
    takes: ['from', 'limit', ...filters],
    answer(x: Emulator, { fields }: ControlRequest) {
      const records: readonly NumberedRecord[] = x[name]
      const from = readCount(fields.from, 'from', { defaultValue: 1, max: Number.MAX_SAFE_INTEGER })
      const limit = readCount(fields.limit, 'limit', { defaultValue: 100, max: 1000 })
      const found = records.filter(
        (record) => record.number >= from && filters.every((filter) => matches(record, filter, fields[filter])),
      )
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : records.at(-1)
      return { [name]: shown, next: Math.max(from, (last?.number ?? 0) + 1) }
    },
  }
}

/** A query contains texts only, so numbers are compared as texts. */
function matches(record: object, name: string, wanted: unknown): boolean {
  return wanted === undefined || String(record[name as keyof typeof record]) === wanted
}
