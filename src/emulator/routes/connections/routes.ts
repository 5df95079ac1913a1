import { v2Date } from '../../../payloads/dates.ts'
import { invalidRequest, ok } from '../../api/problems.ts'
import { type AppCall, type AppRoute, appOnly, type Route } from '../../api/route.ts'
import type { StreamName, StreamRecord } from '../../streams/open-streams.ts'
import { parseJson } from '../v2/read-fields.ts'

const endpointNames = ['activity_stream', 'filtered_stream'] as const satisfies readonly StreamName[]
const statuses = ['active', 'inactive', 'all']

/**
 * Without `status`, it lists the open connections. It has no pages: the emulator keeps the last 100 connections.
 *
 * @see https://docs.x.com/x-api/connections/introduction
 */
const listConnections: AppRoute = {
  method: 'GET',
  path: '/2/connections',
  ...appOnly,
  answer({ platform, app, request }) {
    const status = request.url.searchParams.get('status') ?? 'active'
    if (!statuses.includes(status)) {
      return invalidRequest(`The \`status\` query parameter value [${status}] is not one of [${statuses.join(',')}]`)
    }
    const found = platform.streams
      .recordsOf(app)
      .filter(({ endedAt }) => status === 'all' || (status === 'active') === (endedAt === undefined))
    return ok({ data: found.map(connectionData), meta: { result_count: found.length } })
  },
}

/** @see https://docs.x.com/x-api/connections/introduction */
const deleteConnections: AppRoute = {
  method: 'DELETE',
  path: '/2/connections',
  ...appOnly,
  answer(call) {
    const uuids = readUuids(call.request.body)
    return typeof uuids === 'string' ? invalidRequest(uuids) : killConnections(call, uuids)
  },
}

/** @see https://docs.x.com/x-api/connections/introduction */
const deleteAllConnections: AppRoute = {
  method: 'DELETE',
  path: '/2/connections/all',
  ...appOnly,
  answer: (call) => killConnections(call, openIds(call)),
}

/** @see https://docs.x.com/x-api/connections/introduction */
const deleteConnectionsOfEndpoint: AppRoute = {
  method: 'DELETE',
  path: '/2/connections/:endpoint_id',
  ...appOnly,
  answer(call) {
    const endpoint = call.param('endpoint_id')
    const stream = endpointNames.find((name) => name === endpoint)
    if (stream !== undefined) return killConnections(call, openIds(call, stream))
    const names = endpointNames.join(',')
    return invalidRequest(`The \`endpoint_id\` path parameter value [${endpoint}] is not one of [${names}]`)
  },
}

/** The routes for the connections of streams. */
export const connectionRoutes: readonly Route[] = [
  listConnections,
  deleteConnections,
  deleteAllConnections,
  deleteConnectionsOfEndpoint,
]

function connectionData({ id, stream, connectedAt, endedAt, endReason }: StreamRecord): object {
  return {
    id,
    endpoint_name: stream,
    connected_at: v2Date(connectedAt),
    ...(endedAt !== undefined && { disconnected_at: v2Date(endedAt), disconnect_reason: endReason }),
  }
}

/** The ids of the open connections, to all streams or to one. */
function openIds({ platform, app }: AppCall, stream?: StreamName): string[] {
  const open = platform.streams.recordsOf(app).filter(({ endedAt }) => endedAt === undefined)
  return open.flatMap((record) => (stream === undefined || record.stream === stream ? [record.id] : []))
}

function killConnections({ platform, app }: AppCall, ids: readonly string[]): Response {
  const results = ids.map((uuid) =>
    platform.streams.kill(app, uuid)
      ? { uuid, success: true }
      : { uuid, success: false, error_message: 'The connection does not exist or is not open' },
  )
  const successful = results.filter(({ success }) => success).length
  return ok({ data: { successful_kills: successful, failed_kills: results.length - successful, results } })
}

/** Reads the body, or returns the problem with it in one sentence. */
function readUuids(body: string): string[] | string {
  const value = parseJson(body)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The body must be a JSON object'
  const { uuids }: { uuids?: unknown } = value
  if (uuids === undefined) return '$.uuids: is missing but it is required'
  const isList = Array.isArray(uuids) && uuids.length > 0 && uuids.every((uuid) => typeof uuid === 'string')
  return isList ? [...new Set<string>(uuids)] : '$.uuids: must be an array with at least one string'
}
