import { AccountActivityError } from './account-activity-error.ts'
import type { Endpoint, ReasonOf } from './reasons.ts'

/** One problem in an answer of X, in whichever of its forms it came; fields that X adds are kept. */
export interface Problem {
  /** A URI that names the kind of problem; its last segment is what to compare. */
  readonly type?: string
  readonly title?: string
  readonly detail?: string
  readonly message?: string
  /** The numeric code of the older error form. */
  readonly code?: number
  readonly [field: string]: unknown
}

/** What X said of the rate limit of an endpoint; each part is there only if X sent it. */
export interface RateLimit {
  /** Calls allowed per window. */
  readonly limit?: number
  /** Calls left in this window. */
  readonly remaining?: number
  /** When the window ends. */
  readonly resetAt?: Date
}

/** What an {@link ApiError} is made of. */
export interface ApiErrorInit<E extends Endpoint = Endpoint> {
  readonly endpoint: E
  readonly reason: ReasonOf<E>
  readonly status: number
  readonly problems?: readonly Problem[]
  readonly platformCodes?: readonly number[]
  readonly rateLimit?: RateLimit
  readonly hint?: string
  /** One line of what X said, for the message. */
  readonly detail?: string
  /** The answer's body as text. */
  readonly body?: string
}

/**
 * X answered, and said no.
 *
 * @example
 * import { isApiError } from 'x-account-activity/errors'
 *
 * function explain(error: unknown): string {
 *   if (!isApiError(error, 'subscriptions.create')) throw error
 *   switch (error.reason) {
 *     case 'DuplicateSubscriptionFailed':
 *       return 'subscribed already'
 *     case 'SubscriptionLimitExceeded':
 *       return 'the plan is full'
 *     default:
 *       return error.hint ?? error.message
 *   }
 * }
 */
export class ApiError<E extends Endpoint = Endpoint> extends AccountActivityError {
  override readonly name = 'ApiError'
  readonly code = 'api'
  /** The call that failed. */
  readonly endpoint: E
  /** Why: X's own word where it gave one, otherwise one of ours. */
  readonly reason: ReasonOf<E>
  /** The HTTP status. */
  readonly status: number
  /** Every problem that the answer holds, as X wrote it. */
  readonly problems: readonly Problem[]
  /** The numeric codes among them, in X's older error form: 32, 214, 261 … */
  readonly platformCodes: readonly number[]
  /** The rate limit of this endpoint, where the answer told it. */
  declare readonly rateLimit?: RateLimit
  /** What to do about it, where that is known. */
  declare readonly hint?: string
  /** The body of the answer as text, credentials blanked out. Not listed when the error is logged. */
  declare readonly body: string

  constructor(init: ApiErrorInit<E>) {
    const { endpoint, reason, status, detail, hint } = init
    super(
      [`${endpoint} failed: ${reason} (HTTP ${status})`, detail, hint]
        .filter((part) => part !== undefined && part !== '')
        .map((part) => oneLine(part as string))
        .join('. '),
    )
    this.endpoint = endpoint
    this.reason = reason
    this.status = status
    this.problems = init.problems ?? []
    this.platformCodes = init.platformCodes ?? []
    if (init.rateLimit !== undefined) this.rateLimit = init.rateLimit
    if (hint !== undefined) this.hint = hint
    Object.defineProperty(this, 'body', { value: init.body ?? '', enumerable: false })
  }
}

/** Messages go into logs, where a line is a record. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[.\s]+$/, '')
}
