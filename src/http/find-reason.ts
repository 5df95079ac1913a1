import type { Problem } from '../errors/api-error.ts'
import {
  type Endpoint,
  type GeneralReason,
  generalReasons,
  type PlatformReason,
  platformReasons,
  type ReasonOf,
} from '../errors/reasons.ts'
import { isText, numericCodes, type ReadProblems } from './read-problems.ts'

/** Wordings of X in responses without a reason. If two match, the first that is possible at the endpoint is used. */
const reasonsByWording: readonly (readonly [RegExp, PlatformReason])[] = [
  [/maximum allowed connection/i, 'TooManyConnections'],
  [/too many resources/i, 'WebhookLimitExceeded'],
  [/too many (resources|subscriptions)/i, 'SubscriptionLimitExceeded'],
  [/already (exists|subscribed)/i, 'DuplicateSubscriptionFailed'],
  // The X Activity API has a name of its own, and may use the one of the Account Activity API.
  [/already (exists|subscribed)|^DuplicateSubscriptionFailed/i, 'DuplicateSubscription'],
  [/already (exists|registered)/i, 'DuplicateUrlFailed'],
  [/already (exists|running|in progress)/i, 'ReplayConflictError'],
  // Before the next line, because X writes: "Webhook URL does not meet the requirements. Invalid CRC token or json …"
  [/\bCRC\b/, 'CrcValidationFailed'],
  [/does not meet/i, 'UrlValidationFailed'],
]

type ReasonsByCode = Readonly<Record<number, ReasonOf | readonly ReasonOf[]>>

/**
 * Numeric codes that have one meaning, or one meaning at each endpoint. 214 is not in the list: only the message of X
 * shows which of its meanings applies.
 */
const commonReasonsByCode: ReasonsByCode = {
  0: 'ServerError',
  32: 'Unauthorized',
  34: 'NotFound',
  61: 'Unauthorized',
  63: 'Forbidden',
  64: 'Forbidden',
  67: 'ServerError',
  88: 'RateLimited',
  89: 'Unauthorized',
  99: 'Forbidden',
  130: 'ServerError',
  131: 'ServerError',
  200: 'Forbidden',
  220: 'Forbidden',
  261: 'Forbidden',
  326: 'Forbidden',
  348: 'Forbidden',
  355: ['DuplicateSubscriptionFailed', 'ReplayConflictError'],
  356: 'QueryParamInvalid',
  357: 'QueryParamInvalid',
  358: 'QueryParamInvalid',
  360: 'QueryParamInvalid',
  368: 'QueryParamInvalid',
}

/** The last segment of the `type` of a problem. It is used for responses whose status does not show the reason. */
const reasonsByProblemType: Readonly<Record<string, GeneralReason>> = {
  'resource-not-found': 'NotFound',
  'not-authorized-for-resource': 'Forbidden',
  'disallowed-resource': 'Forbidden',
  'client-forbidden': 'Forbidden',
  'unsupported-authentication': 'Forbidden',
  'internal-error': 'ServerError',
}

/** The types of problem that are reasons. They come first: X may send them with any status. */
const platformReasonsByProblemType: Readonly<Record<string, PlatformReason>> = {
  'duplicate-rules': 'DuplicateRule',
  'invalid-rules': 'InvalidRule',
  'noncompliant-rules': 'NoncompliantRule',
  'rule-cap': 'RuleLimitExceeded',
}

const conflictReasons = [
  'DuplicateSubscriptionFailed',
  'DuplicateSubscription',
  'DuplicateUrlFailed',
  'ReplayConflictError',
] as const

/**
 * Finds out why a call failed. A used-up cap of the plan comes first, then the reason in the body if X documents that
 * reason for the endpoint, then, in this order: the wording, the numeric codes, the status, and the type of the problem.
 */
