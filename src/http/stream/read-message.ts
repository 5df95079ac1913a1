import { parseJson } from '../read-problems.ts'
import type { StreamLine } from './split-lines.ts'

/** What a line of a stream is. */
export type StreamMessage =
  | { readonly type: 'keep_alive' }
  | { readonly type: 'delivery'; readonly body: object }
  /** An error of X: the connection is refused, or will be closed. `text` is the line. */
  | { readonly type: 'error'; readonly text: string; readonly detail: string | undefined }
  | { readonly type: 'skip'; readonly reason: 'too_long' | 'not_json'; readonly bytes: number }

/** Reads a line: JSON, with or without the prefix `data:` of server-sent events. An empty line is a keep-alive. */
export function readMessage(line: StreamLine): StreamMessage {
  if ('tooLongBytes' in line) return { type: 'skip', reason: 'too_long', bytes: line.tooLongBytes }
  const text = line.text.startsWith('data:') ? line.text.slice('data:'.length).trim() : line.text
  if (text === '') return { type: 'keep_alive' }
  const body = parseJson(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { type: 'skip', reason: 'not_json', bytes: line.bytes }
  }
  return isError(body) ? { type: 'error', text, detail: detailOf(body) } : { type: 'delivery', body }
}

interface MaybeError {
  readonly data?: unknown
  readonly errors?: unknown
  readonly title?: unknown
  readonly type?: unknown
  readonly connection_issue?: unknown
  readonly disconnect_type?: unknown
}

/** `errors` beside `data` belong to a delivery with missing parts. */
function isError({ data, errors, title, type, connection_issue, disconnect_type }: MaybeError): boolean {
  if (data !== undefined && data !== null) return false
  if (Array.isArray(errors) || connection_issue !== undefined || disconnect_type !== undefined) return true
  return typeof title === 'string' && typeof type === 'string'
}

/** X's word for the cause. Only a word is shown: another text could be an echoed secret. */
function detailOf(body: MaybeError): string | undefined {
  const problems: unknown[] = [body, ...(Array.isArray(body.errors) ? body.errors.slice(0, 10) : [])]
  const words = problems.flatMap((problem) => {
    const { connection_issue, disconnect_type } = Object(problem) as MaybeError
    return [connection_issue, disconnect_type]
  })
  return words.find((word): word is string => typeof word === 'string' && /^[A-Za-z]{1,60}$/.test(word))
}
