import type { UserCredentials } from '../../entries/index.ts'
import { usageError } from '../cli-error.ts'

/** A user in a file, as `planSubscriptions` takes it. */
export type FileUser = UserCredentials & { readonly userId?: string }

/**
 * Reads the tokens of users: a JSON array of `{ accessToken, accessTokenSecret, userId? }`, or CSV with these headers. The
 * errors name the entry or the line, and never show a value.
 *
 * @throws CliError with exit code 2.
 */
export function readUsers(text: string): FileUser[] {
  const content = text.replace(/^\ufeff/, '')
  return /^\s*[[{]/.test(content) ? readJson(content) : readCsv(content)
}

const names = ['accessToken', 'accessTokenSecret', 'userId'] as const

const hint = 'Each entry needs "accessToken" and "accessTokenSecret". "userId" is optional.'

function readJson(text: string): FileUser[] {
  const entries = parseJson(text)
  if (!Array.isArray(entries)) throw usageError('The file must hold a JSON array of users.', hint)
  return entries.map((entry, index) => readUser(entry, `Entry ${index + 1}`))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // The message of the error shows a part of the file, which may be a token.
    const position = /at position (\d+)/.exec((error as Error).message)?.[1]
    const line = position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length
    throw usageError(`The file is not valid JSON${line === undefined ? '' : `: see line ${line}`}.`, hint)
  }
}

function readCsv(text: string): FileUser[] {
  const [header, ...rows] = parseCsv(text)
  const columns = header?.fields.map((name) => name.trim()) ?? []
  if (!columns.includes('accessToken') || !columns.includes('accessTokenSecret')) {
    throw usageError(
      'The first line of a CSV file must have the headers accessToken and accessTokenSecret.',
      'The file may also be a JSON array of { "accessToken", "accessTokenSecret" }.',
    )
  }
  return rows.map(({ fields, line }) => {
    if (fields.length !== columns.length) {
      throw usageError(`Line ${line} has ${fields.length} fields, and the first line has ${columns.length}.`, hint)
    }
    return readUser(Object.fromEntries(columns.map((name, index) => [name, fields[index]?.trim()])), `Line ${line}`)
  })
}

interface CsvRow {
  readonly line: number
  readonly fields: string[]
}

/** Parses CSV. A field may be in double quotes: https://www.rfc-editor.org/rfc/rfc4180#section-2 */
function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = []
  let line = 1
  let fields: string[] = []
  let start = line
  for (const [match, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|\r|$)/gy)) {
    fields.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    line += match.match(/\r?\n|\r/g)?.length ?? 0
    if (end === ',') continue
    if (fields.length > 1 || fields[0]?.trim() !== '') rows.push({ line: start, fields })
    fields = []
    start = line
    if (end === '') return rows
  }
  throw usageError(`Line ${start} has a double quote in the wrong place.`)
}

function readUser(entry: unknown, place: string): FileUser {
  if (typeof entry !== 'object' || entry === null) throw usageError(`${place} is not an object.`, hint)
  const { accessToken, accessTokenSecret, userId } = entry as Record<string, unknown>
  const values: Record<string, unknown> = { accessToken, accessTokenSecret, userId: userId || undefined }
  for (const name of names) {
    const value = values[name]
    if (name === 'userId' && value === undefined) continue
    if (typeof value !== 'string') throw usageError(`${place} has no "${name}", or it is not text.`, hint)
    if (value === '') throw usageError(`${place} has an empty "${name}".`, hint)
    if (/\s/.test(value)) throw usageError(`${place} has white space in "${name}".`, hint)
  }
  const tokenId = /^(\d{1,19})-/.exec(String(accessToken))?.[1]
  const id = values.userId ?? tokenId
  if (id === undefined) {
    throw usageError(`${place} has an access token that does not begin with the id of the user.`, 'Add "userId".')
  }
  if (!/^\d{1,19}$/.test(String(id))) throw usageError(`${place} has a "userId" that is not an id.`, hint)
  if (tokenId !== undefined && tokenId !== id) {
    throw usageError(`${place} has a "userId" that is not the id at the beginning of its access token.`, hint)
  }
  return {
    accessToken: String(accessToken),
    accessTokenSecret: String(accessTokenSecret),
    ...(values.userId !== undefined && { userId: String(values.userId) }),
  }
}
