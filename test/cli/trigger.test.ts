import { expect, test } from 'vitest'
import { runCli, startCli } from './support/run-cli.ts'

test('trigger sends an event to dev, which prints it', async () => {
  const dev = startCli(['dev', '--port', '0'])
  const [, url = ''] = await dev.printed(/^ready (\S+)$/m)
  const { code, stdout } = await runCli(['trigger', 'post.mention.create', '--to', url, '--json'])
  const answer = JSON.parse(stdout)
  expect({ code, ...answer, id: 'id', url: 'url', durationMs: 1 }).toMatchSnapshot()
  await dev.printed(new RegExp(`mention .*${answer.id}`))
})

test('trigger ends with 1 when the webhook refuses the signature', async () => {
  const dev = startCli(['dev', '--port', '0'])
  const [, url = ''] = await dev.printed(/^ready (\S+)$/m)
  const { code, stdout } = await runCli(['trigger', 'message', '--to', url], { env: { X_CONSUMER_SECRET: 'another' } })
  expect({ code, status: stdout.split(' ')[0] }).toEqual({ code: 1, status: '401' })
})
