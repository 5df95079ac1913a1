import { expect, test } from 'vitest'
import { emulatedCli } from '../../../support/emulated-cli.ts'

test('each API gets its own calls', async () => {
  const { x, run } = emulatedCli({ environments: ['production'] })
  for (const flags of [
    [],
    ['--api', 'v2'],
    ['--api', 'enterprise'],
    ['--api', 'premium', '--environment', 'production'],
  ]) {
    expect(await run(['webhooks', 'list', ...flags, '--json'])).toMatchObject({ code: 0, stdout: '{"webhooks":[]}\n' })
  }
  expect(x.requests.map(({ path }) => path).filter((path) => path.includes('webhooks'))).toEqual([
    '/2/webhooks',
    '/2/webhooks',
    '/1.1/account_activity/webhooks.json',
    '/1.1/account_activity/all/production/webhooks.json',
  ])
})

test('the premium API needs an environment, and the others have none', async () => {
  const { run } = emulatedCli()
  expect(await run(['webhooks', 'list', '--api', 'premium'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--api premium needs an environment.'),
  })
  expect(await run(['webhooks', 'list', '--environment', 'dev'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Only --api premium has an --environment.'),
  })
})

test('credentials that are missing or refused end with 4', async () => {
  const { run, env } = emulatedCli()
  expect(await run(['webhooks', 'list'], { env: {} })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('X_CONSUMER_KEY is not set.'),
  })
  const refused = await run(['webhooks', 'list', '--json'], { env: { ...env, X_CONSUMER_SECRET: 'wrong-secret' } })
  expect(refused.code).toBe(4)
  expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'api', hint: expect.any(String) } })
  expect(refused.stderr).not.toMatch(/wrong-secret/)
})
