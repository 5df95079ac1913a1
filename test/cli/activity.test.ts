import { expect, test } from 'vitest'
import { normalise } from './support/normalise.ts'
import { runCli, startCli } from './support/run-cli.ts'
import { startEmulator, webhookUrl } from './support/serve-emulator.ts'

test('the X Activity API and the filtered stream', async () => {
  const { bob, env } = await startEmulator()
  await runCli(['webhooks', 'create', webhookUrl], { env })
  const outputs: Record<string, unknown> = {}
  const run = async (...args: string[]) => {
    const { code, stdout } = await runCli([...args, '--json'], { env })
    outputs[normalise(args.join(' '))] = { code, ...JSON.parse(normalise(stdout)) }
    return JSON.parse(stdout)
  }
  const { id } = await run('activity', 'subscriptions', 'add', 'post.create', '--user-id', bob.id)
  await run('activity', 'subscriptions', 'update', id, '--tag', 'press')
  await run('activity', 'subscriptions', 'list')
  await run('activity', 'subscriptions', 'remove', id, '--yes')
  const { added } = await run('rules', 'add', 'from:XDevelopers has:links', '--tag', 'press')
  await run('rules', 'list')
  await run('rules', 'count')
  await run('rules', 'remove', added[0].id, '--yes')
  const { webhookId } = await run('links', 'add', '--fields', 'tweet.fields=created_at')
  await run('links', 'list')
  await run('links', 'remove', webhookId, '--yes')
  expect(outputs).toMatchSnapshot()
})

test('activity stream prints events until Ctrl-C', async () => {
  const { bob, env } = await startEmulator()
  await runCli(['activity', 'subscriptions', 'add', 'post.create', '--user-id', bob.id], { env })
  const stream = startCli(['activity', 'stream', '--json'], { env })
  await stream.printed(/Connecting/)
  // X sends only what happens while the stream is open.
  const posting = setInterval(() => void bob.post('hello'), 100)
  await stream.printed(/"text":"hello"/)
  clearInterval(posting)
  const { code, stdout } = await stream.stop()
  expect(code).toBe(130)
  const [event] = stdout.trimEnd().split('\n')
  expect(JSON.parse(event ?? '')).toMatchObject({ type: 'post.create', id: expect.any(String) })
})
