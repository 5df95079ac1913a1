import { expect, test } from 'vitest'
import { emulatedCli, webhookUrl } from '../../../support/emulated-cli.ts'

test('the id may be left out where the app has one webhook', async () => {
  const { run, json } = emulatedCli()
  expect(await run(['subscriptions', 'list'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: The app has no webhook.\nRegister one: x-account-activity webhooks create <url>\n',
  })
  const { id } = (await json(['webhooks', 'create', webhookUrl])) as { id: string }
  expect(await json(['subscriptions', 'list'])).toEqual({ webhookId: id, subscriptions: [] })
  const other = (await json(['webhooks', 'create', `${webhookUrl}/other`])) as { id: string }
  expect(await run(['subscriptions', 'list'])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: The app has 2 webhooks, so the id of the webhook is needed.\nPass one of: ${id} (${webhookUrl}), ${other.id} (${webhookUrl}/other).\n`,
  })
  expect(await run(['subscriptions', 'list', 'abc'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('An id has 1 to 19 digits.'),
  })
})
