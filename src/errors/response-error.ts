import { AccountActivityError } from './account-activity-error.ts'
import type { Endpoint } from './reasons.ts'

/** One part of a body that does not have the documented form. */
export interface Issue {
  /** The path to the value, from the root of the body: `['data', 'id']`. Empty for the body itself. */
  readonly path: readonly (string | number)[]
  /** What the value must be. The value itself is not shown. */
  readonly message: string
}

/** The values of a new {@link ResponseError}, for tests that need one. */
export interface ResponseErrorInit<E extends Endpoint = Endpoint> {
  /** The call that X responded to. */
  readonly endpoint: E
  /** The HTTP status of the response. */
  readonly status: number
  /** What is wrong with the body. */
  readonly issues: readonly Issue[]
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
  /**
   * The body of the response as text, without secrets.
   *
   * @defaultValue `''`
   */
  readonly body?: string | undefined
  /**
   * What to do about the error: a sentence, which is added to the message.
   *
   * @defaultValue no hint
   */
  readonly hint?: string | undefined
}

/**
 * X responded with success, but the body does not have a form that X documents. It is not known whether the request was
 * carried out. The usual cause is a server between the client and X, such as a proxy with a login page.
 */
export class ResponseError<E extends Endpoint = Endpoint> extends AccountActivityError {
  /** Always `'ResponseError'`: the name of the class, also in minified code. */
  override readonly name = 'ResponseError'
  /** Always `response`. */
  readonly code = 'response'
  /** The call that X responded to. */
  readonly endpoint: E
  /** The HTTP status of the response, from 200 to 299. */
  readonly status: number
  /** What is wrong with the body: at least one issue. */
  readonly issues: readonly Issue[]
  /** How many times the request was sent. */
  readonly attempts: number
  /**
   * The id of the request at X, from the `x-transaction-id` header. Name it when you ask X for support. Absent if X did
   * not send it: another server may have responded.
   */
  declare readonly transactionId?: string
  /**
   * What the token of the user may do, from the `x-access-level` header: `read`, `read-write` or
   * `read-write-directmessages`. Absent if X did not send it.
   */
  declare readonly accessLevel?: string
  /** What to do about the error. It is part of the message too. Absent if this package has no specific advice. */
  declare readonly hint?: string
  /** The first 100,000 characters of the body as text, with credentials redacted. It is not enumerable, so that loggers skip it. */
  declare readonly body: string

  constructor(init: ResponseErrorInit<E>) {
    const { endpoint, status, issues, body = '', hint } = init
    const places = issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ')
    super(
      `The call ${endpoint} got HTTP ${status}, but the body does not have the form that X documents (${places}). Check whether a server between this machine and X answered instead.${hint === undefined ? '' : ` ${hint}`}`,
    )
    this.endpoint = endpoint
    this.status = status
    this.issues = issues
    this.attempts = init.attempts ?? 1
    if (init.transactionId !== undefined) this.transactionId = init.transactionId
    if (init.accessLevel !== undefined) this.accessLevel = init.accessLevel
    if (hint !== undefined) this.hint = hint
    Object.defineProperty(this, 'body', { value: body, enumerable: false })
  }
}
