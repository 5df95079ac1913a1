import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Emulator } from './emulator.ts'
import type { SavedState } from './saved/saved-state.ts'

/**
 * Writes what `x.save()` returns to a file, which is there as a whole or not at all.
 *
 * @throws Error when the file cannot be written.
 *
 * @example
 * import { createEmulator } from 'x-account-activity/emulator'
 * import { loadState, saveState } from 'x-account-activity/emulator/node'
 *
 * await saveState(createEmulator(), 'x.json')
 * const x = createEmulator({ state: await loadState('x.json') })
 */
export async function saveState(x: Pick<Emulator, 'save'>, path: string): Promise<void> {
  const unfinished = `${path}.unfinished`
  try {
    await writeFile(unfinished, JSON.stringify(x.save()))
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/**
 * Reads what `saveState` wrote: for `x.load()` or the option `state`, which check it.
 *
 * @throws Error when the file cannot be read.
 * @throws RangeError when it is not JSON.
 */
export async function loadState(path: string): Promise<SavedState> {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text) as SavedState
  } catch {
    throw new RangeError(`"${path}" must be JSON`)
  }
}
