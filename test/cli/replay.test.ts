import { expect, test } from 'vitest'
import { normalise } from './support/normalise.ts'
import { runCli, startCli } from './support/run-cli.ts'
import { startEmulator, webhookUrl } from './support/serve-emulator.ts'

test('replay starts a job, and --wait ends when it has ended', async () => {
  const { env } = await startEmulator()
  await runCli(['webhooks', 'create', webhookUrl], { env })
  const { code, stdout, stderr } = await runCli(['replay', '--from', '2h ago', '--wait', '--json'], {
    env: { ...env, TZ: 'Europe/Berlin' },
  })
  expect({ code, ...JSON.parse(normalise(stdout)) }).toMatchSnapshot()
  expect(stderr).toMatch(/^Replaying \d{4}-\d\d-\d\d \d\d:\d\d to .*GMT\+\d \(.* UTC\) to webhook \d+, in one job\.$/m)
})

test('a window that X does not accept is refused before anything is sent', async () => {
  const { x, env } = await startEmulator()
  const { code, stdout, stderr } = await runCli(['replay', '7', '--from', '26h ago', '--to', '1h ago', '--json'], {
    env,
  })
  expect({ code, stdout, requests: x.requests.length }).toEqual({ code: 2, stdout: '', requests: 0 })
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'replay_window', hint: expect.stringMatching(/lost/) } })
})

test('Ctrl-C ends the wait with 130', async () => {
  const { env } = await startEmulator({ replay: { takesMinutes: 60 } })
  await runCli(['webhooks', 'create', webhookUrl], { env })
  const cli = startCli(['replay', '--from', '2h ago', '--wait'], { env })
  await cli.printed(/: running/)
  expect(await cli.stop()).toMatchObject({ code: 130, stdout: '' })
})
