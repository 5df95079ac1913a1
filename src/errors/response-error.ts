import { AccountActivityError } from './account-activity-error.ts'
import type { Endpoint } from './reasons.ts'

/** One place where a value is not what was promised. */
export interface Issue {
  /** Where, from the outside in: `['data', 'id']`. */
  readonly path: readonly (string | number)[]
  /** What is wrong there. */
  readonly message: string
}

/** What a {@link ResponseError} is made of. */
export interface ResponseErrorInit<E extends Endpoint = Endpoint> {
  readonly endpoint: E
  readonly status: number
  readonly issues: readonly Issue[]
  readonly body?: string
}

/** X said yes, in a form that none of its documents shows: whether the request was carried out is not certain. */
export class ResponseError<E extends Endpoint = Endpoint> extends AccountActivityError {
  override readonly name = 'ResponseError'
  readonly code = 'response'
  /** The call that was answered. */
  readonly endpoint: E
  /** The HTTP status, from 200 to 299. */
  readonly status: number
  /** What is wrong with the body. */
  readonly issues: readonly Issue[]
  /** The body of the answer as text, credentials blanked out. Not listed when the error is logged. */
  declare readonly body: string

  constructor({ endpoint, status, issues, body = '' }: ResponseErrorInit<E>) {
    const places = issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ')
    super(`${endpoint} was answered with HTTP ${status}, but not with what X documents: ${places}`)
    this.endpoint = endpoint
    this.status = status
    this.issues = issues
    Object.defineProperty(this, 'body', { value: body, enumerable: false })
  }
}
