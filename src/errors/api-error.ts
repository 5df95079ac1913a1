import { AccountActivityError } from './account-activity-error.ts'
import type { Endpoint, ReasonOf } from './reasons.ts'

/**
 * One problem in a response of X. Fields that are not listed here are kept as X sent them. Which fields are present
 * depends on the endpoint and the API version.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 */
export interface Problem {
  /** A URI that identifies the type of problem. Compare only its last segment: X uses several hosts. */
  readonly type?: string
  /** A short summary of the type of problem. */
  readonly title?: string
  /** What is wrong in this case. */
  readonly detail?: string
  /** What is wrong in this case, in entries of `errors` and in v1.1. */
  readonly message?: string
  /** The numeric code of v1.1. */
  readonly code?: number
  readonly [field: string]: unknown
}

/**
 * The limit that refused a call.
 *
 * - `window`: the rate limit of the endpoint, in windows of 15 minutes.
 * - `app_24_hours`: the limit of the app for 24 hours.
 * - `user_24_hours`: the limit of the user for 24 hours.
 * - `usage_cap`: the cap of the plan, such as the monthly one, or its credits. It does not reset soon, so the call is not
 *   retried.
 */
export type LimitKind = 'window' | 'app_24_hours' | 'user_24_hours' | 'usage_cap'

/**
 * A rate limit, from the headers of the response: `x-rate-limit-…`, or `x-app-limit-24hour-…` and
 * `x-user-limit-24hour-…` if that limit is used up. A field is absent if X did not send
 * its header, or sent an impossible value.
 *
 * @see https://docs.x.com/x-api/fundamentals/rate-limits
 */
export interface RateLimit {
  /** The number of calls allowed in a window of 15 minutes, or in 24 hours. */
  readonly limit?: number
  /** The number of calls left in the current window. */
  readonly remaining?: number
  /** When the current window ends, in the clock of this machine. */
  readonly resetAt?: Date
}

/** The values of a new {@link ApiError}, for tests that need one. */
export interface ApiErrorInit<E extends Endpoint = Endpoint> {
  /** The call that failed. */
  readonly endpoint: E
  /** Why the call failed. */
  readonly reason: ReasonOf<E>
  /** The HTTP status of the response. */
  readonly status: number
  /**
   * The problems in the response.
   *
   * @defaultValue `[]`
   */
  readonly problems?: readonly Problem[] | undefined
  /**
   * The numeric codes in the response.
   *
   * @defaultValue `[]`
   */
  readonly platformCodes?: readonly number[] | undefined
  /** The rate limit of the endpoint. Absent if the response has no rate limit headers. */
  readonly rateLimit?: RateLimit | undefined
  /**
   * How many times the request was sent.
   *
   * @defaultValue 1
   */
  readonly attempts?: number | undefined
  /** The id of the request at X. Absent if X did not send it. */
  readonly transactionId?: string | undefined
  /** What the token of the user may do. Absent if X did not send it. */
  readonly accessLevel?: string | undefined
  /** The limit that refused the call. Absent if the call was not refused because of a limit. */
  readonly limitedBy?: LimitKind | undefined
  /** When X accepts the call again. Absent if X did not send a time. */
  readonly retryAt?: Date | undefined
  /** What to do about the error: a sentence, which is added to the message. */
  readonly hint?: string | undefined
  /** What X says about the error, which is added to the message. */
  readonly detail?: string | undefined
  /**
   * The body of the response as text, without secrets.
   *
   * @defaultValue `''`
   */
  readonly body?: string | undefined
}

/**
 * X refused the request: it responded with an error.
 *
 * @example
 * import { isApiError } from 'x-account-activity/errors'
 *
 * function explain(error: unknown): string {
 *   if (!isApiError(error, 'subscriptions.create')) throw error
 *   switch (error.reason) {
 *     case 'DuplicateSubscriptionFailed':
 *       return 'This account is subscribed already.'
 *     case 'SubscriptionLimitExceeded':
 *       return 'The plan does not allow another subscription.'
 *     default:
 *       return error.hint ?? error.message
 *   }
 * }
 */
export class ApiError<E extends Endpoint = Endpoint> extends AccountActivityError {
  /** Always `'ApiError'`: the name of the class, also in minified code. */
  override readonly name = 'ApiError'
  /** Always `api`. */
  readonly code = 'api'
  /** The call that failed: `webhooks.create`, `subscriptions.check` … */
  readonly endpoint: E
  /** Why the call failed: the reason that X gave, or one of {@link GeneralReason} if X gave none. */
  readonly reason: ReasonOf<E>
  /** The HTTP status of the response. It can be 200 if the body has `errors` and no `data`. */
  readonly status: number
  /** Every problem in the response, as X wrote it. Empty if the body describes none. */
  readonly problems: readonly Problem[]
  /** The numeric codes of v1.1 in the response: 32, 214, 261 … Empty if there are none. */
  readonly platformCodes: readonly number[]
  /** How many times the request was sent. */
  readonly attempts: number
  /**
   * The id of the request at X, from the `x-transaction-id` header. Name it when you ask X for support. Absent if X did
   * not send it.
   */
  declare readonly transactionId?: string
  /**
   * What the token of the user may do, from the `x-access-level` header: `read`, `read-write` or
   * `read-write-directmessages`. Absent if X did not send it.
   */
  declare readonly accessLevel?: string
  /** The rate limit of the endpoint, or the limit of 24 hours that is used up. Absent without rate limit headers. */
  declare readonly rateLimit?: RateLimit
  /** The limit that refused the call. Absent if `reason` is not `RateLimited`. */
  declare readonly limitedBy?: LimitKind
  /**
   * When X accepts the call again: the reset of the limit, or the time in `Retry-After`. It is in the clock of this
   * machine. Absent if X did not send a time, and for a cap of the plan.
   */
  declare readonly retryAt?: Date
  /** What to do about the error. It is part of the message too. Absent if this package has no specific advice. */
  declare readonly hint?: string
  /** The first 100,000 characters of the body as text, with credentials redacted. It is not enumerable, so that loggers skip it. */
  declare readonly body: string

  constructor(init: ApiErrorInit<E>) {
    const { endpoint, reason, status, detail = '', hint = '' } = init
    const sentences = [`The call ${endpoint} failed: ${reason} (HTTP ${status}).`, detail, hint]
    super(sentences.map(toSentence).filter(Boolean).join(' '))
    this.endpoint = endpoint
    this.reason = reason
    this.status = status
    this.problems = init.problems ?? []
    this.platformCodes = init.platformCodes ?? []
    this.attempts = init.attempts ?? 1
    if (init.transactionId !== undefined) this.transactionId = init.transactionId
    if (init.accessLevel !== undefined) this.accessLevel = init.accessLevel
    if (init.rateLimit !== undefined) this.rateLimit = init.rateLimit
    if (init.limitedBy !== undefined) this.limitedBy = init.limitedBy
    if (init.retryAt !== undefined) this.retryAt = init.retryAt
    if (init.hint !== undefined) this.hint = init.hint
    Object.defineProperty(this, 'body', { value: init.body ?? '', enumerable: false })
  }
}

/** The text in one line, so that a log entry stays one line, with a full stop at its end. */
function toSentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line === '' || /[.!?…]$/.test(line) ? line : `${line}.`
}
