import type { ApiFaults } from '../simulation/faults.ts'
import { BoundedLog } from '../state/bounded-log.ts'
import { type ListSecrets, redactPath, redactText } from './redact-path.ts'

/**
 * A check that a request can fail:
 *
 * - `route`: a route has the path
 * - `method`: the path allows the method
 * - `credentials`: the request has complete credentials
 * - `consumer-key`, `token`, `timestamp`, `signature`, `nonce`: they are valid
 * - `authentication-kind`: the route accepts this kind of authentication
 * - `rate-limit`: the caller has calls left
 * - `enrolment`: the app has access to the API
 * - `permissions`, `scopes`: those of the token are sufficient
 * - `endpoint`: the endpoint accepts the parameters and the body
 */
export type RequestCheck =
  | 'route'
  | 'method'
  | 'credentials'
  | 'consumer-key'
  | 'token'
  | 'timestamp'
  | 'signature'
  | 'nonce'
  | 'authentication-kind'
  | 'rate-limit'
  | 'enrolment'
  | 'permissions'
  | 'scopes'
  | 'endpoint'

/** A request that the emulator received, and its answer. It contains no headers, no body and no secrets. */
export interface RequestRecord {
  /** The position of the request among all requests of the emulator, from 1. */
  readonly number: number
  /** When it was received: milliseconds since 1970 on the emulator. */
  readonly at: number
  /** The HTTP method, in upper case. */
  readonly method: string
  /** The path and the query, at most 2,048 characters. Secrets and tokens are replaced by `[redacted]`. */
  readonly path: string
  /** The route that answered: `GET /2/webhooks/:webhook_id`. Absent when no route has this method and path. */
  readonly route?: string
  /** The HTTP status of the answer. Absent before the answer, and when a fault dropped the connection. */
  readonly status?: number
  /** The check that the request failed. Absent when the request was accepted. */
  readonly failedCheck?: RequestCheck
  /** Why the request failed the check. Absent when the request was accepted. */
  readonly reason?: string
  /** The fault that was injected: `api.dropped`. Absent when there was none. */
  readonly fault?: `api.${Exclude<keyof ApiFaults, 'slowMs'>}`
}

/** Why a request is refused. */
export interface Refusal {
  readonly failedCheck: RequestCheck
  /** One or more sentences, without secrets. */
  readonly reason: string
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** The record of a request that is being answered. */
export interface PendingRequest {
  readonly record: RequestRecord
  /** Records the route that answers. */
  setRoute(route: { readonly method: string; readonly path: string }): void
  /** Records the fault that is injected. */
  setFault(fault: NonNullable<RequestRecord['fault']>): void
  /** Records why the request is refused, and returns the response. */
  refuse(refusal: Refusal, response: Response): Response
  /** Records the answer. */
  finish(response: Response): Promise<void>
}

/** The log of the requests that the emulator received. */
export class RequestLog {
  readonly #log: BoundedLog<RequestRecord>
  readonly #listSecrets: ListSecrets
  #count = 0

  constructor(minLength: number, listSecrets: ListSecrets) {
    this.#log = new BoundedLog(minLength)
    this.#listSecrets = listSecrets
  }

  /** The latest records, in the order in which the requests were received. */
  get records(): readonly RequestRecord[] {
    return this.#log.records
  }

  /** Adds a record for a request. */
  start({ method, url }: { readonly method: string; readonly url: string }, at: number): PendingRequest {
    this.#count += 1
    const record: Mutable<RequestRecord> = {
      number: this.#count,
      at,
      method: method.toUpperCase(),
      path: redactPath(new URL(url), this.#listSecrets),
    }
    this.#log.push(record)
    const setRefusal = ({ failedCheck, reason }: Refusal) => {
      record.failedCheck = failedCheck
      record.reason = redactText(reason, this.#listSecrets)
    }
    return {
      record,
      setRoute(route) {
        record.route = `${route.method} ${route.path}`
      },
      setFault(fault) {
        record.fault = fault
      },
      refuse(refusal, response) {
        setRefusal(refusal)
        return response
      },
      async finish(response) {
        record.status = response.status
        const isRefused = response.status >= 400 && record.failedCheck === undefined && record.fault === undefined
        if (isRefused) setRefusal({ failedCheck: 'endpoint', reason: await readReason(response) })
      },
    }
  }
}

/** The reason that X gives in a refusal. */
async function readReason(response: Response): Promise<string> {
  const { detail, errors } = await readBody(response)
  const reasons = Array.isArray(errors) ? errors.flatMap(describeError) : []
  if (reasons.length > 0) return reasons.join(' ')
  return typeof detail === 'string' ? detail : `The endpoint answered with status ${response.status}.`
}

async function readBody(response: Response): Promise<{ detail?: unknown; errors?: unknown }> {
  try {
    const body: unknown = await response.clone().json()
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}

function describeError(error: { code?: unknown; message?: unknown } | null): string[] {
  if (typeof error?.message !== 'string') return []
  return [error.code === undefined ? error.message : `Code ${error.code}: ${error.message}`]
}
