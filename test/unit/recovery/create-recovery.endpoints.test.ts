import { expect, test, vi } from 'vitest'
import { createClient, createReceiver, type ReplayEndpoint } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { createMemoryRecoveryStore, createRecovery, type RecoveryStep } from 'x-account-activity/recovery'
import { VirtualTime } from '../../support/virtual-time.ts'
import { fetchOf } from '../../support/x-api.ts'

const [newer, older] = ['/2/webhooks/replay', '/2/account_activity/replay']

/** A receiver that is down for five hours, in which alice posts every half hour, and then recovers on the emulator. */
async function recover(endpoints: readonly ReplayEndpoint[], endpoint?: ReplayEndpoint) {
  let isUp = true
  const x = createEmulator({
    now: () => Date.UTC(2026, 10, 21, 9),
    fetch: async (request) => (isUp ? receiver.fetch(request) : new Response(null, { status: 500 })),
    retries: 'none',
    replay: { endpoints },
    onUnknownRequest: 'throw',
  })
  const posts: string[] = []
  const receiver = createReceiver({
    consumerSecret: x.app.consumerSecret,
    on: { tweet_create: (event) => void posts.push(event.payload.text ?? '') },
    now: () => x.now(),
  })
  const time = new VirtualTime(x)
  const onFallback = vi.fn()
  const { now, sleep } = time
  const client = createClient({ ...x.app, fetch: fetchOf(time.during(x.fetch)), now, hooks: { onFallback } })
  const webhook = await client.webhooks.create('https://app.example/webhook')
  const alice = x.addUser({ screenName: 'alice' })
  await client.subscriptions.create(webhook.id, { user: alice })
  const recovery = createRecovery({
    client,
    webhookId: webhook.id,
    receiver,
    store: createMemoryRecoveryStore(),
    now,
    sleep,
    ...(endpoint !== undefined && { endpoint }),
  })
  const from = new Date(x.now())
  isUp = false
  for (let count = 0; count < 10; count += 1) {
    await alice.post(`post ${count}`)
    await x.advance({ minutes: 30 })
  }
  isUp = true
  await recovery.report({ from, to: new Date(x.now()) })
  const steps: RecoveryStep[] = []
  const run = (async () => {
    for await (const step of recovery.run()) steps.push(step)
  })()
  let hasEnded = false
  const ended = run
    .catch(() => {})
    .then(() => {
      hasEnded = true
    })
  for (let minutes = 0; minutes < 600 && !hasEnded; minutes += 1) await time.pass(1)
  await ended
  const paths = x.requests.map(({ path }) => path).filter((path) => path.includes('replay'))
  return { run, posts, steps, paths, onFallback }
}

const expected = Array.from({ length: 10 }, (_, count) => `post ${count}`)
const pathsOf = (paths: readonly string[]) => paths.map((path) => (path.startsWith(newer) ? newer : older))

test.each([
  [['webhooks', 'account_activity'], undefined, [newer, newer, newer]],
  [['webhooks'], undefined, [newer, newer, newer]],
  [['account_activity'], undefined, [newer, older, older, older]],
  [['webhooks', 'account_activity'], 'account_activity', [older, older, older]],
  [['account_activity'], 'account_activity', [older, older, older]],
] as const)('a server with %j and the option endpoint %s is asked on %j', async (endpoints, endpoint, asked) => {
  const { run, posts, steps, paths, onFallback } = await recover(endpoints, endpoint)
  await run
  expect(posts).toEqual(expected)
  expect(steps.at(-1)).toMatchObject({ type: 'done', lost: [] })
  expect(pathsOf(paths)).toEqual(asked)
  expect(onFallback).toHaveBeenCalledTimes(new Set(asked).size - 1)
})

test.each([
  [[], undefined, 'neither'],
  [['account_activity'], 'webhooks', "{ endpoint: 'account_activity' }"],
] as const)('a server with %j ends a recovery with the option endpoint %s', async (endpoints, endpoint, hint) => {
  const { run, posts } = await recover(endpoints, endpoint)
  await expect(run).rejects.toMatchObject({ reason: 'NotFound', hint: expect.stringContaining(hint) })
  expect(posts).toEqual([])
})
