import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFileRecoveryStore } from '../../../../src/stores/recovery/file-recovery-store.node.ts'
import { recoveryStoreContract } from '../../../../src/testing/recovery-store-contract.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const newPath = () => join(tempFolder(), 'recovery.json')

describe('createFileRecoveryStore, by the contract of a recovery store', () => {
  const createStore = () => createFileRecoveryStore({ path: newPath() })
  for (const { name, run } of recoveryStoreContract({ createStore, shared: false })) it(name, run)
})

describe('createFileRecoveryStore', () => {
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

  it.each([
    ['garbage', 'not json'],
    ['an empty file', ''],
    ['a file that is cut off', '[["1", {"aliveAt"'],
    ['an object', '{"1": 1}'],
    ['a list of something else', '[1, 2]'],
  ])('throws an error with the name of the file for %s, and keeps it beside the next one', async (_, text) => {
    const path = newPath()
    await writeFile(path, text)
    const store = createFileRecoveryStore({ path })
    await expect(store.get('1')).rejects.toMatchObject({
      name: 'StateLostError',
      isStateLost: true,
      message: expect.stringContaining(`The recovery file ${path} is not what a recovery has written`),
    })
    // Nothing is changed by reading.
    expect(await readFile(path, 'utf8')).toBe(text)
    expect(await store.compareAndSet?.('1', undefined, { aliveAt: 5 })).toBe(true)
    expect(await store.get('1')).toEqual({ aliveAt: 5 })
    const [kept] = (await readdir(join(path, '..'))).filter((name) => name !== 'recovery.json')
    expect(kept).toMatch(/^recovery\.json\.broken-\d{4}-\d\d-\d\dT[\d-]+Z$/)
    expect(await readFile(join(path, '..', kept ?? ''), 'utf8')).toBe(text)
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
