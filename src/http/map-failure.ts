import { ApiError } from '../errors/api-error.ts'
import {
  codeHints,
  type Endpoint,
  generalReasons,
  problemHints,
  type ReasonOf,
  reasonHints,
} from '../errors/reasons.ts'
import { findReason, problemType } from './find-reason.ts'
import { readTrace } from './hooks.ts'
import { readRateLimit, readRetryAt } from './rate-limit.ts'
import { firstSentence, numericCodes, type ReadProblems, readProblems } from './read-problems.ts'
import { redact } from './redact.ts'
import type { RawResponse } from './send.ts'

/** The call that failed. */
export interface FailedCall<E extends Endpoint> {
  readonly endpoint: E
  /** Every credential of the request. None of them may appear in the error. */
  readonly secrets: readonly string[]
  readonly now: number
  /** How many times the request was sent. */
  readonly attempts?: number | undefined
  /** Numeric codes that have a special meaning at this endpoint. */
  readonly reasonsByCode?: Readonly<Record<number, ReasonOf<E>>> | undefined
  /** The hint for a 404, if this endpoint has a better one than the general hint. */
  readonly notFoundHint?: string | undefined
}

/** Creates the error for a response of X that is not a success. */
export function mapFailure<E extends Endpoint>(response: RawResponse, call: FailedCall<E>): ApiError<E> {
  const { endpoint, secrets, now, attempts, reasonsByCode, notFoundHint } = call
  const body = redact(response.text, secrets)
  const problems = readProblems(body)
  const reason = findReason(endpoint, response.status, problems, reasonsByCode)
  const rateLimit = readRateLimit(response.headers, now)
  const platformCodes = numericCodes(problems)
  const hint = findHint({
    reason,
    status: response.status,
    platformCodes,
    problems,
    retryAt: readRetryAt(response, now),
    notFoundHint,
  })
  return new ApiError({
    endpoint,
    reason,
    status: response.status,
    problems: problems.root === undefined ? problems.entries : [...problems.entries, problems.root],
    platformCodes,
    detail: withoutReason(firstSentence(problems), reason),
    body,
    attempts,
    ...readTrace(response.headers),
    ...(rateLimit !== undefined && { rateLimit }),
    ...(hint !== undefined && { hint }),
  })
}

interface HintInput {
  readonly reason: ReasonOf
  readonly status: number
  readonly platformCodes: readonly number[]
  readonly problems: ReadProblems
  readonly retryAt: Date | undefined
  readonly notFoundHint: string | undefined
}

/**
 * Finds the most specific hint. The order is: a hint for this response, the hint for a reason that X gave, the hint for
 * a numeric code, the hint for a type of problem, the hint for a general reason. A reason of X comes before a code,
 * because some codes have several meanings.
 */
function findHint(input: HintInput): string | undefined {
  const { reason, status, platformCodes, problems, retryAt, notFoundHint } = input
  if (reason === 'RateLimited' && retryAt) return `The rate limit resets at ${retryAt.toISOString()}. Wait until then.`
  if (reason === 'ServerError' && retryAt) return `Try again at ${retryAt.toISOString()}, the time that X gave.`
  if (reason === 'NotFound' && notFoundHint !== undefined) return notFoundHint
  if (status < 200 || (status >= 300 && status < 400)) return redirectHint
  if (!(generalReasons as readonly string[]).includes(reason)) return reasonHints[reason]
  const code = platformCodes.find((candidate) => Object.hasOwn(codeHints, candidate))
  if (code !== undefined) return codeHints[code]
  const kinds = [...problems.entries, problems.root].flatMap((problem) => [problem?.reason, problemType(problem)])
  const kind = kinds.find((candidate) => typeof candidate === 'string' && Object.hasOwn(problemHints, candidate))
  return kind === undefined ? reasonHints[reason] : problemHints[kind as string]
}

/** In a browser, the status of a redirect is 0. */
const redirectHint =
  'X does not redirect, so a server in front of it does. Check the base URL (the option "baseUrl"). The redirect was not followed, because the credentials would be sent to its target.'

/** The message of the error has the reason already. */
function withoutReason(sentence: string, reason: string): string {
  if (sentence === reason) return ''
  return sentence.startsWith(`${reason}:`) ? sentence.slice(reason.length + 1).trim() : sentence
}
