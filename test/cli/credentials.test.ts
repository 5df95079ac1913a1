import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allowApp } from '../support/allow-app.ts'
import { fakeAuthorizationServer } from '../support/fake-authorization-server.ts'
import { emptyFolder, runCli, startCli } from './support/run-cli.ts'
import { startEmulator } from './support/serve-emulator.ts'

test('whoami shows sources and no secret, and --check tries the credentials', async () => {
  const { env, alice } = await startEmulator()
  const { code, stdout } = await runCli(['whoami', '--check', '--json'], { env })
  expect(code).toBe(0)
  const { baseUrl, checks, ...rest } = JSON.parse(stdout)
  expect(baseUrl).toBe(env.X_BASE_URL)
  expect(checks.map(({ id, ok }: { id: string; ok: boolean }) => [id, ok])).toEqual([
    ['app', true],
    ['user', true],
  ])
  expect(rest).toMatchSnapshot()
  for (const secret of [env.X_CONSUMER_SECRET, alice.accessTokenSecret, alice.accessToken]) {
    expect(stdout).not.toContain(secret)
  }
})

test('a file of the working folder cannot send credentials to another machine', async () => {
  const { x, env } = await startEmulator()
  const cwd = emptyFolder()
  const { X_BASE_URL: url = '', ...keys } = env
  // The name could lead to any machine.
  writeFileSync(join(cwd, '.env'), `X_BASE_URL=${url.replace('127.0.0.1', 'emulator.example')}`)
  const { stdout, stderr } = await runCli(['whoami', '--json'], { env: keys, cwd })
  expect(JSON.parse(stdout)).toMatchObject({ baseUrl: 'https://api.x.com' })
  expect(stderr).toMatch(/^warning: X_BASE_URL in \.env is not used: .*--base-url\.$/m)
  writeFileSync(join(cwd, '.env'), `X_BASE_URL=${url}`)
  expect(await runCli(['whoami', '--check', '--json'], { env: keys, cwd })).toMatchObject({ code: 0 })
  expect(x.requests.length).toBeGreaterThan(0)
})

test('login stores the token of the user in a profile that only the owner can read', async () => {
  const { env, bob } = await startEmulator()
  const home = emptyFolder()
  const options = { env: { ...env, XDG_CONFIG_HOME: home } }
  const started = await runCli(['login', '--start', '--json'], options)
  const pin = await allowApp(JSON.parse(started.stdout).url, 'bob')
  const { code, stdout } = await runCli(['login', '--pin', pin, '--with-app', '--json'], options)
  expect({ code, ...JSON.parse(stdout) }).toEqual({ code: 0, profile: 'default', userId: bob.id, screenName: 'bob' })
  const file = join(home, 'x-account-activity', 'profiles.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ default: 'default' })
  const { X_BASE_URL: url = '' } = env
  const next = await runCli(['whoami', '--check', '--json'], { env: { XDG_CONFIG_HOME: home, X_BASE_URL: url } })
  expect(JSON.parse(next.stdout).checks[1].seen).toBe(`X accepted the user: @bob, ${bob.id}.`)
})

test('login without a terminal ends with 2 and names the flags', async () => {
  const { env } = await startEmulator()
  const { code, stdout, stderr } = await runCli(['login', '--json'], { env })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'usage', hint: expect.stringMatching(/--start.*--pin/) } })
})

test('login --oauth2 takes the code from the redirect, and Ctrl-C ends it with 130', async () => {
  const server = await fakeAuthorizationServer()
  const env = { X_CLIENT_ID: 'client', X_BASE_URL: server.url }
  const args = ['login', '--oauth2', '--port', '0', '--timeout', '1m']
  const cli = startCli(args, { env })
  const [url] = await cli.printed(/http\S+oauth2\/authorize\S+/)
  await server.allow(url)
  expect(await cli.ended).toMatchObject({ code: 0, stdout: 'Signed in. The token is in the profile "default".\n' })
  const interrupted = startCli(args, { env })
  await interrupted.printed(/oauth2\/authorize/)
  expect(await interrupted.stop()).toMatchObject({ code: 130, stdout: '' })
})
