import type { Problem } from '../errors/api-error.ts'

/** The problems in the body of a failed call. */
export interface ReadProblems {
  /** The entries of `errors` or `error`. */
  readonly entries: readonly Problem[]
  /** The body itself, if it describes a problem. */
  readonly root: Problem | undefined
}

/** Longer than any sentence of X, and shorter than the page of a gateway. */
const maxTextLength = 300
/** X never sends more problems than this in one response. */
export const maxProblems = 100
/** The title of a page is in its first characters. */
const maxHeadLength = 4_000

/**
 * Reads the problems from a body. It may be problem JSON, the older `errors` with numeric codes, a string in `error` or
 * `errors`, the XML of the OAuth endpoints, plain text, or an HTML page, of which only the title is used.
 */
export function readProblems(text: string): ReadProblems {
  const body = parseJson(text)
  if (Array.isArray(body)) return { entries: body.slice(0, maxProblems).flatMap(toProblem), root: undefined }
  if (typeof body !== 'object' || body === null) {
    return { entries: typeof body === 'string' ? [{ message: body }] : readTextProblems(text), root: undefined }
  }
  const { errors, error, ...rest } = body as { errors?: unknown; error?: unknown; [field: string]: unknown }
  const entries = [errors, error].flat().slice(0, maxProblems).flatMap(toProblem)
  return { entries, root: describesProblem(rest) ? rest : undefined }
}

/** Parses JSON. `undefined` if the text is not valid JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toProblem(entry: unknown): Problem[] {
  if (typeof entry === 'string') return [{ message: entry }]
  return typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? [entry as Problem] : []
}

function describesProblem(body: Record<string, unknown>): boolean {
  return ['type', 'title', 'detail', 'message', 'code', 'reason', 'error_description'].some((field) =>
    Object.hasOwn(body, field),
  )
}

/** Some OAuth endpoints respond with XML: `<errors><error code="415">Callback URL not approved …</error></errors>`. */
function readTextProblems(text: string): Problem[] {
  const inXml = [...text.matchAll(/<error code="(\d+)">([^<]*)</g)].slice(0, maxProblems)
  if (inXml.length > 0) return inXml.map(([, code, message = '']) => ({ code: Number(code), message: message.trim() }))
  const message = plainText(text)
  return message === '' ? [] : [{ message }]
}

function plainText(text: string): string {
  return (titleOf(text.slice(0, maxHeadLength)) ?? (isMarkup(text) ? '' : text)).slice(0, maxTextLength).trim()
}

/** The title of a page. It is found without a regular expression, which would try every `<title` to the end of the page. */
function titleOf(page: string): string | undefined {
  const tag = page.toLowerCase().indexOf('<title')
  const start = tag === -1 ? -1 : page.indexOf('>', tag)
  const end = start === -1 ? -1 : page.indexOf('<', start)
  return end === -1 ? undefined : page.slice(start + 1, end).trim()
}

function isMarkup(text: string): boolean {
  return text.slice(0, maxTextLength).trimStart().startsWith('<')
}

/** The first text that describes the problem, for the message of an error. Empty if there is none. */
export function firstSentence({ entries, root }: ReadProblems): string {
  const sentences = [...entries, ...(root === undefined ? [] : [root])].flatMap((problem) =>
    [problem.message, problem.detail, problem.error_description, problem.title].filter((part) => isText(part)),
  )
  return (sentences[0] ?? '').slice(0, maxTextLength)
}

/** The numeric codes of the v1.1 error form, without duplicates. */
export function numericCodes({ entries, root }: ReadProblems): number[] {
  const codes: unknown[] = [...entries, root].map((problem) => problem?.code)
  const numeric = codes.filter((code) => typeof code === 'number' || (typeof code === 'string' && /^\d+$/.test(code)))
  return [...new Set(numeric.map(Number).filter(Number.isSafeInteger))]
}

/** Whether a body is an HTML page, as the servers between the client and X send it. The OAuth endpoints of X send XML. */
export function isHtml(text: string): boolean {
  const start = text.slice(0, maxTextLength).trimStart()
  return isMarkup(start) && !start.startsWith('<?xml') && !/^<errors?[\s>]/.test(start)
}

/** Whether a value is a string with more than white space. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
