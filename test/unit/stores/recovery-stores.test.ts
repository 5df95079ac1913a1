import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMemoryRecoveryStore, type RecoveryStore } from 'x-account-activity/recovery'
import { createFileRecoveryStore } from 'x-account-activity/recovery/node'

async function makePath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recovery-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'recovery.json')
}

const stores: [string, () => Promise<RecoveryStore>][] = [
  ['in memory', async () => createMemoryRecoveryStore()],
  ['in a file', async () => createFileRecoveryStore(await makePath())],
]

describe.each(stores)('a recovery store %s', (_, create) => {
  it('has nothing under a key that was never set', async () => {
    const store = await create()
    for (const key of ['1', '__proto__', 'constructor', 'toString']) expect(await store.get(key)).toBeUndefined()
  })

  it('gives back what was set last, for each key', async () => {
    const store = await create()
    await store.set('1', { a: [1, 'ü', null] })
    await store.set('2', 'other')
    await store.set('1', { a: false })
    await store.set('__proto__', 0)
    expect(await store.get('1')).toEqual({ a: false })
    expect(await store.get('2')).toBe('other')
    expect(await store.get('__proto__')).toBe(0)
  })

  it('is not touched by what is done to a value afterwards', async () => {
    const store = await create()
    const value = { list: [1] }
    await store.set('1', value)
    value.list.push(2)
    ;((await store.get('1')) as typeof value).list.push(3)
    expect(await store.get('1')).toEqual({ list: [1] })
  })

  it('takes writes at the same time', async () => {
    const store = await create()
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.set(`key ${index}`, index)))
    for (let index = 0; index < 20; index += 1) expect(await store.get(`key ${index}`)).toBe(index)
  })
})

describe('a recovery store in a file', () => {
  it('is found by the next process, and leaves nothing else behind', async () => {
    const path = await makePath()
    await createFileRecoveryStore(path).set('1', { aliveAt: 5 })
    expect(await createFileRecoveryStore(path).get('1')).toEqual({ aliveAt: 5 })
    expect(await readdir(join(path, '..'))).toEqual(['recovery.json'])
    expect(await readFile(path, 'utf8')).toMatch(/\n$/)
  })

  it('is not led astray by the rest of a write that was cut off', async () => {
    const path = await makePath()
    const store = createFileRecoveryStore(path)
    await store.set('1', 'old')
    await writeFile(`${path}.draft`, '[["1", "ne')
    expect(await store.get('1')).toBe('old')
    await store.set('1', 'new')
    expect(await createFileRecoveryStore(path).get('1')).toBe('new')
  })

  it('rejects when the file cannot be read, and goes on afterwards', async () => {
    const path = await makePath()
    await writeFile(path, 'not json')
    const store = createFileRecoveryStore(path)
    await expect(store.get('1')).rejects.toThrow(SyntaxError)
    await writeFile(path, '[]')
    expect(await store.get('1')).toBeUndefined()
  })

  it('rejects when its folder is not there', async () => {
    await expect(createFileRecoveryStore(join(await makePath(), 'gone', 'x.json')).set('1', 1)).rejects.toThrow()
  })

  it.each([
    ['no path', undefined, TypeError],
    ['an empty path', '', RangeError],
  ])('throws on %s', (_, path, type) => {
    expect(() => createFileRecoveryStore(path as string)).toThrow(type)
  })
})
