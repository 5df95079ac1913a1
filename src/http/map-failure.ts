import { ApiError, type LimitKind } from '../errors/api-error.ts'
import {
  codeHints,
  type Endpoint,
  generalReasons,
  problemHints,
  type ReasonOf,
  reasonHints,
} from '../errors/reasons.ts'
import { findReason, isUsageCap, problemType } from './find-reason.ts'
import { readTrace } from './hooks.ts'
import { readLimit, readRetryAt } from './rate-limit.ts'
import { firstSentence, isHtml, isText, numericCodes, type ReadProblems, readProblems } from './read-problems.ts'
import { redactBody } from './redaction/redact.ts'
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
  /** The hint for a failure after which the request may have been carried out. */
  readonly lostResponseHint?: string | undefined
}

/** Creates the error for a response of X that is not a success. */
export function mapFailure<E extends Endpoint>(response: RawResponse, call: FailedCall<E>): ApiError<E> {
  const { endpoint, secrets, now, attempts, reasonsByCode } = call
  const body = redactBody(response.text, secrets, response.isCut)
  const problems = readProblems(body)
  const reason = findReason(endpoint, response.status, problems, reasonsByCode)
  const limit = readLimit(response.headers, now)
  const reached = isUsageCap(response.status, problems) ? 'usage_cap' : (limit?.kind ?? 'window')
  const limitedBy = reason === 'RateLimited' ? reached : undefined
  // The reset of a rate limit does not help if the cap of the plan is used up.
  const retryAt = limitedBy === 'usage_cap' ? undefined : readRetryAt(response, now)
  const platformCodes = numericCodes(problems)
  const advice = findHint({
    reason,
    status: response.status,
    platformCodes,
    problems,
    limitedBy,
    retryAt,
    isPage: isHtml(body),
    notFoundHint: call.notFoundHint,
  })
  // A 5xx says that X failed, not that it did nothing.
  const lostHint = response.status >= 500 ? call.lostResponseHint : undefined
  const hint = lostHint === undefined ? advice : [advice, lostHint].filter(isText).join(' ')
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
    ...(limit !== undefined && { rateLimit: limit.rateLimit }),
    limitedBy,
    retryAt,
    ...(hint !== undefined && { hint }),
  })
}

interface HintInput {
  readonly reason: ReasonOf
  readonly status: number
  readonly platformCodes: readonly number[]
  readonly problems: ReadProblems
  readonly limitedBy: LimitKind | undefined
  readonly retryAt: Date | undefined
  /** Whether the body is an HTML page. */
  readonly isPage: boolean
  readonly notFoundHint: string | undefined
}

/**
 * Finds the most specific hint. The order is: a hint for this response, the hint for a reason that X gave, the hint for
 * a numeric code, the hint for a type of problem, the hint for a general reason. A reason of X comes before a code,
 * because some codes have several meanings.
 */
function findHint(input: HintInput): string | undefined {
  const { reason, status, platformCodes, problems, limitedBy, retryAt, isPage, notFoundHint } = input
  if (limitedBy === 'usage_cap') return problemHints['usage-capped']
  if (limitedBy && retryAt) return `${limitNames[limitedBy]} resets at ${retryAt.toISOString()}. Wait until then.`
  if (reason === 'ServerError' && retryAt) return `Try again at ${retryAt.toISOString()}, the time that X gave.`
  if (isPage && status >= 400 && status < 500 && status !== 429) return pageHint
  if (reason === 'NotFound' && notFoundHint !== undefined) return notFoundHint
  if (status < 200 || (status >= 300 && status < 400)) return redirectHint
  if (!(generalReasons as readonly string[]).includes(reason)) return reasonHints[reason]
  const code = platformCodes.find((candidate) => Object.hasOwn(codeHints, candidate))
  if (code !== undefined) return codeHints[code]
  const account = firstSentence(problems)
  const isAbout = accountHints.find(([wording]) => wording.test(account))
  if (reason !== 'ServerError' && isAbout !== undefined) return isAbout[1]
  const kinds = [...problems.entries, problems.root].flatMap((problem) => [problem?.reason, problemType(problem)])
  const kind = kinds.find((candidate) => typeof candidate === 'string' && Object.hasOwn(problemHints, candidate))
  return kind === undefined ? reasonHints[reason] : problemHints[kind as string]
}

/** Wordings of X for an account that X locked or suspended, in responses without a numeric code. */
const accountHints: readonly (readonly [RegExp, string | undefined])[] = [
  [
    /\baccount\b.{0,40}\bsuspended\b|\bsuspended\b.{0,20}\b(account|user)\b|\buser has been suspended\b/i,
    codeHints[64],
  ],
  [/\baccount\b.{0,40}\blocked\b|\bunlock your account\b/i, codeHints[326]],
]

const limitNames: Readonly<Record<Exclude<LimitKind, 'usage_cap'>, string>> = {
  window: 'The rate limit',
  app_24_hours: 'The limit of the app for 24 hours is used up and',
  user_24_hours: 'The limit of the user for 24 hours is used up and',
}

const pageHint =
  'The response is an HTML page, which X does not send here: a proxy, a firewall or another server between this machine and X refused the request. It says nothing about the credentials. Check the network and the option "baseUrl".'

/** In a browser, the status of a redirect is 0. */
const redirectHint =
  'X does not redirect, so a server in front of it does. Check the base URL (the option "baseUrl"). The redirect was not followed, because the credentials would be sent to its target.'

/** The message of the error has the reason already. */
function withoutReason(sentence: string, reason: string): string {
  if (sentence === reason) return ''
  return sentence.startsWith(`${reason}:`) ? sentence.slice(reason.length + 1).trim() : sentence
}
