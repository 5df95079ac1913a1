import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmulator } from 'x-account-activity/emulator'
import { loadState, saveState } from 'x-account-activity/emulator/node'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('a state in a file', () => {
  it('is read as it was written, also after it was replaced', async () => {
    const path = join(folder, 'x.json')
    const x = createEmulator()
    await saveState(x, path)
    x.addUser({ screenName: 'alice' })
    await saveState(x, path)
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(x.save())
    const again = createEmulator({ state: await loadState(path) })
    expect(again.user('alice')?.accessToken).toBe(x.user('alice')?.accessToken)
    expect(await readdir(folder)).toEqual(['x.json'])
  })

  it('is not written without its folder, and leaves no other file', async () => {
    await expect(saveState(createEmulator(), join(folder, 'gone', 'x.json'))).rejects.toThrow('ENOENT')
    await expect(saveState(createEmulator(), folder)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/)
    expect(await readdir(folder)).toEqual([])
    await expect(loadState(join(folder, 'x.json'))).rejects.toThrow('ENOENT')
  })

  it('must be valid JSON, and a valid state', async () => {
    const path = join(folder, 'x.json')
    await writeFile(path, '{"version":')
    await expect(loadState(path)).rejects.toThrow(RangeError)
    await expect(loadState(path)).rejects.toThrow(`"${path}" must be a file with valid JSON`)
    await writeFile(path, '{}')
    const state = await loadState(path)
    expect(() => createEmulator({ state })).toThrow('"state.version" must be 1')
  })
})
