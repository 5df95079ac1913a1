import { describe, expect, it } from 'vitest'
import { createEmulator, type SavedState } from 'x-account-activity/emulator'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'
import { createFilledHarness, throughJson } from '../../../support/emulator-saved.ts'

/** The paths to all members of a value, and to at most two rows of each table. */
function pathsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Object.entries(value).slice(0, Array.isArray(value) ? 2 : undefined)
  return [path, ...entries.flatMap(([name, member]) => pathsIn(member, [...path, name]))]
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  const held = value as Record<string, unknown>
  const member = replaced(held[name], rest, by)
  return Array.isArray(value) ? value.with(Number(name), member) : { ...held, [name]: member }
}

describe('an invalid state', () => {
  type Change = (state: {
    version: unknown
    counters: Record<string, unknown>
    // biome-ignore lint/suspicious/noExplicitAny: the tables have no public type, and are damaged here.
    tables: Record<string, any>
  }) => unknown

  it.each<[string, Change, typeof TypeError | typeof RangeError, string]>([
    ['another version', (s) => (s.version = 2), RangeError, '"state.version" must be 1'],
    ['no version', (s) => (s.version = undefined), RangeError, '"state.version" must be 1'],
    ['an unknown member', (s) => Object.assign(s, { more: 1 }), RangeError, '"state" must not have a member "more"'],
    ['no tables', (s) => Object.assign(s, { tables: null }), TypeError, '"state.tables" must be an object, got null'],
    ['an unknown table', (s) => (s.tables.lists = []), RangeError, '"state.tables" must not have a member "lists"'],
    [
      'a missing table',
      (s) => delete s.tables.posts,
      TypeError,
      '"state.tables.posts" must be an array, got undefined',
    ],
    ['a missing user', (s) => (s.tables.users = s.tables.users.slice(1)), RangeError, 'must be an id in "users"'],
    [
      'a user twice',
      (s) => s.tables.users.push(s.tables.users[0]),
      RangeError,
      '"state.tables.users" must not contain a key twice',
    ],
    [
      'a handle twice',
      (s) => (s.tables.users[1].screenName = 'APP_OWNER'),
      RangeError,
      '"state.tables.users" must not hold a handle twice',
    ],
    ['no app', (s) => Object.assign(s.tables, empty), RangeError, '"state.tables.apps" must not be empty'],
    [
      'a number for an id',
      (s) => (s.tables.users[0].id = 5),
      TypeError,
      '"state.tables.users[0].id" must be a string, got number',
    ],
    [
      'a text for an id',
      (s) => (s.tables.users[0].id = 'x'),
      RangeError,
      '"state.tables.users[0].id" must be an id of 1 to 19',
    ],
    [
      'a member named __proto__',
      (s) => Object.assign(s.tables, JSON.parse('{"users":[{"__proto__":{}}]}')),
      RangeError,
      '"state.tables.users[0]" must not have a member "__proto__"',
    ],
    [
      'a fraction',
      (s) => (s.tables.posts[0].likes = 0.5),
      RangeError,
      '"state.tables.posts[0].likes" must be a whole number, got 0.5',
    ],
    ['a negative number', (s) => (s.counters.ahead = -1), RangeError, '"state.counters.ahead" must be a whole number'],
    [
      'one index instead of two',
      (s) => (s.tables.posts[0].entities.hashtags[0].indices = [1]),
      RangeError,
      '"state.tables.posts[0].entities.hashtags[0].indices" must have two items, got 1',
    ],
    [
      'an unknown permission',
      (s) => (s.tables.apps[0].permissions = 'all'),
      RangeError,
      `"state.tables.apps[0].permissions" must be 'read' or 'read-write' or 'read-write-directmessages'`,
    ],
    [
      'an unknown subscriber',
      (s) => s.tables.webhooks[0].subscribers.push('1'),
      RangeError,
      '"state.tables.webhooks[0].subscribers[2]" must be an id in "users", got 1',
    ],
    [
      'a like of an unknown post',
      (s) => s.tables.users[0].likes.push('1'),
      RangeError,
      '"state.tables.users[0].likes[0]" must be an id in "posts", got 1',
    ],
  ])('is refused with %s', async (_, change, kind, message) => {
    const state = JSON.parse(JSON.stringify((await createFilledHarness()).x.save()))
    change(state)
    const create = () => createEmulator({ state })
    expect(create).toThrow(kind)
    expect(create).toThrow(message)
  })

  const empty = {
    apps: [],
    webhooks: [],
    grants: [],
    oauth2Sessions: [],
    bearers: [],
  }

  it.each([undefined, null, 5, 'state', [], {}].map((state) => [state]))('is refused: %j', async (state) => {
    const { x } = new EmulatorHarness()
    await expect(x.load(state as unknown as SavedState)).rejects.toThrow(/^"state/)
  })

  it('is refused for a value of the wrong type anywhere in it', async () => {
    const saved = throughJson((await createFilledHarness()).x.save())
    const places = pathsIn(saved)
    expect(places.length).toBeGreaterThan(200)
    for (const path of places) {
      const create = () => createEmulator({ state: replaced(saved, path, { strange: [] }) as SavedState })
      expect(create, path.join('.')).toThrow(/^"state/)
    }
  })

  it('must not be given together with a seed', async () => {
    const state = (await createFilledHarness()).x.save()
    expect(() => createEmulator({ state, seed: 5 })).toThrow('"seed" must not be given together with "state"')
  })
})
