import { expect, it } from 'vitest'
import type { RecoveryStore } from 'x-account-activity/recovery'

/** What every recovery store must do, as tests. */
export function itIsARecoveryStore(create: () => RecoveryStore | Promise<RecoveryStore>): void {
  it('returns undefined for a key that was never set', async () => {
    const store = await create()
    for (const key of ['1', '__proto__', 'constructor', 'toString']) expect(await store.get(key)).toBeUndefined()
  })

  it('returns the value that was set last, for each key', async () => {
    const store = await create()
    await store.set('1', { a: [1, 'ü', null] })
    await store.set('2', 'other')
    await store.set('1', { a: false })
    await store.set('__proto__', 0)
    expect(await store.get('1')).toEqual({ a: false })
    expect(await store.get('2')).toBe('other')
    expect(await store.get('__proto__')).toBe(0)
  })

  it('is not affected by later changes to a value', async () => {
    const store = await create()
    const value = { list: [1] }
    await store.set('1', value)
    value.list.push(2)
    ;((await store.get('1')) as typeof value).list.push(3)
    expect(await store.get('1')).toEqual({ list: [1] })
  })

  it('accepts writes at the same time', async () => {
    const store = await create()
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.set(`key ${index}`, index)))
    for (let index = 0; index < 20; index += 1) expect(await store.get(`key ${index}`)).toBe(index)
  })
}
