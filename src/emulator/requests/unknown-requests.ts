import { assertOneOf } from '../../internal/assert.ts'
import { writeToConsole } from '../../internal/console.ts'
import type { RequestRecord } from './request-log.ts'

/**
 * What the emulator does with a request that no route knows, beside the answer 404 or 405:
 *
 * - `'warn'`: writes it to the console
 * - `'throw'`: writes it to the console, and `x.fetch` rejects with an {@link UnknownRequestError}. Over HTTP, the answer
 *   is the same as with `'warn'`.
 * - `'ignore'`: nothing
 *
 * In each case, `x.requests` lists the request.
 */
export type OnUnknownRequest = 'warn' | 'throw' | 'ignore'

/** No route of the emulator has the method and the path of a request. `x.fetch` rejects with it when the option asks. */
export class UnknownRequestError extends Error {
  /** Always `'UnknownRequestError'`: the name of the class, also in minified code. */
  override readonly name = 'UnknownRequestError'
  /** Identifies the class across two copies of the package. */
  readonly code = 'unknown_request'
  /** The HTTP method of the request. */
  readonly method: string
  /** The path and the query of the request, without secrets. */
  readonly path: string
  readonly #response: Response

  /** @hidden */
  constructor(record: RequestRecord, response: Response) {
    super(describeUnknownRequest(record))
    this.method = record.method
    this.path = record.path
    this.#response = response
  }

  /** The answer of X: status 404, 405 or 403. */
  get response(): Response {
    return this.#response
  }
}

const maxReports = 100

/** Reports the requests that no route knows: each method and path once, and at most 100 of them. */
export class UnknownRequests {
  readonly #action: OnUnknownRequest
  readonly #reported = new Set<string>()

  constructor(action: OnUnknownRequest = 'warn') {
    assertOneOf(action, ['warn', 'throw', 'ignore'], 'onUnknownRequest')
    this.#action = action
  }

  /**
   * Reports a request and its answer, when no route knows it.
   *
   * @throws UnknownRequestError when the option is `'throw'`.
   */
  report(record: RequestRecord, response: Response): void {
    const isUnknown = record.failedCheck === 'route' || record.failedCheck === 'method'
    if (!isUnknown || this.#action === 'ignore') return
    this.#writeOnce(record)
    if (this.#action === 'throw') throw new UnknownRequestError(record, response)
  }

  #writeOnce(record: RequestRecord): void {
    const key = `${record.method} ${withoutQuery(record.path)}`
    if (this.#reported.size > maxReports || this.#reported.has(key)) return
    this.#reported.add(key)
    writeToConsole(
      this.#reported.size > maxReports
        ? `The emulator has reported ${maxReports} unknown requests, and reports no more. See x.requests for the others.`
        : `${describeUnknownRequest(record)} Set the option "onUnknownRequest" to 'throw' or 'ignore' to change this report.`,
    )
  }
}

function describeUnknownRequest({ method, path, status, reason }: RequestRecord): string {
  return `The emulator has no route for ${method} ${withoutQuery(path)} and answered ${status}. ${reason}`
}

function withoutQuery(path: string): string {
  return path.split('?', 1)[0] ?? ''
}
