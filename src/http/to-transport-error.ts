import type { Endpoint } from '../errors/reasons.ts'
import { TransportError } from '../errors/transport-error.ts'
import { pathWithoutIds } from './path.ts'
import { plainCause } from './plain-cause.ts'
import type { SendFailure } from './send.ts'

/** The call whose request got no response. */
export interface FailedSend {
  readonly endpoint: Endpoint
  readonly method: string
  readonly baseUrl: string
  readonly path: string
  readonly attempts: number
  readonly timeoutMs: number
  readonly secrets: readonly string[]
}

/** Creates the error for a request without a response. Its message contains neither ids nor the query. */
export function toTransportError({ reason, cause }: SendFailure, call: FailedSend): TransportError {
  const { endpoint, method, baseUrl, path, attempts, timeoutMs, secrets } = call
  const { host } = new URL(baseUrl)
  const request = `${method} ${pathWithoutIds(path)}`
  const explanation = {
    timeout: `${host} did not respond to ${request} within ${timeoutMs} ms`,
    aborted: `its signal was aborted during ${request} to ${host}`,
    network: `the connection to ${host} failed during ${request}`,
  }
  const count = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  return new TransportError({
    reason,
    message: `The call ${endpoint} failed: ${explanation[reason]} (${count}).${advice[reason]}`,
    attempts,
    cause: plainCause(cause, secrets),
  })
}

const advice = {
  timeout: ' Check the connection, or increase the option "timeoutMs".',
  aborted: '',
  network: ' Check the network and the option "baseUrl"; the property "cause" has the error of the network.',
}
