import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { CliError } from '../../cli-error.ts'
import { isJsonObject } from '../json-with-comments.ts'
import { apis, frameworks, type GenerateOptions, languages, stores, testRunners } from '../options.ts'
import type { FileSystem } from './file-system.ts'

/** The file that remembers what was generated. */
export const manifestName = '.x-account-activity.json'

/** What was generated in a folder, and how. */
export interface Manifest {
  /** The `templateVersion` of the templates that the files come from. */
  readonly templateVersion: number
  readonly options: GenerateOptions
  /** The files as they were written, by path. */
  readonly files: ReadonlyMap<string, FileRecord>
}

/** A file as it was written. */
export interface FileRecord {
  /** The SHA-256 of the text, to see whether the file was changed since. */
  readonly hash: string
  /** The text, compressed: the base of a three-way merge. */
  readonly base: string
}

/** Git may check a file out with other line endings. They do not count as a change. */
export function hashOf(text: string): string {
  return createHash('sha256').update(withLineFeeds(text)).digest('hex')
}

export function isSameText(a: string, b: string): boolean {
  return withLineFeeds(a) === withLineFeeds(b)
}

export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

/** The record of a text. That of the same text is kept, because another Node.js may compress it to other bytes. */
export function recordOf(text: string, previous?: FileRecord): FileRecord {
  const hash = hashOf(text)
  if (previous?.hash === hash) return previous
  return { hash, base: deflateRawSync(text).toString('base64') }
}

/** The text that was written. */
export function baseOf({ base }: FileRecord): string {
  return inflateRawSync(Buffer.from(base, 'base64'), { maxOutputLength: 1_000_000 }).toString()
}

/**
 * Reads the manifest of a folder. `undefined` when there is none.
 *
 * @throws CliError when it cannot be read.
 */
export async function readManifest(fs: FileSystem, folder: string): Promise<Manifest | undefined> {
  const text = await fs.readText(join(folder, manifestName))
  if (text === undefined) return undefined
  try {
    return parseManifest(JSON.parse(text))
  } catch {
    throw new CliError('manifest_invalid', `${join(folder, manifestName)} is not valid.`, {
      hint: 'Restore it from version control, or delete it: then every file counts as changed by you.',
    })
  }
}

export function formatManifest({ templateVersion, options, files }: Manifest): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  const content = {
    note: 'Written by x-account-activity generate. It shows which files you have changed. Keep it in version control.',
    templateVersion,
    // One text, because formatters disagree about how lists are written.
    options: { ...options, events: options.events.join(',') },
    files: Object.fromEntries(sorted),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

function parseManifest(value: unknown): Manifest {
  const { templateVersion, options, files } = asObject(value)
  if (typeof templateVersion !== 'number') throw new TypeError('"templateVersion" must be a number')
  const { framework, api, events, store, tests, language } = asObject(options)
  return {
    templateVersion,
    options: {
      framework: oneOf(framework, frameworks),
      api: oneOf(api, apis),
      events: asText(events).split(','),
      store: oneOf(store, stores),
      tests: oneOf(tests, testRunners),
      language: oneOf(language, languages),
    },
    files: new Map(Object.entries(asObject(files)).map(([path, record]) => [path, parseRecord(asObject(record))])),
  }
}

function parseRecord({ hash, base }: Readonly<Record<string, unknown>>): FileRecord {
  const record = { hash: asText(hash), base: asText(base) }
  if (hashOf(baseOf(record)) !== record.hash) throw new TypeError('"base" must be the text with the hash')
  return record
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (!isJsonObject(value)) throw new TypeError('expected an object')
  return value
}

function asText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('expected a string')
  return value
}

function oneOf<T extends string>(value: unknown, values: readonly T[]): T {
  const found = values.find((one) => one === value)
  if (found === undefined) throw new TypeError(`expected one of ${values.join(', ')}`)
  return found
}
