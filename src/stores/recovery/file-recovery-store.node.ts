import { open, readFile, rename } from 'node:fs/promises'
import { assertText, kindOf } from '../../internal/assert.ts'
import { createMutex } from '../../internal/mutex.ts'
import type { RecoveryStore } from './recovery-store.ts'

/** Options of {@link createFileRecoveryStore}. */
export interface FileRecoveryStoreOptions {
  /** The path of the file. It is created by the first write, in an existing directory. */
  readonly path: string
}

/**
 * Creates a recovery store in a JSON file that people can read: for one process at a time. A write goes to a second file,
 * which is flushed to disk and renamed, so a crash leaves either the old values or the new ones.
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
    set: (key, value) => runExclusive(async () => replaceFile(path, (await readValues(path)).set(key, value))),
  }
}

async function readValues(path: string): Promise<Map<string, unknown>> {
  try {
    // The file holds entries, not an object, so that a key such as `__proto__` needs no special treatment.
    return new Map(JSON.parse(await readFile(path, 'utf8')) as [string, unknown][])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
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
