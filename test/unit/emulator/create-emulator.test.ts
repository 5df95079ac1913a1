import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEmulator, type EmulatorOptions } from 'x-account-activity/emulator'
import { EmulatorHarness, start } from '../../support/emulator-harness.ts'

afterEach(() => void vi.unstubAllGlobals())

describe('createEmulator', () => {
  it.each<[unknown, typeof TypeError | typeof RangeError, string]>([
    [null, TypeError, '"options" must be an object, got null'],
    [{ tier: 'gold' }, RangeError, '"tier" must be'],
    [{ tier: '__proto__' }, RangeError, '"tier" must be'],
    [{ tier: 1 }, TypeError, '"tier" must be'],
    [{ limits: 5 }, TypeError, '"limits" must be an object'],
    [{ limits: { webhooks: -1 } }, RangeError, '"limits.webhooks"'],
    [{ limits: { webhooks: Number.NaN } }, RangeError, '"limits.webhooks"'],
    [{ limits: { subscriptions: Number.POSITIVE_INFINITY } }, RangeError, '"limits.subscriptions"'],
    [{ limits: { subscriptions: '5' } }, TypeError, '"limits.subscriptions"'],
    [{ fetch: 'fetch' }, TypeError, '"fetch" must be a function'],
    [{ now: 5 }, TypeError, '"now" must be a function'],
    [{ now: () => Number.NaN }, RangeError, '"now" must return'],
    [{ seed: Number.NaN }, RangeError, '"seed" must be a finite number'],
    [{ seed: {} }, TypeError, '"seed" must be a number or a string'],
    [{ strict: 'yes' }, TypeError, '"strict" must be a boolean'],
  ])('refuses %j', (options, kind, message) => {
    const create = () => createEmulator(options as EmulatorOptions)
    expect(create).toThrow(kind)
    expect(create).toThrow(message)
  })

  it('sends by the global fetch, looked up when it is needed', async () => {
    const x = createEmulator({ now: () => start })
    const asked: Request[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      asked.push(request)
      return new Response()
    })
    await x.fetch('https://api.x.com/2/webhooks', {
      method: 'POST',
      headers: { authorization: `Bearer ${x.app.bearerToken}` },
      body: '{"url":"https://hook.example.com/x"}',
    })
    expect(asked.map(({ url }) => new URL(url).host)).toEqual(['hook.example.com'])
  })

  it('tells the time of the machine unless another is injected', () => {
    expect(createEmulator({ now: () => start }).now()).toBe(start)
    const before = Date.now()
    const now = createEmulator().now()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })
})

describe('a seed', () => {
  /** Everything that leaves an emulator in one story. */
  async function play(seed?: number | string): Promise<string[]> {
    const harness = new EmulatorHarness(seed === undefined ? {} : { seed })
    const [alice, bob] = await harness.subscribed('alice', 'bob')
    const post = await alice.post('Hello @bob, see https://example.com')
    await bob.like(post)
    await harness.x.advance({ minutes: 1 })
    await bob.message(alice, 'Seen https://example.com')
    const crc = harness.challenges.map(({ url }) => url)
    const keys = [JSON.stringify(harness.x.app), alice.accessToken, alice.accessTokenSecret, alice.oauth2Token]
    return [...keys, ...crc, ...(await harness.flush()).map(({ body }) => body)]
  }

  it('and a clock make the same bytes each time', async () => {
    expect(await play('a')).toEqual(await play('a'))
    expect(await play()).toEqual(await play(0))
  })

  it('makes other keys, tokens and links than another seed', async () => {
    const [first, second] = [await play(1), await play(2)]
    for (const index of [0, 1, 2, 3, 4]) expect(first[index]).not.toBe(second[index])
  })
})

describe('apps', () => {
  it('have the keys that X gives out, each its own', () => {
    const { x } = new EmulatorHarness()
    expect(x.app).toEqual({
      id: expect.stringMatching(/^\d+$/),
      name: expect.any(String),
      consumerKey: expect.stringMatching(/^[A-Za-z0-9]{25}$/),
      consumerSecret: expect.stringMatching(/^[A-Za-z0-9]{50}$/),
      bearerToken: expect.stringMatching(/^A{21}[A-Za-z0-9%]+$/),
      accessToken: expect.stringMatching(/^\d{19}-[A-Za-z0-9]{40}$/),
      accessTokenSecret: expect.stringMatching(/^[A-Za-z0-9]{45}$/),
    })
    const other = x.addApp({ name: 'Other' })
    expect(other.name).toBe('Other')
    const values = [x.app, other].flatMap(({ name: _, clientSecret: __, ...keys }) => Object.values(keys))
    expect(new Set(values).size).toBe(values.length)
  })
})

describe('users', () => {
  it('have what they are given', () => {
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
  ])('%j does not join', (user, error) => {
    const { x } = new EmulatorHarness()
    x.addUser({ screenName: 'taken' })
    expect(() => x.addUser(user as { screenName: string })).toThrow(error)
  })

  it.each(['__proto__', 'constructor', 'x'.repeat(15), '_', '0'])(
    '%s joins, and is found by name',
    async (screenName) => {
      const { x } = new EmulatorHarness()
      const user = x.addUser({ screenName })
      const post = await x.addUser({ screenName: 'alice' }).post(`Hello @${screenName}`)
      expect(post.entities?.user_mentions?.map(({ id_str }) => id_str)).toEqual([user.id])
    },
  )
})
