import type { Problem } from '../errors/api-error.ts'

/** What the body of a failed call holds. */
export interface ReadProblems {
  /** The entries of `errors`, in whichever form they came. */
  readonly entries: readonly Problem[]
  /** The body itself, where it describes a problem. */
  readonly root: Problem | undefined
}

/** Longer than any sentence of X's, shorter than a page that some gateway sends. */
const maxTextLength = 300

/**
 * The problems in a body: problem JSON, the older `errors` with codes, the forms of the OAuth endpoints with a plain
 * string in `error` or `errors`, their XML, plain text, or the title of an HTML page.
 */
export function readProblems(text: string): ReadProblems {
  const body = parseJson(text)
  if (Array.isArray(body)) return { entries: body.flatMap(toProblem), root: undefined }
  if (typeof body !== 'object' || body === null) {
    return { entries: typeof body === 'string' ? [{ message: body }] : readTextProblems(text), root: undefined }
  }
  const { errors, error, ...rest } = body as { errors?: unknown; error?: unknown; [field: string]: unknown }
  const entries = [errors, error].flat().flatMap(toProblem)
  return { entries, root: describesProblem(rest) ? rest : undefined }
}

/** The value that a JSON text stands for; `undefined` when it is none. */
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

/** The OAuth endpoints of X answer in XML: `<errors><error code="415">Callback URL not approved …</error></errors>`. */
function readTextProblems(text: string): Problem[] {
  const inXml = [...text.matchAll(/<error code="(\d+)">([^<]*)</g)]
  if (inXml.length > 0) return inXml.map(([, code, message = '']) => ({ code: Number(code), message: message.trim() }))
  const message = plainText(text)
  return message === '' ? [] : [{ message }]
}

function plainText(text: string): string {
  const title = /<title[^>]*>([^<]*)</i.exec(text)?.[1]
  const line = title ?? (/^\s*</.test(text) ? '' : text)
  return line.trim().slice(0, maxTextLength)
}

/** The one sentence of a problem, for a message. */
export function firstSentence({ entries, root }: ReadProblems): string {
  const sentences = [...entries, ...(root === undefined ? [] : [root])].flatMap((problem) =>
    [problem.message, problem.detail, problem.error_description, problem.title].filter((part) => isText(part)),
  )
  return (sentences[0] ?? '').slice(0, maxTextLength)
}

/** The numeric codes of the older form, each once. */
export function numericCodes({ entries, root }: ReadProblems): number[] {
  const codes: unknown[] = [...entries, root].map((problem) => problem?.code)
  const written = codes.filter((code) => typeof code === 'number' || (typeof code === 'string' && /^\d+$/.test(code)))
  return [...new Set(written.map(Number).filter(Number.isSafeInteger))]
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
