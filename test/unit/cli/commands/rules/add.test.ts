import { expect, test } from 'vitest'
import { emulatedCli } from '../../../../support/emulated-cli.ts'

test('adds, lists, counts and removes rules', async () => {
  const { run, json } = emulatedCli()
  expect(await run(['rules', 'list'])).toMatchObject({ stdout: '', stderr: expect.stringContaining('Add one:') })
  expect(await run(['rules', 'add', 'cats', '--dry-run'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^X accepts 1, failed 0\./),
  })
  const added = await run(['rules', 'add', 'cats has:media', '(dogs', '--tag', 'pets', '--json'])
  expect({ code: added.code, ...JSON.parse(added.stdout) }).toMatchObject({
    code: 1,
    added: [{ value: 'cats has:media', tag: 'pets' }],
    failed: [{ value: '(dogs', reason: 'InvalidRule' }],
  })
  const { rules } = (await json(['rules', 'list'])) as { rules: { id: string }[] }
  const [rule] = rules
  expect((await run(['rules', 'list'])).stdout).toMatch(/^ID +TAG +RULE\n\d+ +pets +cats has:media\n$/)
  expect((await run(['rules', 'count'])).stdout).toMatch(/^This app: 1 of \d+ rules\nThe project: 1 of \d+ rules\n$/)
  expect(await json(['rules', 'remove', rule?.id ?? '', '--yes'])).toEqual({ deleted: 1, notDeleted: 0 })
  expect(await run(['rules', 'remove', rule?.id ?? '', '--yes'])).toMatchObject({ code: 1 })
})
