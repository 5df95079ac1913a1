import { expect, test } from 'vitest'
import { emulatedCli, webhookUrl } from '../../../../support/emulated-cli.ts'

test('lists webhooks as a table, and says what to do where there are none', async () => {
  const { run, json } = emulatedCli({ now: () => Date.UTC(2026, 10, 29, 10) })
  expect(await run(['webhooks', 'list'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'The app has no webhook. Register one: x-account-activity webhooks create <url>\n',
  })
  const { id } = (await json(['webhooks', 'create', webhookUrl])) as { id: string }
  const { stdout } = await run(['webhooks', 'list'])
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    `${'ID'.padEnd(id.length)}  VALID  ${'URL'.padEnd(webhookUrl.length)}  CREATED`,
    expect.stringContaining(`${id}  yes    ${webhookUrl}  2026-11-29 `),
  ])
  expect(await json(['webhooks', 'list'])).toEqual({
    webhooks: [{ id, url: webhookUrl, valid: true, createdAt: '2026-11-29T10:00:00.000Z' }],
  })
})
