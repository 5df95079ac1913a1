import type { Faults } from '../simulation/faults.ts'
import { connectionRefused, connectionReset } from './connection-errors.ts'
import type { Transport } from './outbox.ts'
import { ResponseTimeoutError } from './timeout.ts'

/** Wraps `send` so that the faults of challenges and deliveries occur on the way. */
export function injectSendFaults(send: Transport, faults: Faults): Transport {
  return (request, signal) => {
    if (!faults.hasAny) return send(request, signal)
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
