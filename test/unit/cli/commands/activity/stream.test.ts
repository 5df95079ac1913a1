import { expect, test } from 'vitest'
import { emulatedCli } from '../../../../support/emulated-cli.ts'

test('adds, lists, changes and removes activity subscriptions', async () => {
  const { alice, bob, run, json } = emulatedCli({ now: () => Date.UTC(2026, 10, 29, 10) })
  const add = ['activity', 'subscriptions', 'add']
  const created = (await json([...add, 'post.create', '--user-id', bob.id, '--tag', 'press'])) as { id: string }
  expect(created).toMatchObject({ eventType: 'post.create', filter: { userId: bob.id }, tag: 'press' })
  expect(await json([...add, 'post.create', '--user-id', bob.id])).toMatchObject({ id: created.id })
  await json([...add, 'like.create', '--user-id', alice.id, '--direction', 'inbound'])
  expect(await run([...add, 'dm.received', '--user-id', bob.id])).toMatchObject({ code: 4 })
  const changed = await json(['activity', 'subscriptions', 'update', created.id, '--tag', 'news'])
  expect(changed).toMatchObject({ id: created.id, tag: 'news' })
  expect(await run(['activity', 'subscriptions', 'update', created.id])).toMatchObject({
    code: 2,
    stderr: 'error: There is nothing to change.\nPass --tag or --webhook-id.\n',
  })
  const { stdout } = await run(['activity', 'subscriptions', 'list'])
  expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['ID', 'EVENT TYPE', 'FILTER', 'TAG', 'WEBHOOK', 'EXPIRES'],
    [created.id, 'post.create', bob.id, 'news', 'stream'],
    [expect.any(String), 'like.create', `${alice.id} inbound`, 'stream'],
    [''],
  ])
  const removed = await run(['activity', 'subscriptions', 'remove', created.id, '--yes'])
  expect(removed).toMatchObject({ code: 0, stdout: 'Deleted 1, failed 0.\n' })
  expect(await json(['activity', 'subscriptions', 'list', '--user-id', bob.id])).toEqual({ subscriptions: [] })
})

test('says what to do where there are no activity subscriptions', async () => {
  const { run } = emulatedCli()
  expect(await run(['activity', 'subscriptions', 'list'])).toMatchObject({
    code: 0,
    stdout: '',
    stderr: expect.stringContaining('Add one: x-account-activity activity subscriptions add'),
  })
})

test('prints the events of the stream as lines, and ends after --limit', async () => {
  const { x, bob, run, json } = emulatedCli()
  await json(['activity', 'subscriptions', 'add', 'post.create', '--user-id', bob.id])
  /** The head of the response comes with the first event. */
  const post =
    (text: string): typeof fetch =>
    async (input, init) => {
      const request = new Request(input, init)
      const response = x.fetch(request)
      if (request.url.includes('/2/activity/stream')) setImmediate(() => void bob.post(text))
      return response
    }
  const readable = await run(['activity', 'stream', '--limit', '1'], { fetch: post('hello\u001b[31m') })
  expect(readable.code).toBe(0)
  expect(readable.stdout).toMatch(/^\d\d:\d\d:\d\d .*@bob.*"hello.*\n$/)
  expect(readable.stdout).not.toContain('\u001b')
  const lines = await run(['activity', 'stream', '--limit', '1', '--json'], { fetch: post('again') })
  expect(JSON.parse(lines.stdout)).toMatchObject({
    type: 'post.create',
    id: expect.any(String),
    kind: 'post',
    forUserId: bob.id,
    event: { payload: { text: 'again' } },
  })
})

test('Ctrl-C ends the stream with 130', async () => {
  const { run } = emulatedCli()
  const interrupted = new AbortController()
  const { code, stdout } = await run(['activity', 'stream'], {
    signal: interrupted.signal,
    onStderr: () => interrupted.abort(),
  })
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
})
