import type { Faults } from '../simulation/faults.ts'
import type { Transport } from './outbox.ts'
import { LateError } from './timeout.ts'

/** Sends as `send` does, except where something is to go wrong on the way. */
export function faultySend(send: Transport, faults: Faults): Transport {
  return (request, signal) => {
    if (!faults.any) return send(request, signal)
    return request.method === 'GET'
      ? challenge(faults, () => send(request, signal))
      : deliver(faults, () => send(request, signal))
  }
}

async function challenge(faults: Faults, send: () => Promise<Response>): Promise<Response> {
  if (faults.strikes('crc.unreachable')) throw noConnection()
  if (faults.strikes('crc.late')) throw new LateError(3000)
  return send()
}

async function deliver(faults: Faults, send: () => Promise<Response>): Promise<Response> {
  if (faults.strikes('deliveries.unreachable')) throw noConnection()
  const isLost = faults.strikes('deliveries.unacknowledged')
  const response = await send()
  if (!isLost) return response
  await response.body?.cancel()
  throw lostConnection()
}

function noConnection(): TypeError {
  return new TypeError('fetch failed', { cause: withCode(new Error('connect ECONNREFUSED'), 'ECONNREFUSED') })
}

/** What `fetch` rejects with where a connection ends before the answer. */
export function lostConnection(): TypeError {
  return new TypeError('fetch failed', { cause: withCode(new Error('socket hang up'), 'ECONNRESET') })
}

function withCode(error: Error, code: string): Error {
  return Object.assign(error, { code })
}
