import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFileRecoveryStore } from '../../../../src/stores/recovery/file-recovery-store.node.ts'
import { itIsARecoveryStore } from '../../../support/recovery-store-cases.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const newPath = () => join(tempFolder(), 'recovery.json')

describe('createFileRecoveryStore', () => {
  itIsARecoveryStore(() => createFileRecoveryStore({ path: newPath() }))

  it('returns the values of an earlier process, and leaves no other files', async () => {
    const path = newPath()
    await createFileRecoveryStore({ path }).set('1', { aliveAt: 5 })
    expect(await createFileRecoveryStore({ path }).get('1')).toEqual({ aliveAt: 5 })
    expect(await readdir(join(path, '..'))).toEqual(['recovery.json'])
    expect(await readFile(path, 'utf8')).toMatch(/\n$/)
  })

  it('ignores what an interrupted write has left', async () => {
    const path = newPath()
    const store = createFileRecoveryStore({ path })
    await store.set('1', 'old')
    await writeFile(`${path}.draft`, '[["1", "ne')
    expect(await store.get('1')).toBe('old')
    await store.set('1', 'new')
    expect(await createFileRecoveryStore({ path }).get('1')).toBe('new')
  })

  it('rejects while the file is not valid JSON, and works again afterwards', async () => {
    const path = newPath()
    await writeFile(path, 'not json')
    const store = createFileRecoveryStore({ path })
    await expect(store.get('1')).rejects.toThrow(SyntaxError)
    await writeFile(path, '[]')
    expect(await store.get('1')).toBeUndefined()
  })

  it('rejects when the directory does not exist', async () => {
    const path = join(tempFolder(), 'missing', 'recovery.json')
    await expect(createFileRecoveryStore({ path }).set('1', 1)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it.each([
    ['recovery.json', new TypeError(`"options" must be an object, such as { path: 'recovery.json' }, got string`)],
    [undefined, new TypeError(`"options" must be an object, such as { path: 'recovery.json' }, got undefined`)],
    [null, new TypeError(`"options" must be an object, such as { path: 'recovery.json' }, got null`)],
    [{}, new TypeError('"path" must be a string, got undefined')],
    [{ path: 1 }, new TypeError('"path" must be a string, got number')],
    [{ path: '' }, new RangeError('"path" must not be empty')],
  ])('refuses %j', (options, error) => {
    expect(() => createFileRecoveryStore(options as never)).toThrow(error)
  })
})
