import { expect, test } from 'vitest'
import { emulatedCli, webhookUrl } from '../../../../support/emulated-cli.ts'

test('adds, lists and removes links', async () => {
  const { run, json } = emulatedCli()
  expect(await run(['links', 'list'])).toMatchObject({ stdout: '', stderr: expect.stringContaining('Link one:') })
  const { id } = (await json(['webhooks', 'create', webhookUrl])) as { id: string }
  const fields = ['--fields', 'tweet.fields=created_at,lang', '--fields', 'expansions=author_id']
  expect(await json(['links', 'add', ...fields])).toEqual({
    webhookId: id,
    fields: { 'tweet.fields': ['created_at', 'lang'], expansions: ['author_id'] },
  })
  expect((await run(['links', 'list'])).stdout).toMatch(
    new RegExp(`\n${id}  tweet\\.fields=created_at,lang expansions=author_id  \\d{4}-.* UTC\n$`),
  )
  expect(await json(['links', 'remove', id, '--yes'])).toEqual({ webhookId: id, removed: true })
  expect(await json(['links', 'list'])).toEqual({ links: [] })
  expect(await run(['links', 'add', '--fields', 'lang'])).toMatchObject({ code: 2 })
})
