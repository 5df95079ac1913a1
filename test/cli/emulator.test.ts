import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyFolder, runCli, startCli } from './support/run-cli.ts'

test('emulator prints its keys and serves until Ctrl-C', async () => {
  const emulator = startCli(['emulator', '--port', '0'])
  const [, url = ''] = await emulator.printed(/^ready (http:\/\/127\.0\.0\.1:\d+)$/m)
  expect((await fetch(`${url}/2/webhooks`)).status).toBe(401)
  const { code, stdout } = await emulator.stop()
  expect(code).toBe(130)
  expect(stdout.replaceAll(/:\d+/g, ':port')).toMatchSnapshot()
})

test('emulator --json prints one object', async () => {
  const emulator = startCli(['emulator', '--port', '0', '--json'])
  await emulator.printed(/^\{.*\}$/m)
  const { stdout } = await emulator.stop()
  expect({ ...JSON.parse(stdout), url: 'http://127.0.0.1:port' }).toMatchSnapshot()
})

test('emulator --exec runs a command line against the emulator, and ends with its code', async () => {
  const exec = `node -e "fetch(process.env.X_BASE_URL + '/2/webhooks').then(({ status }) => { console.log(status); process.exit(5) })"`
  const { code, stdout, stderr } = await runCli(['emulator', '--port', '0', '--exec', exec])
  expect({ code, stdout }).toEqual({ code: 5, stdout: '401\n' })
  expect(stderr).toMatch(/^ready http/m)
})

test('Ctrl-C ends the emulator and what --exec has started', async () => {
  const cwd = emptyFolder()
  const emulator = startCli(['emulator', '--port', '0', '--exec', 'echo $$ > pid; echo started; sleep 600; true'], {
    cwd,
  })
  await emulator.printed(/started/)
  expect((await emulator.stop()).code).toBe(130)
  const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'))
  // Signal 0 only checks whether the process exists.
  expect(() => process.kill(-pid, 0)).toThrow('ESRCH')
})
