import { expect, test } from 'vitest'
import { emulatedCli, webhookUrl } from '../../../../support/emulated-cli.ts'

test('subscribes, checks, lists, counts and removes a user', async () => {
  const { alice, run, json } = emulatedCli()
  const { id } = (await json(['webhooks', 'create', webhookUrl])) as { id: string }
  expect(await json(['subscriptions', 'check'])).toEqual({ webhookId: id, subscribed: false })
  expect(await json(['subscriptions', 'add'])).toEqual({ webhookId: id, outcome: 'created' })
  expect(await json(['subscriptions', 'add', id])).toEqual({ webhookId: id, outcome: 'present' })
  expect(await json(['subscriptions', 'check', id])).toEqual({ webhookId: id, subscribed: true })
  expect((await run(['subscriptions', 'list'])).stdout).toBe(`USER ID\n${alice.id}\n`)
  expect(await json(['subscriptions', 'count'])).toMatchObject({ subscriptionsCountAll: 1 })
  expect((await run(['subscriptions', 'count'])).stdout).toMatch(/: 1 of \d+ subscriptions\n$/)
  expect(await json(['subscriptions', 'remove', id, alice.id, '--yes'])).toEqual({
    webhookId: id,
    userId: alice.id,
    removed: true,
  })
  expect(await json(['subscriptions', 'list'])).toEqual({ webhookId: id, subscriptions: [] })
  expect(await run(['subscriptions', 'remove', alice.id, '--yes', '--json'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('SubscriptionNotFound'),
  })
})

test('acting for a user without a token ends with 4', async () => {
  const { run, env } = emulatedCli()
  const { X_ACCESS_TOKEN, ...keys } = env
  for (const command of ['add', 'check']) {
    expect(await run(['subscriptions', command, '7'], { env: keys })).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('no access token is set'),
    })
  }
})
