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
import { readRetryAt, readRateLimit } from './rate-limit.ts'
import { numericCodes, type ReadProblems, readProblems, firstSentence } from './read-problems.ts'
import { redact } from './redact.ts'
import type { RawResponse } from './send.ts'

/** What is known of the call that failed. */
export interface FailedCall<E extends Endpoint> {
  readonly endpoint: E
  /** Every credential that the request carried: none of them gets into the error. */
  readonly secrets: readonly string[]
  readonly now: number
  /** What numeric codes mean here, where that is more than they mean elsewhere. */
  readonly reasonsByCode?: Readonly<Record<number, ReasonOf<E>>> | undefined
  /** What a 404 means here, where it is more than that there is nothing. */
  readonly notFoundHint?: string | undefined
}

/** The error that an answer of X amounts to. */
export function mapFailure<E extends Endpoint>(answer: RawResponse, call: FailedCall<E>): ApiError<E> {
  const { endpoint, secrets, now, reasonsByCode, notFoundHint } = call
  const body = redact(answer.text, secrets)
  const problems = readProblems(body)
  const reason = findReason(endpoint, answer.status, problems, reasonsByCode)
  const rateLimit = readRateLimit(answer.headers, now)
  const platformCodes = numericCodes(problems)
  const hint = findHint({
    reason,
    status: answer.status,
    platformCodes,
    problems,
    retryAt: readRetryAt(answer, now),
    notFoundHint,
  })
  return new ApiError({
    endpoint,
    reason,
    status: answer.status,
    problems: problems.root === undefined ? problems.entries : [...problems.entries, problems.root],
    platformCodes,
    detail: withoutReason(firstSentence(problems), reason),
    body,
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
 * The most particular advice there is: of this very answer, then of X's word for it, which says more than a code that has
 * several meanings; where there is none, of its codes, its kind of problem, its reason.
 */
function findHint(findings: HintInput): string | undefined {
  const { reason, status, platformCodes, problems, retryAt, notFoundHint } = findings
  if (reason === 'RateLimited' && retryAt) return `the rate limit resets at ${retryAt.toISOString()}: wait until then`
  if (reason === 'ServerError' && retryAt) return `X asks to try again at ${retryAt.toISOString()}`
  if (reason === 'NotFound' && notFoundHint !== undefined) return notFoundHint
  if (status < 200 || (status >= 300 && status < 400)) return redirectHint
  if (!(generalReasons as readonly string[]).includes(reason)) return reasonHints[reason]
  const code = platformCodes.find((candidate) => Object.hasOwn(codeHints, candidate))
  if (code !== undefined) return codeHints[code]
  const kinds = [...problems.entries, problems.root].flatMap((problem) => [problem?.reason, problemType(problem)])
  const kind = kinds.find((candidate) => typeof candidate === 'string' && Object.hasOwn(problemHints, candidate))
  return kind === undefined ? reasonHints[reason] : problemHints[kind as string]
}

/** A redirect that a browser hides has status 0. */
const redirectHint =
  'X does not redirect, something before it does: check the base URL. It is not followed, for the credentials would go with it'

/** The message names the reason already. */
function withoutReason(sentence: string, reason: string): string {
  if (sentence === reason) return ''
  return sentence.startsWith(`${reason}:`) ? sentence.slice(reason.length + 1).trim() : sentence
}
