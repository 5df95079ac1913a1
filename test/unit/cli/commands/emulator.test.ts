import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createClient, createReceiver } from '../../../../src/entries/index.ts'
import { listen } from '../../../support/listen.ts'
import { runCommand, startCommand } from '../../../support/run-command.ts'
import { serveFetch } from '../../../support/serve-fetch.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

interface Ready {
  readonly url: string
  readonly keys: { readonly consumerKey: string; readonly consumerSecret: string; readonly bearerToken: string }
}

async function startEmulator(...args: string[]) {
  const cwd = tempFolder()
  const command = startCommand(['emulator', '--port', '0', '--json', ...args], { cwd })
  const [line] = await command.printed(/^\{.*\}$/m)
  return { ...(JSON.parse(line) as Ready), command, cwd }
}

it('prints the variables for an app and a ready line, and serves until it is interrupted', async () => {
  const command = startCommand(['emulator', '--port', '0'])
  const [, url = ''] = await command.printed(/^ready (http:\/\/127\.0\.0\.1:\d+)$/m)
  expect((await fetch(`${url}/2/webhooks`)).status).toBe(401)
  const { code, stdout, stderr } = await command.stop()
  expect(code).toBe(130)
  expect(stdout.split('\n').map((text) => text.replace(/=.*/, '=…'))).toEqual([
    'X_BASE_URL=…',
    'X_CONSUMER_KEY=…',
    'X_CONSUMER_SECRET=…',
    'X_BEARER_TOKEN=…',
    'X_ACCESS_TOKEN=…',
    'X_ACCESS_TOKEN_SECRET=…',
    `ready ${url}`,
    '',
  ])
  expect(stderr).toContain('Its keys are public')
  await expect(fetch(url)).rejects.toThrow()
})

it('has the same keys at each start, and other ones with another seed', async () => {
  const keys: Ready['keys'][] = []
  for (const args of [[], [], ['--seed', 'b']]) {
    const { command, ...ready } = await startEmulator(...args)
    keys.push(ready.keys)
    await command.stop()
  }
  expect(keys[1]).toEqual(keys[0])
  expect(keys[2]?.consumerSecret).not.toBe(keys[0]?.consumerSecret)
})

it('answers a client, and challenges its webhook', async () => {
  const { url, keys } = await startEmulator()
  const receiver = createReceiver({ consumerSecret: keys.consumerSecret, onError: () => {} })
  const webhookUrl = await serveFetch((request) => receiver.fetch(request))
  const webhook = await createClient({ ...keys, baseUrl: url }).webhooks.create(`${webhookUrl}/webhook`)
  expect(webhook.valid).toBe(true)
})

it('keeps its state in a file', async () => {
  const { url, command, cwd } = await startEmulator('--state', 'x.json')
  const created = await fetch(`${url}/emulator/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ screenName: 'carol' }),
  })
  expect(created.status).toBe(200)
  await command.stop()
  expect(readFileSync(join(cwd, 'x.json'), 'utf8')).toContain('"carol"')
  const again = startCommand(['emulator', '--port', '0', '--json', '--state', 'x.json'], { cwd })
  const ready = JSON.parse((await again.printed(/^\{.*\}$/m))[0]) as Ready
  expect(await (await fetch(`${ready.url}/emulator/users/carol`)).json()).toMatchObject({ screenName: 'carol' })
})

it('refuses a file that holds no state', async () => {
  const cwd = tempFolder()
  writeFileSync(join(cwd, 'x.json'), '{"version":1}')
  const { code, stdout, stderr } = await runCommand(['emulator', '--port', '0', '--state', 'x.json', '--json'], { cwd })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(JSON.parse(stderr).error).toMatchObject({
    code: 'state_file',
    hint: expect.stringContaining('delete the file'),
  })
})

it('names the port that is in use, and what to do', async () => {
  const { port } = new URL(await listen((_, response) => response.end()))
  const { code, stdout, stderr } = await runCommand(['emulator', '--port', port])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toBe(
    `error: Port ${port} is in use by another program.\n` +
      'End that program, or choose another port with --port. --port 0 takes a free one.\n',
  )
})

it.each([
  [['--faults', 'api.unavailable=2'], '"faults.api.unavailable" must be from 0 to 1, got 2.'],
  [['--faults', 'api.broken=1'], '"faults.api" must not have a member "broken".'],
  [['--tier', 'gold'], 'gold'],
  [['--port', '70000'], 'A port is a number from 0 to 65535'],
  [['--json', '--exec', 'true'], '--json and --exec exclude each other'],
])('refuses %j', async (args, message) => {
  const { code, stdout, stderr } = await runCommand(['emulator', ...args])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(message)
})

it('injects faults', async () => {
  const { url } = await startEmulator('--faults', 'api.unavailable=next:1')
  const statuses = [await fetch(`${url}/2/webhooks`), await fetch(`${url}/2/webhooks`)].map(({ status }) => status)
  expect(statuses).toEqual([503, 401])
})

it('gives the app a client secret with --oauth2', async () => {
  const { keys } = await startEmulator('--oauth2')
  expect(keys).toHaveProperty('clientSecret', expect.stringMatching(/^\w{50}$/))
})

it('runs a command line with the variables, and ends with its exit code', async () => {
  const cwd = tempFolder()
  const env = {
    PATH: process.env.PATH,
    X_CLIENT_SECRET: 'of a real app',
    X_CONSUMER_KEY: 'of a real app',
    OTHER: 'kept',
  }
  const exec = 'env > found.txt; exit 7'
  const { code, stdout, stderr } = await runCommand(['emulator', '--port', '0', '--exec', exec], { cwd, env })
  expect({ code, stdout }).toEqual({ code: 7, stdout: '' })
  const found = readFileSync(join(cwd, 'found.txt'), 'utf8')
  expect(found).toMatch(/^X_BASE_URL=http:\/\/127\.0\.0\.1:\d+$/m)
  expect(found).toMatch(/^X_CONSUMER_KEY=\w{25}$/m)
  expect(found).toMatch(/^X_ACCESS_TOKEN_SECRET=\w+$/m)
  expect(found).toContain('OTHER=kept')
  expect(found).not.toContain('of a real app')
  expect(stderr).toMatch(/^ready http/m)
})

it('interrupts the command line of --exec with Ctrl-C', async () => {
  const cwd = tempFolder()
  const command = startCommand(['emulator', '--port', '0', '--exec', 'touch started; sleep 600'], {
    cwd,
    env: { PATH: process.env.PATH },
  })
  await command.printed(/^ready/m)
  expect(await command.stop()).toMatchObject({ code: 130 })
})
