import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { normalise } from './support/normalise.ts'
import { emptyFolder, runCli } from './support/run-cli.ts'
import { startEmulator, webhookUrl } from './support/serve-emulator.ts'

test.each([
  ['v2', []],
  ['enterprise', ['--api', 'enterprise']],
  ['premium', ['--api', 'premium', '--environment', 'production']],
])('a webhook and its subscriptions with %s', async (_, flags) => {
  const { x, alice, env } = await startEmulator({ environments: ['production'] })
  // Version 1.1 registers webhooks for the owner of the app.
  const owner = { ...env, X_ACCESS_TOKEN: x.app.accessToken, X_ACCESS_TOKEN_SECRET: x.app.accessTokenSecret }
  const outputs: Record<string, unknown> = {}
  const run = async (args: string[], as = env) => {
    const { code, stdout, stderr } = await runCli([...args, ...flags, '--json'], { env: as })
    const name = args
      .join(' ')
      .replace(webhookUrl, '<url>')
      .replaceAll(/\d{15,19}/g, '<id>')
    outputs[name] = { code, ...JSON.parse(normalise(stdout)) }
    expect(stderr, name).not.toMatch(/error/)
    return JSON.parse(stdout)
  }
  await run(['webhooks', 'list'])
  await run(['webhooks', 'create', webhookUrl], owner)
  const [webhook] = (await run(['webhooks', 'list'])).webhooks
  await run(['webhooks', 'validate'], owner)
  await run(['subscriptions', 'add'])
  await run(['subscriptions', 'check'])
  await run(['subscriptions', 'list', webhook.id])
  await run(['subscriptions', 'count'])
  await run(['subscriptions', 'remove', webhook.id, alice.id, '--yes'])
  await run(['webhooks', 'delete', webhook.id, '--yes'], owner)
  expect(outputs).toMatchSnapshot()
  expect(x.webhooks).toEqual([])
})

test('tables are aligned, and the data is all that is on standard output', async () => {
  const { env } = await startEmulator()
  expect(await runCli(['webhooks', 'list'], { env })).toEqual({
    code: 0,
    stdout: '',
    stderr: 'The app has no webhook. Register one: x-account-activity webhooks create <url>\n',
  })
  await runCli(['webhooks', 'create', webhookUrl], { env })
  const { stdout } = await runCli(['webhooks', 'list'], { env })
  const [header = '', row = ''] = stdout.split('\n')
  for (const [title, value] of [
    ['VALID', 'yes'],
    ['URL', webhookUrl],
  ] as const) {
    expect(row.indexOf(value)).toBe(header.indexOf(title))
  }
  expect(row).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d UTC$/)
})

test('an error of X ends with 1, and credentials that X refuses with 4', async () => {
  const { env } = await startEmulator()
  const unknown = await runCli(['webhooks', 'delete', '7', '--yes', '--json'], { env })
  expect({ code: unknown.code, ...JSON.parse(unknown.stderr) }).toMatchObject({
    code: 1,
    error: { code: 'api', reason: 'WebhookIdInvalid', message: expect.any(String), hint: expect.any(String) },
  })
  const refused = await runCli(['webhooks', 'list', '--json'], { env: { ...env, X_CONSUMER_SECRET: 'hush' } })
  expect(refused).toMatchObject({ code: 4, stdout: '' })
  expect(refused.stderr).not.toMatch(/hush/)
  const wrongUrl = await runCli(['webhooks', 'create', 'app.example'], { env })
  expect(wrongUrl).toMatchObject({ code: 2, stderr: expect.stringContaining('is not a URL') })
})

test('subscriptions sync reads JSON and CSV, and changes nothing before it is allowed to', async () => {
  const { alice, bob, env } = await startEmulator()
  await runCli(['webhooks', 'create', webhookUrl], { env })
  const cwd = emptyFolder()
  const users = [alice, bob].map(({ accessToken, accessTokenSecret }) => ({ accessToken, accessTokenSecret }))
  writeFileSync(join(cwd, 'users.json'), JSON.stringify(users))
  const rows = users.map(({ accessToken, accessTokenSecret }) => `${accessToken},${accessTokenSecret}\n`)
  writeFileSync(join(cwd, 'users.csv'), `accessToken,accessTokenSecret\n${rows.join('')}`)
  const sync = (...args: string[]) => runCli(['subscriptions', 'sync', ...args], { env, cwd })
  expect(await sync('users.json')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--yes') })
  const planned = await sync('users.csv', '--dry-run', '--json')
  expect({ code: planned.code, ...JSON.parse(normalise(planned.stdout)) }).toMatchSnapshot('--dry-run')
  const applied = await sync('users.csv', '--yes', '--json')
  expect({ code: applied.code, ...JSON.parse(normalise(applied.stdout)) }).toMatchSnapshot('--yes')
  expect(await sync('users.json', '--dry-run')).toMatchObject({ code: 0 })
  for (const { accessToken, accessTokenSecret } of users) {
    for (const secret of [accessToken, accessTokenSecret])
      expect(JSON.stringify([planned, applied])).not.toContain(secret)
  }
})
