import { expect, test, vi } from 'vitest'
import { createClient, createReceiver } from 'x-account-activity'
import { createEmulator, type ReplayOptions } from 'x-account-activity/emulator'

const start = Date.UTC(2026, 10, 21, 10)
const minute = 60_000

/** An app whose user posts at 10:00:00, 10:01:00, 10:01:59.999, 10:02:00 and 10:02:59.999. The time is then 12:00. */
async function afterPosts(replay: ReplayOptions) {
  let now = start
  const x = createEmulator({
    now: () => now,
    fetch: (request) => receiver.fetch(request),
    onUnknownRequest: 'throw',
    replay,
  })
  const receiver = createReceiver({ consumerSecret: x.app.consumerSecret })
  const onFallback = vi.fn()
  const client = createClient({ ...x.app, fetch: x.fetch, now: () => now, hooks: { onFallback } })
  const { id } = await client.webhooks.create('https://app.example/webhook')
  const alice = x.addUser({ screenName: 'alice' })
  await client.subscriptions.create(id, { user: alice })
  for (const ms of [0, minute, 2 * minute - 1, 2 * minute, 3 * minute - 1]) {
    now = start + ms
    await alice.post(String(ms))
    await x.idle()
  }
  now = start + 120 * minute
  const replayed = async () => {
    await x.idle()
    const bodies = x.deliveries.filter(({ kind }) => kind === 'replay').map(({ body }) => JSON.parse(body))
    return bodies.map(({ tweet_create_events: [post] }) => Number(post.text))
  }
  const paths = () => x.requests.map(({ path }) => path).filter((path) => path.includes('replay'))
  return { client, id, onFallback, replayed, paths }
}

const window = { from: new Date(start + minute), to: new Date(start + 2 * minute) }
const [newer, older] = ['/2/webhooks/replay', '/2/account_activity/replay']

test.each([
  ['a server with both endpoints', {}, [newer]],
  ['a server with the newer endpoint', { endpoints: ['webhooks'] }, [newer]],
  ['a server with the older endpoint', { endpoints: ['account_activity'] }, [newer, older]],
] as const)('a window means the same for %s', async (_, replay, asked) => {
  const { client, id, onFallback, replayed, paths } = await afterPosts(replay)
  await client.replay.create(id, window)
  // Included: what happened at `from`. Not included: what happened at `to`.
  expect(await replayed()).toEqual([minute, 2 * minute - 1])
  expect(paths().map((path) => asked.find((name) => path.startsWith(name)))).toEqual(asked)
  expect(onFallback).toHaveBeenCalledTimes(asked.length - 1)
})

test('the older endpoint of a server is remembered', async () => {
  const { client, id, onFallback, replayed, paths } = await afterPosts({ endpoints: ['account_activity'] })
  for (const minutes of [0, 1, 2]) {
    await client.replay.create(id, {
      from: new Date(start + minutes * minute),
      to: new Date(start + (minutes + 1) * minute),
    })
    await replayed()
  }
  expect(await replayed()).toEqual([0, minute, 2 * minute - 1, 2 * minute, 3 * minute - 1])
  expect(paths().map((path) => path.startsWith(newer))).toEqual([true, false, false, false])
  expect(onFallback.mock.calls).toEqual([[{ endpoint: 'replay.create', missingPath: newer, usedPath: older }]])
})

test.each([
  ['webhooks', 'account_activity'],
  ['account_activity', 'webhooks'],
] as const)('the endpoint %s is not replaced by the other one', async (missing, other) => {
  const { client, id, onFallback, paths } = await afterPosts({ endpoints: [other] })
  await expect(client.replay.create(id, window, { endpoint: missing })).rejects.toMatchObject({
    name: 'ApiError',
    reason: 'NotFound',
    status: 404,
    hint: expect.stringContaining(`{ endpoint: '${other}' }`),
  })
  expect(paths()).toHaveLength(1)
  expect(onFallback).not.toHaveBeenCalled()
})

test('a server without replays is named in the hint', async () => {
  const { client, id } = await afterPosts({ endpoints: [] })
  await expect(client.replay.create(id, window)).rejects.toMatchObject({
    reason: 'NotFound',
    hint: expect.stringContaining('neither /2/webhooks/replay nor /2/account_activity/replay'),
  })
})
