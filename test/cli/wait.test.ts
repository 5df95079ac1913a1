import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyFolder, runCli, startCli } from './support/run-cli.ts'

const env = { X_CONSUMER_SECRET: 'consumer-secret' }

test('a test in any language triggers an event, waits for it, and sends it again', async () => {
  const cwd = emptyFolder()
  const listen = startCli(['listen', '--port', '0', '--json', '--save', 'deliveries'], { env, cwd })
  const [line] = await listen.printed(/^\{.*\}$/m)
  const { webhookUrl, eventsUrl } = JSON.parse(line)
  const triggered = JSON.parse((await runCli(['trigger', 'message', '--to', webhookUrl, '--json'], { env })).stdout)

  const waited = await runCli(['wait', '--type', 'message', '--timeout', '10s'], { env: { X_EVENTS_URL: eventsUrl } })
  expect({ code: waited.code, id: JSON.parse(waited.stdout).id }).toEqual({ code: 0, id: triggered.id })
  expect(Object.keys(JSON.parse(waited.stdout))).toEqual(['id', 'type', 'kind', 'forUserId', 'event'])

  const since = ['wait', '--since', triggered.id, '--from', eventsUrl, '--timeout', '200ms']
  expect(await runCli(since)).toMatchObject({ code: 1, stdout: '' })

  const [file = ''] = readdirSync(join(cwd, 'deliveries')).filter((name) => /-direct_message\.json$/.test(name))
  const again = await runCli(['resend', join('deliveries', file), '--to', webhookUrl, '--keep-signature'], { cwd })
  expect({ code: again.code, status: again.stdout.slice(0, 3) }).toEqual({ code: 0, status: '200' })
  const { stdout } = await listen.stop()
  expect(stdout.split('\n').filter((text) => text.includes(triggered.id))).toHaveLength(2)
})
