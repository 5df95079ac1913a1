import { dirname, join, sep } from 'node:path'
import { isJsonObject } from '../json-with-comments.ts'
import { checkPaths } from './check-paths.ts'
import type { FileSystem } from './file-system.ts'
import { hashOf } from './manifest.ts'

/** A change of a file. */
export interface FileWrite {
  /** The path in the folder, with `/` between its parts. */
  readonly path: string
  /** The text before. `undefined` when the file does not exist. */
  readonly before: string | undefined
  /** The new text. `undefined` removes the file. */
  readonly after: string | undefined
}

/** The folder that holds the new files until all of them are written. */
const stagingName = '.x-account-activity-staging'
const journalName = 'journal.json'

/** A planned change, as the journal records it. */
interface JournalEntry {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/**
 * Makes all changes or none, also when the process is killed. A folder that does not exist yet is written elsewhere and
 * renamed. In a folder that exists, the new files are staged, then a journal is written, then they are renamed: `recover`
 * removes what was staged without a journal, and carries a journal out.
 */
export async function commitChanges(fs: FileSystem, folder: string, writes: readonly FileWrite[]): Promise<void> {
  if (writes.length === 0) return
  if ((await fs.kindOf(folder)) === undefined) return createWholeFolder(fs, folder, writes)
  const staging = join(folder, stagingName)
  await fs.createFolder(staging)
  for (const [index, { after }] of writes.entries()) {
    if (after !== undefined) await fs.write(join(staging, String(index)), after)
  }
  const entries = writes.map(({ path, before, after }) => ({
    path,
    before: hashOrNull(before),
    after: hashOrNull(after),
  }))
  const journal = join(staging, journalName)
  await fs.write(`${journal}.new`, JSON.stringify(entries))
  await fs.rename(`${journal}.new`, journal)
  await carryOut(fs, folder, entries)
}

/** Whether an interrupted run has left something that {@link recover} would finish or remove. */
export async function needsRecovery(fs: FileSystem, folder: string): Promise<boolean> {
  return (await fs.kindOf(join(folder, stagingName))) !== undefined
}

/** Finishes or undoes what an interrupted run has left. Returns which. */
export async function recover(fs: FileSystem, folder: string): Promise<'finished' | 'undone' | undefined> {
  const staging = join(folder, stagingName)
  const kind = await fs.kindOf(staging)
  if (kind === undefined) return undefined
  const text = kind === 'folder' ? await fs.readText(join(staging, journalName)) : undefined
  const entries = text === undefined ? undefined : readJournal(text)
  if (entries === undefined) {
    await fs.remove(staging)
    return 'undone'
  }
  await checkPaths(
    fs,
    folder,
    entries.map(({ path }) => path),
  )
  await carryOut(fs, folder, entries)
  return 'finished'
}

/** Changes that are made already are not made again, and a file that was edited meanwhile is left. */
async function carryOut(fs: FileSystem, folder: string, entries: readonly JournalEntry[]): Promise<void> {
  const staging = join(folder, stagingName)
  for (const [index, { path, before, after }] of entries.entries()) {
    const target = join(folder, path)
    if (hashOrNull(await fs.readText(target)) !== before) continue
    const staged = join(staging, String(index))
    if (after === null) await fs.remove(target)
    else if ((await fs.kindOf(staged)) === 'file') {
      await fs.createFolder(dirname(target))
      await fs.rename(staged, target)
    }
  }
  await fs.remove(join(staging, journalName))
  await fs.remove(staging)
}

/** Writes a tree beside the first folder that does not exist yet, and renames it into place. */
async function createWholeFolder(fs: FileSystem, folder: string, writes: readonly FileWrite[]): Promise<void> {
  const top = await firstMissing(fs, folder)
  const staging = `${join(dirname(top), stagingName)}-${folderName(top)}`
  await fs.remove(staging)
  const stagedFolder = join(staging, folder.slice(top.length))
  for (const { path, after } of writes) {
    if (after === undefined) continue
    const file = join(stagedFolder, path)
    await fs.createFolder(dirname(file))
    await fs.write(file, after)
  }
  await fs.rename(staging, top)
}

async function firstMissing(fs: FileSystem, folder: string): Promise<string> {
  const parent = dirname(folder)
  return parent === folder || (await fs.kindOf(parent)) !== undefined ? folder : firstMissing(fs, parent)
}

function folderName(path: string): string {
  return path.slice(path.lastIndexOf(sep) + 1)
}

function hashOrNull(text: string | undefined): string | null {
  return text === undefined ? null : hashOf(text)
}

/** A journal is written as a whole, so one that cannot be read is not ours. */
function readJournal(text: string): readonly JournalEntry[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(isJournalEntry) ? value : undefined
  } catch {
    return undefined
  }
}

function isJournalEntry(value: unknown): value is JournalEntry {
  if (!isJsonObject(value)) return false
  const isHash = (hash: unknown) => hash === null || typeof hash === 'string'
  return typeof value.path === 'string' && isHash(value.before) && isHash(value.after)
}
