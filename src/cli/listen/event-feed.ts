import type { RequestListener } from 'node:http'
import { createHostList } from '../../internal/host-list.ts'
import type { EventRecord } from '../output/event-line.ts'

/** The latest events, for `x-account-activity wait` and other programs of this machine. */
export interface EventFeed {
  readonly add: (record: EventRecord) => void
  /** Answers `GET /events` with `{ events }`, oldest first. */
  readonly handle: RequestListener
}

/** How many events are kept. */
export const keptEvents = 1000

export function createEventFeed(): EventFeed {
  const events: EventRecord[] = []
  // A web page whose name leads to this machine could otherwise read private messages.
  const hosts = createHostList([], 'hosts')
  return {
    add(record) {
      events.push(record)
      if (events.length > keptEvents) events.shift()
    },
    handle(request, response) {
      request.resume()
      const { method, url = '', headers } = request
      const isAllowed = headers.host !== undefined && hosts.has(headers.host) && headers.origin === undefined
      const status = !isAllowed ? 403 : url !== '/events' ? 404 : method === 'GET' ? 200 : 405
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
      response.end(
        JSON.stringify(status === 200 ? { events } : { error: 'Only GET /events of this machine is answered.' }),
      )
    },
  }
}
