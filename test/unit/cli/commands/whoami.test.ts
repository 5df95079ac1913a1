import { expect, test } from 'vitest'
import { emulatedCli } from '../../../support/emulated-cli.ts'
import { runCommand } from '../../../support/run-command.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

test('lists where each credential comes from, and no part of it', async () => {
  const cwd = tempFolder({ '.env': 'X_CONSUMER_SECRET=hush-2' })
  const options = { cwd, env: { X_CONSUMER_KEY: 'hush-1' } }
  const { code, stdout, stderr } = await runCommand(['whoami'], options)
  expect(code).toBe(0)
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    'NAME                   FROM',
    'X_CONSUMER_KEY         the environment',
    'X_CONSUMER_SECRET      .env',
    'X_BEARER_TOKEN         not set',
  ])
  expect(stderr).toMatch(/Calls go to https:\/\/api\.x\.com\./)
  const asJson = await runCommand(['whoami', '--json'], options)
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    baseUrl: 'https://api.x.com',
    credentials: expect.arrayContaining([{ name: 'X_CONSUMER_SECRET', source: '.env' }]),
    warnings: [expect.stringContaining('Check that they belong together.')],
  })
  expect(`${stdout}${stderr}${asJson.stdout}${asJson.stderr}`).not.toMatch(/hush/)
})

test('--check tries the app and the user', async () => {
  const { alice, run } = emulatedCli()
  const { code, stdout } = await run(['whoami', '--check', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout).checks).toEqual([
    { id: 'app', ok: true, seen: 'X accepted the app. Its webhooks: 0.' },
    { id: 'user', ok: true, seen: `X accepted the user: @alice, ${alice.id}.` },
  ])
  expect((await run(['whoami', '--check'])).stdout).toMatch(/\nok {2}X accepted the app\. Its webhooks: 0\.\n/)
})

test('--check ends with 4 when X refuses something, also a bearer token that the client would replace', async () => {
  const { run, env } = emulatedCli()
  const checksWith = async (changes: Record<string, string>) => {
    const { code, stdout } = await run(['whoami', '--check', '--json'], { env: { ...env, ...changes } })
    return { code, checks: JSON.parse(stdout).checks }
  }
  expect(await checksWith({ X_BEARER_TOKEN: 'stale' })).toMatchObject({
    code: 4,
    checks: [
      { id: 'app', ok: false, seen: 'X refused X_BEARER_TOKEN, and accepted the keys of the app.' },
      { ok: true },
    ],
  })
  expect(await checksWith({ X_ACCESS_TOKEN: '1-stale' })).toMatchObject({
    code: 4,
    checks: [{ ok: true }, { id: 'user', ok: false, seen: 'X refused the token of the user with HTTP 401.' }],
  })
  expect(await checksWith({ X_CONSUMER_SECRET: 'stale' })).toMatchObject({
    code: 4,
    checks: [{ ok: false }, { ok: false }],
  })
})
