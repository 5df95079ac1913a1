import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Emulator } from './emulator.ts'
import type { SavedState } from './saved/saved-state.ts'

/**
 * Writes the state of an emulator to a file. The file is replaced as a whole: it is never incomplete.
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
 * Reads a state that `saveState()` wrote, for the option `state` or `x.load()`. Both check the content.
 *
 * @throws Error when the file cannot be read.
 * @throws RangeError when the file is not valid JSON.
 */
export async function loadState(path: string): Promise<SavedState> {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text) as SavedState
  } catch {
    throw new RangeError(`"${path}" must be a file with valid JSON`)
  }
}
