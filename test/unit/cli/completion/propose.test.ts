import { expect, test } from 'vitest'
import { emulatedCli, webhookUrl } from '../../../support/emulated-cli.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

function setUp() {
  const cli = emulatedCli()
  const complete = async (words: readonly string[], options?: Parameters<typeof cli.run>[1]) => {
    const { code, stdout, stderr } = await cli.run(['complete', '--', ...words], options)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.trimEnd().split('\n')
    return { words: lines.slice(0, -1).map((line) => line.split('\t')[0]), directive: lines.at(-1) }
  }
  return { ...cli, complete }
}

test('completes commands, and not the hidden one', async () => {
  const { complete } = setUp()
  expect(await complete(['webh'])).toEqual({ words: ['webhooks'], directive: ':4' })
  expect((await complete(['webhooks', ''])).words).toEqual(['list', 'create', 'validate', 'delete'])
  expect((await complete(['comp'])).words).toEqual(['completion'])
  expect(await complete(['nothing', ''])).toEqual({ words: [], directive: ':0' })
})

test('completes flags and their values', async () => {
  const { complete } = setUp()
  expect((await complete(['webhooks', 'list', '--ap'])).words).toEqual(['--api'])
  expect((await complete(['webhooks', 'list', '--api', 'p'])).words).toEqual(['premium'])
  expect((await complete(['completion', ''])).words).toEqual(
    expect.arrayContaining(['bash', 'zsh', 'fish', 'powershell']),
  )
})

test('completes event types', async () => {
  const { complete } = setUp()
  const { words } = await complete(['activity', 'subscriptions', 'add', 'post.m'])
  expect(words).toEqual(['post.mention.create'])
})

test('completes ids by asking X', async () => {
  const { json, bob, complete } = setUp()
  const { id } = (await json(['webhooks', 'create', webhookUrl])) as { id: string }
  for (const command of [
    ['webhooks', 'validate'],
    ['webhooks', 'delete'],
    ['subscriptions', 'list'],
    ['replay'],
    ['links', 'add'],
  ]) {
    expect((await complete([...command, id.slice(0, 3)])).words, command.join(' ')).toEqual([id])
  }
  const { added } = (await json(['rules', 'add', 'cats'])) as { added: { id: string }[] }
  expect((await complete(['rules', 'remove', added[0]?.id.slice(0, 4) ?? ''])).words).toEqual([added[0]?.id])
  const subscription = (await json(['activity', 'subscriptions', 'add', 'post.create', '--user-id', bob.id])) as {
    id: string
  }
  const update = ['activity', 'subscriptions', 'update']
  expect((await complete([...update, subscription.id.slice(0, 4)])).words).toEqual([subscription.id])
})

test('uses the credentials that the line names', async () => {
  const { json, env, complete } = setUp()
  const { id } = (await json(['webhooks', 'create', webhookUrl])) as { id: string }
  const text = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const cwd = tempFolder({ 'test.env': text.join('\n') })
  const words = ['webhooks', 'validate', '--env', 'test.env', id.slice(0, 3)]
  expect((await complete(words, { cwd, env: {} })).words).toEqual([id])
})

test('proposes nothing, and says nothing, where X cannot be asked', async () => {
  const { env, complete } = setUp()
  const line = ['webhooks', 'delete', '1']
  const nothing = { words: [], directive: ':0' }
  expect(await complete(line, { env: {} })).toEqual(nothing)
  expect(await complete(line, { env: { ...env, X_CONSUMER_SECRET: 'wrong' } })).toEqual(nothing)
  expect(await complete(line, { fetch: () => Promise.reject(new Error('No network.')) })).toEqual(nothing)
})