export function findReason<E extends Endpoint>(
  endpoint: E,
  status: number,
  problems: ReadProblems,
  endpointReasonsByCode: ReasonsByCode = {},
): ReasonOf<E> {
  if (isUsageCap(status, problems)) return 'RateLimited' as ReasonOf<E>
  const documented: readonly string[] = platformReasons(endpoint)
  const possible: readonly string[] = [...documented, ...generalReasons]
  const stated = statedReasons(problems).find((candidate) => documented.includes(candidate))
  const guesses = [
    ...fromType(problems, platformReasonsByProblemType),
    ...fromWording(status, problems),
    ...fromCodes(problems, endpointReasonsByCode),
    ...fromCodes(problems, commonReasonsByCode),
    ...fromStatus(status, problems),
    ...fromType(problems, reasonsByProblemType),
  ]
  return (stated ?? guesses.find((guess) => possible.includes(guess)) ?? 'Unknown') as ReasonOf<E>
}

/** The types and titles that X uses when the cap of a plan, or its credits, are used up. */
const capNames = /^(usage-capped|credits|UsageCapExceeded|SpendCapReached|CreditsDepleted)$/
const capWordings = /\b(usage|spend) cap (exceeded|reached)\b|\bdoes not have any credits\b/i

/** Whether the cap of the plan or its credits are used up. X sends such problems with the status 402, 403 or 429. */
export function isUsageCap(status: number, { entries, root }: ReadProblems): boolean {
  if (status === 402) return true
  return [...entries, root].some((problem) => {
    const names = [problemType(problem), problem?.title]
    const texts = [problem?.title, problem?.detail, problem?.message]
    return (
      names.some((name) => isText(name) && capNames.test(name)) ||
      texts.some((text) => isText(text) && capWordings.test(text))
    )
  })
}

/** X writes the reason before a colon: "WebhookLimitExceeded: …". */
function statedReasons(problems: ReadProblems): string[] {
  return problemTexts(problems).flatMap((text) => /^([A-Z][A-Za-z]+)(?::|$)/.exec(text.trim())?.[1] ?? [])
}

function fromCodes(problems: ReadProblems, codes: ReasonsByCode): ReasonOf[] {
  return numericCodes(problems).flatMap((code) => (Object.hasOwn(codes, code) ? (codes[code] ?? []) : []))
}

function problemTexts({ entries, root }: ReadProblems): string[] {
  const pick = (field: keyof Problem) => entries.map((entry) => entry[field])
  const fields = ['reason', 'connection_issue', 'message', 'detail', 'title'] as const
  const places = [root?.reason, root?.connection_issue, ...fields.flatMap(pick)]
  return [...places, root?.detail, root?.title, root?.message].filter(isText)
}

/** The wording is not used if the status is clear: a 503 with the words "already exists" is still a 503. */
function fromWording(status: number, problems: ReadProblems): PlatformReason[] {
  if (status === 401 || status === 429 || status >= 500) return []
  const texts = problemTexts(problems)
  return reasonsByWording.filter(([wording]) => texts.some((text) => wording.test(text))).map(([, reason]) => reason)
}

/** If a failure has the status 200, the problem in its body has the actual status. */
function fromStatus(status: number, { entries, root }: ReadProblems): (PlatformReason | GeneralReason)[] {
  const stated = [status, root?.status, ...entries.map((entry) => entry.status)].map(toStatus)
  const actual = stated.find((code) => code >= 300) ?? status
  if (actual === 401) return ['Unauthorized']
  if (actual === 403) return ['Forbidden']
  if (actual === 404) return ['NotFound']
  if (actual === 409) return [...conflictReasons]
  if (actual === 429) return ['RateLimited']
  return actual >= 500 && actual <= 599 ? ['ServerError'] : []
}

/** A status is a number, or its digits. */
function toStatus(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
}

function fromType<R extends ReasonOf>({ entries, root }: ReadProblems, reasons: Readonly<Record<string, R>>): R[] {
  return [...entries, root].flatMap((problem) => {
    const type = problemType(problem)
    return type !== undefined && Object.hasOwn(reasons, type) ? (reasons[type] ?? []) : []
  })
}

/** The reason of one problem of a rule, by its type. `undefined` if it is not about a rule. */
export function ruleReason(problem: Problem): PlatformReason | undefined {
  return fromType({ entries: [problem], root: undefined }, platformReasonsByProblemType)[0]
}

/** The last segment of the URI in `type`. The rest is ignored, because its host is not always the same. */
export function problemType(problem: Problem | undefined): string | undefined {
  return isText(problem?.type) ? problem.type.slice(problem.type.lastIndexOf('/') + 1) : undefined
}
