import { expect, test } from 'vitest'
import { emulatedCli, webhookUrl } from '../../../support/emulated-cli.ts'

async function setUp() {
  const cli = emulatedCli()
  const { alice, bob, json } = cli
  const { id } = (await json(['webhooks', 'create', webhookUrl])) as { id: string }
  const entry = ({ accessToken, accessTokenSecret }: typeof alice) => ({ accessToken, accessTokenSecret })
  await json(['subscriptions', 'add'])
  const subscribed = async () => {
    const list = (await json(['subscriptions', 'list'])) as { subscriptions: { userId: string }[] }
    return list.subscriptions.map(({ userId }) => userId)
  }
  return {
    ...cli,
    id,
    subscribed,
    onlyBob: JSON.stringify([entry(bob)]),
    stdin: JSON.stringify([entry(alice), entry(bob)]),
  }
}

test('without a terminal and without --yes, shows the plan, ends with 1 and changes nothing', async () => {
  const { alice, bob, id, run, subscribed, stdin } = await setUp()
  const { code, stdout, stderr } = await run(['subscriptions', 'sync', '-'], { stdin })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toBe(
    `Webhook ${id}:\n  subscribe: 1 (${bob.id})\n  unchanged: 1\n` +
      'error: Without a terminal, the plan cannot be confirmed. Nothing was changed.\n' +
      'Pass --yes to apply the plan, or --dry-run to see it only.\n',
  )
  expect(await subscribed()).toEqual([alice.id])
})

test('--dry-run prints the plan and ends with 3 where something is to be changed', async () => {
  const { alice, bob, id, run, subscribed, onlyBob } = await setUp()
  const { code, stdout } = await run(['subscriptions', 'sync', id, '-', '--dry-run', '--prune', '--json'], {
    stdin: onlyBob,
  })
  expect({ code, ...JSON.parse(stdout) }).toEqual({
    code: 3,
    webhookId: id,
    plan: { subscribe: [bob.id], unsubscribe: [alice.id], unchanged: [], surplus: [alice.id] },
    applied: false,
  })
  expect(await subscribed()).toEqual([alice.id])
})

test('--yes applies the plan, and a second run changes nothing', async () => {
  const { alice, bob, id, run, subscribed, stdin } = await setUp()
  const first = await run(['subscriptions', 'sync', '-', '--yes', '--json'], { stdin })
  expect({ code: first.code, ...JSON.parse(first.stdout) }).toEqual({
    code: 0,
    webhookId: id,
    plan: { subscribe: [bob.id], unsubscribe: [], unchanged: [alice.id], surplus: [] },
    applied: true,
    subscribed: [bob.id],
    unsubscribed: [],
    failed: [],
  })
  expect(await subscribed()).toEqual([alice.id, bob.id])
  const second = await run(['subscriptions', 'sync', '-', '--dry-run'], { stdin })
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing needs to be changed.') })
})

test('asks in a terminal', async () => {
  const { alice, bob, run, subscribed, onlyBob } = await setUp()
  const answer = (isYes: boolean) => ({
    stdin: onlyBob,
    isInteractive: true,
    isTerminal: true,
    prompts: { text: () => Promise.reject(new Error('No text is asked for.')), confirm: async () => isYes },
  })
  expect(await run(['subscriptions', 'sync', '-', '--prune'], answer(false))).toMatchObject({ code: 1, stdout: '' })
  expect(await subscribed()).toEqual([alice.id])
  const { code, stdout, stderr } = await run(['subscriptions', 'sync', '-', '--prune'], answer(true))
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Subscribed 1, unsubscribed 1, failed 0.\n' })
  expect(stderr).toMatch(/Syncing █+ 2 of 2/)
  expect(await subscribed()).toEqual([bob.id])
})

test('a user that X refuses is named with the reason, and the command ends with 1', async () => {
  const { bob, run, stdin } = await setUp()
  const broken = stdin.replace(bob.accessTokenSecret, 'hush')
  const { code, stdout, stderr } = await run(['subscriptions', 'sync', '-', '--yes'], { stdin: broken })
  expect(code).toBe(1)
  expect(stdout).toMatch(new RegExp(`failed 1\\.\n  ${bob.id}: subscribe failed \\(Unauthorized\\)`))
  expect(stdout + stderr).not.toMatch(/hush/)
})
