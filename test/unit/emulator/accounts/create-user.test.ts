import { afterEach, describe, expect, it, vi } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

afterEach(() => void vi.unstubAllGlobals())

describe('addUser', () => {
  it('returns a user with the given members', () => {
    const { x } = new EmulatorHarness()
    const alice = x.addUser({ screenName: 'alice', name: 'Alice 🌻' })
    expect(alice).toMatchObject({ screenName: 'alice', name: 'Alice 🌻' })
    expect(alice.id).toMatch(/^\d{19}$/)
    expect(x.addUser({ screenName: 'constructor1' }).name).toBe('constructor1')
  })

  it.each<[unknown, typeof TypeError | typeof RangeError]>([
    [undefined, TypeError],
    ['alice', TypeError],
    [{}, TypeError],
    [{ screenName: '' }, RangeError],
    [{ screenName: '@alice' }, RangeError],
    [{ screenName: 'x'.repeat(16) }, RangeError],
    [{ screenName: 'ålice' }, RangeError],
    [{ screenName: 'taken' }, RangeError],
    [{ screenName: 'TAKEN' }, RangeError],
    [{ screenName: 'alice', name: '' }, RangeError],
    [{ screenName: 'alice', name: 'x'.repeat(51) }, RangeError],
    [{ screenName: 'alice', name: 5 }, TypeError],
    [{ screenName: 'alice', protected: 'yes' }, TypeError],
    [{ screenName: 'alice', url: null }, TypeError],
  ])('refuses %j', (user, error) => {
    const { x } = new EmulatorHarness()
    x.addUser({ screenName: 'taken' })
    expect(() => x.addUser(user as { screenName: string })).toThrow(error)
  })

  it.each(['__proto__', 'constructor', 'x'.repeat(15), '_', '0'])(
    'accepts the handle %s, and finds it in a mention',
    async (screenName) => {
      const { x } = new EmulatorHarness()
      const user = x.addUser({ screenName })
      const post = await x.addUser({ screenName: 'alice' }).post(`Hello @${screenName}`)
      expect(post.entities?.user_mentions?.map(({ id_str }) => id_str)).toEqual([user.id])
    },
  )
})
