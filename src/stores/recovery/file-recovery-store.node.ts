import { open, readFile, rename } from 'node:fs/promises'
import { assertText } from '../../internal/assert.ts'
import { createMutex } from '../../internal/mutex.ts'
import type { RecoveryStore } from './recovery-store.ts'

/**
 * A recovery store in a JSON file: enough for one process, and readable by people. A value is written beside the file,
 * flushed to the disk and moved into its place, so that a crash leaves the old values or the new ones.
 *
 * @param path - The file; it is made when it is first written, in a directory that is there.
 * @throws TypeError when `path` is no string, RangeError when it is empty.
 *
 * @example
 * import { createFileRecoveryStore } from 'x-account-activity/recovery/node'
 *
 * const store = createFileRecoveryStore('recovery.json')
 */
export function createFileRecoveryStore(path: string): RecoveryStore {
  assertText(path, 'path')
  // A write takes over the values of the other keys.
  const inTurn = createMutex()
  return {
    get: (key) => inTurn(async () => (await readValues(path)).get(key)),
    set: (key, value) => inTurn(async () => replaceFile(path, (await readValues(path)).set(key, value))),
  }
}

async function readValues(path: string): Promise<Map<string, unknown>> {
  try {
    // As entries: a key such as `__proto__` is a key like any other.
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
