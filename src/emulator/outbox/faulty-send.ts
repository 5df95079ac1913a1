import type { Faults } from '../simulation/faults.ts'
import type { Transport } from './outbox.ts'
import { ResponseTimeoutError } from './timeout.ts'

/** Sends as `send` does, except where something is to go wrong on the way. */
export function injectSendFaults(send: Transport, faults: Faults): Transport {
  return (request, signal) => {
    if (!faults.any) return send(request, signal)
    return request.method === 'GET'
      ? sendChallenge(faults, () => send(request, signal))
      : sendDelivery(faults, () => send(request, signal))
  }
}

async function sendChallenge(faults: Faults, send: () => Promise<Response>): Promise<Response> {
  if (faults.shouldInject('crc.unreachable')) throw connectionRefused()
  if (faults.shouldInject('crc.late')) throw new ResponseTimeoutError(3000)
  return send()
}

async function sendDelivery(faults: Faults, send: () => Promise<Response>): Promise<Response> {
  if (faults.shouldInject('deliveries.unreachable')) throw connectionRefused()
  const isLost = faults.shouldInject('deliveries.unacknowledged')
  const response = await send()
  if (!isLost) return response
  await response.body?.cancel()
  throw connectionReset()
}

function connectionRefused(): TypeError {
  return new TypeError('fetch failed', { cause: withCode(new Error('connect ECONNREFUSED'), 'ECONNREFUSED') })
}

/** What `fetch` rejects with where a connection ends before the answer. */
export function connectionReset(): TypeError {
  return new TypeError('fetch failed', { cause: withCode(new Error('socket hang up'), 'ECONNRESET') })
}

function withCode(error: Error, code: string): Error {
  return Object.assign(error, { code })
}
