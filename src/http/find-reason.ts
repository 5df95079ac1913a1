import type { Problem } from '../errors/api-error.ts'
import {
  type Endpoint,
  type GeneralReason,
  type PlatformReason,
  platformReasons,
  type ReasonOf,
} from '../errors/reasons.ts'
import { numericCodes, isText, type ReadProblems } from './read-problems.ts'

/** How X puts it where it gives no word; which of two meanings it has, the endpoint decides. */
const reasonsByWording: readonly (readonly [RegExp, PlatformReason])[] = [
  [/too many resources/i, 'WebhookLimitExceeded'],
  [/too many (resources|subscriptions)/i, 'SubscriptionLimitExceeded'],
  [/already (exists|subscribed)/i, 'DuplicateSubscriptionFailed'],
  [/already (exists|registered)/i, 'DuplicateUrlFailed'],
  [/already (exists|running|in progress)/i, 'ReplayConflictError'],
  // Before the URL: "Webhook URL does not meet the requirements. Invalid CRC token or json response format."
  [/\bCRC\b/, 'CrcValidationFailed'],
  [/does not meet/i, 'UrlValidationFailed'],
]

type ReasonsByCode = Readonly<Record<number, ReasonOf | readonly ReasonOf[]>>

/** The numeric codes whose meaning is the same everywhere, or told by the endpoint; 214, for one, has several. */
const commonReasonsByCode: ReasonsByCode = {
  0: 'ServerError',
  32: 'Unauthorized',
  34: 'NotFound',
  61: 'Unauthorized',
  67: 'ServerError',
  88: 'RateLimited',
  89: 'Unauthorized',
  99: 'Forbidden',
  130: 'ServerError',
  131: 'ServerError',
  200: 'Forbidden',
  220: 'Forbidden',
  261: 'Forbidden',
  348: 'Forbidden',
  355: ['DuplicateSubscriptionFailed', 'ReplayConflictError'],
  356: 'QueryParamInvalid',
  357: 'QueryParamInvalid',
  358: 'QueryParamInvalid',
  360: 'QueryParamInvalid',
  368: 'QueryParamInvalid',
}

/** The last segment of a problem's `type`, for answers whose status says nothing. */
const reasonsByProblemType: Readonly<Record<string, GeneralReason>> = {
  'resource-not-found': 'NotFound',
  'not-authorized-for-resource': 'Forbidden',
  'disallowed-resource': 'Forbidden',
  'client-forbidden': 'Forbidden',
  'unsupported-authentication': 'Forbidden',
  'usage-capped': 'RateLimited',
  'internal-error': 'ServerError',
}

const generalWords: readonly string[] = [
  'Unauthorized',
  'Forbidden',
  'RateLimited',
  'NotFound',
  'ServerError',
] satisfies GeneralReason[]

const conflictReasons = ['DuplicateSubscriptionFailed', 'DuplicateUrlFailed', 'ReplayConflictError'] as const

/**
 * Why a call failed: X's own word where the body has one that this endpoint can answer with, else what its wording, its
 * numeric codes, its status and its problem type say, in this order.
 */
export function findReason<E extends Endpoint>(
  endpoint: E,
  status: number,
  problems: ReadProblems,
  ownCodes: ReasonsByCode = {},
): ReasonOf<E> {
  const words: readonly string[] = platformReasons(endpoint)
  const word = reasonWords(problems).find((candidate) => words.includes(candidate))
  const guesses = [
    ...fromWording(status, problems),
    ...fromCodes(problems, ownCodes),
    ...fromCodes(problems, commonReasonsByCode),
    ...fromStatus(status, problems),
    ...fromType(problems),
  ]
  const guess = guesses.find((candidate) => words.includes(candidate) || generalWords.includes(candidate))
  return (word ?? guess ?? 'Unknown') as ReasonOf<E>
}

/** X writes its word before the colon: "WebhookLimitExceeded: …". */
function reasonWords(problems: ReadProblems): string[] {
  return problemTexts(problems).flatMap((text) => /^([A-Z][A-Za-z]+)(?::|$)/.exec(text.trim())?.[1] ?? [])
}

function fromCodes(problems: ReadProblems, codes: ReasonsByCode): ReasonOf[] {
  return numericCodes(problems).flatMap((code) => (Object.hasOwn(codes, code) ? (codes[code] ?? []) : []))
}

function problemTexts({ entries, root }: ReadProblems): string[] {
  const pick = (field: keyof Problem) => entries.map((entry) => entry[field])
  const places = [root?.reason, ...(['reason', 'message', 'detail', 'title'] as const).flatMap(pick)]
  return [...places, root?.detail, root?.title, root?.message].filter(isText)
}

/** Not where the status is a plain answer: a busy server that says "already exists" is still a busy server. */
function fromWording(status: number, problems: ReadProblems): PlatformReason[] {
  if (status === 401 || status === 429 || status >= 500) return []
  const texts = problemTexts(problems)
  return reasonsByWording.filter(([wording]) => texts.some((text) => wording.test(text))).map(([, reason]) => reason)
}

/** A 200 that is a failure names its status in the problem. */
function fromStatus(status: number, { entries, root }: ReadProblems): (PlatformReason | GeneralReason)[] {
  const stated = [status, root?.status, ...entries.map((entry) => entry.status)].map(Number)
  const actual = stated.find((code) => code >= 300) ?? status
  if (actual === 401) return ['Unauthorized']
  if (actual === 403) return ['Forbidden']
  if (actual === 404) return ['NotFound']
  if (actual === 409) return [...conflictReasons]
  if (actual === 429) return ['RateLimited']
  return actual >= 500 && actual <= 599 ? ['ServerError'] : []
}

function fromType({ entries, root }: ReadProblems): GeneralReason[] {
  return [...entries, root].flatMap((problem) => {
    const type = problemType(problem)
    return type !== undefined && Object.hasOwn(reasonsByProblemType, type) ? (reasonsByProblemType[type] ?? []) : []
  })
}

/** The last segment of the URI that names a kind of problem; its host changes. */
export function problemType(problem: Problem | undefined): string | undefined {
  return isText(problem?.type) ? problem.type.slice(problem.type.lastIndexOf('/') + 1) : undefined
}
