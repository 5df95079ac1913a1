import { describe, expect, it } from 'vitest'
import { createEmulator, type SavedState } from 'x-account-activity/emulator'
import { crcAnswer, EmulatorHarness, hookUrl } from '../../../support/emulator-harness.ts'

/** As it is after a trip to a file. */
function throughJson(state: SavedState): SavedState {
  return JSON.parse(JSON.stringify(state))
}

/** A harness in which a bit of everything has happened. */
async function lived(): Promise<EmulatorHarness> {
  const harness = new EmulatorHarness({ seed: 'lived', environments: ['dev'] })
  const { x } = harness
  const [alice, bob] = await harness.subscribed('alice', 'bob')
  const carol = x.addUser({ screenName: 'carol', protected: true, description: 'Quiet & shy', location: 'Graz' })
  const second = x.addApp({ name: 'Second', permissions: 'read', oauth2: true, deniedUsers: [carol] })
  harness.onCrc = (request) => crcAnswer(request, second.clientSecret ?? '')
  await harness.register(`${hookUrl}/2`, second)
  harness.onCrc = undefined
  await carol.authorize(second, { scopes: ['tweet.read', 'users.read'] })
  const post = await alice.post('Über @bob: https://example.com/a?b=c&d #fünf $ABC')
  await bob.reply(post, 'So it is')
  await bob.quote(post, 'Look')
  await bob.repost(post)
  await bob.like(post)
  await bob.deletePost(await bob.post('Oops'))
  await bob.follow(alice)
  await carol.mute(bob)
  await alice.block(carol)
  await alice.typing(bob)
  await bob.message(alice, 'Psst: https://example.com')
  await x.advance({ hours: 2 })
  await x.idle()
  return harness
}

/** The paths to everything in a value, but no more than two rows of each table. */
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
    // biome-ignore lint/suspicious/noExplicitAny: the tables are not for others to read, and are broken here.
    tables: Record<string, any>
  }) => unknown

  it.each<[string, Change, typeof TypeError | typeof RangeError, string]>([
    ['another version', (s) => (s.version = 2), RangeError, '"state.version" must be 1'],
    ['no version', (s) => (s.version = undefined), RangeError, '"state.version" must be 1'],
    ['more than a state', (s) => Object.assign(s, { more: 1 }), RangeError, '"state" must not have a member "more"'],
    ['no tables', (s) => Object.assign(s, { tables: null }), TypeError, '"state.tables" must be an object, got null'],
    ['a table more', (s) => (s.tables.lists = []), RangeError, '"state.tables" must not have a member "lists"'],
    ['a table less', (s) => delete s.tables.posts, TypeError, '"state.tables.posts" must be an array, got undefined'],
    ['a user less', (s) => (s.tables.users = s.tables.users.slice(1)), RangeError, 'must be an id in "users"'],
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
    ['no id', (s) => (s.tables.users[0].id = 'x'), RangeError, '"state.tables.users[0].id" must be an id of 1 to 19'],
    [
      'a prototype',
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
    ['less than nothing', (s) => (s.counters.ahead = -1), RangeError, '"state.counters.ahead" must be a whole number'],
    [
      'half an entity',
      (s) => (s.tables.posts[0].entities.hashtags[0].indices = [1]),
      RangeError,
      '"state.tables.posts[0].entities.hashtags[0].indices" must have two items, got 1',
    ],
    [
      'a permission that is none',
      (s) => (s.tables.apps[0].permissions = 'all'),
      RangeError,
      `"state.tables.apps[0].permissions" must be 'read' or 'read-write' or 'read-write-directmessages'`,
    ],
    [
      'a subscriber that is nobody',
      (s) => s.tables.webhooks[0].subscribers.push('1'),
      RangeError,
      '"state.tables.webhooks[0].subscribers[2]" must be an id in "users", got 1',
    ],
    [
      'a like of nothing',
      (s) => s.tables.users[0].likes.push('1'),
      RangeError,
      '"state.tables.users[0].likes[0]" must be an id in "posts", got 1',
    ],
  ])('is refused with %s', async (_, change, kind, message) => {
    const state = JSON.parse(JSON.stringify((await lived()).x.save()))
    change(state)
    const create = () => createEmulator({ state })
    expect(create).toThrow(kind)
    expect(create).toThrow(message)
  })

  const empty = {
    apps: [],
    webhooks: [],
    grants: [],
    bearers: [],
  }

  it.each([undefined, null, 5, 'state', [], {}].map((state) => [state]))('is refused: %j', async (state) => {
    const { x } = new EmulatorHarness()
    await expect(x.load(state as unknown as SavedState)).rejects.toThrow(/^"state/)
  })

  it('is refused for a value of the wrong type anywhere in it', async () => {
    const saved = throughJson((await lived()).x.save())
    const places = pathsIn(saved)
    expect(places.length).toBeGreaterThan(200)
    for (const path of places) {
      const create = () => createEmulator({ state: replaced(saved, path, { strange: [] }) as SavedState })
      expect(create, path.join('.')).toThrow(/^"state/)
    }
  })

  it('must not be given together with a seed', async () => {
    const state = (await lived()).x.save()
    expect(() => createEmulator({ state, seed: 5 })).toThrow('"seed" must not be given together with "state"')
  })
})
