import { open, readFile, rename } from 'node:fs/promises'
import { assertText, kindOf } from '../../internal/assert.ts'
import { createMutex } from '../../internal/mutex.ts'
import { type RecoveryStore, StateLostError } from './recovery-store.ts'

/** Options of {@link createFileRecoveryStore}. */
export interface FileRecoveryStoreOptions {
  /** The path of the file. It is created by the first write, in an existing directory. */
  readonly path: string
}

/**
 * Creates a recovery store in a JSON file that people can read: for one process at a time. A write goes to a second file,
 * which is flushed to disk and renamed, so a crash leaves either the old values or the new ones.
 *
 * A file that is not what this store has written, because it is cut off, for example, counts as lost: `get` throws an error
 * that names the file, and the next write keeps it beside the new one, under a name that ends in `.broken-` and a time. A
 * recovery then asks X to replay everything that X still keeps.
 *
 * @throws TypeError when the options are not an object, or `path` is not a string.
 * @throws RangeError when `path` is empty.
 *
 * @example
 * import { createFileRecoveryStore } from 'x-account-activity/recovery/node'
 *
 * const store = createFileRecoveryStore({ path: 'recovery.json' })
 */
export function createFileRecoveryStore(options: FileRecoveryStoreOptions): RecoveryStore {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`"options" must be an object, such as { path: 'recovery.json' }, got ${kindOf(options)}`)
  }
  const { path } = options
  assertText(path, 'path')
  // A write copies the values of the other keys, so two writes must not overlap.
  const runExclusive = createMutex()
  return {
    get: (key) => runExclusive(async () => (await readValues(path)).get(key)),
    set: (key, value) => runExclusive(async () => replaceFile(path, (await readToReplace(path)).set(key, value))),
    compareAndSet: (key, before, after) =>
      runExclusive(async () => {
        const values = await readToReplace(path)
        if (JSON.stringify(values.get(key)) !== JSON.stringify(before)) return false
        await replaceFile(path, values.set(key, after))
        return true
      }),
  }
}

/** @throws StateLostError when the file is not what this store has written. */
async function readValues(path: string): Promise<Map<string, unknown>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
  try {
    return new Map(readEntries(text))
  } catch (cause) {
    throw new StateLostError(
      `The recovery file ${path} is not what a recovery has written: it may be cut off, or another program has changed it. ` +
        `The next write keeps it as ${path}.broken-(time). Restore the file from a copy if you have one.`,
      { cause },
    )
  }
}

/** The file holds entries, not an object, so that a key such as `__proto__` needs no special treatment. */
function readEntries(text: string): [string, unknown][] {
  const entries: unknown = JSON.parse(text)
  const isEntry = (entry: unknown) => Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string'
  if (Array.isArray(entries) && entries.every(isEntry)) return entries
  throw new TypeError('The file does not have a list of keys and values.')
}

/** The values to change. A file that is not readable is kept under another name. */
async function readToReplace(path: string): Promise<Map<string, unknown>> {
  try {
    return await readValues(path)
  } catch (error) {
    if (!(error instanceof StateLostError)) throw error
    await rename(path, `${path}.broken-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`)
    return new Map()
  }
}

async function replaceFile(path: string, values: ReadonlyMap<string, unknown>): Promise<void> {
  const draft = `${path}.draft`
  const file = await open(draft, 'w')
  try {
    await file.writeFile(`${JSON.stringify([...values], undefined, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}
