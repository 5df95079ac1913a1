import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readProfiles } from '../../../../src/cli/credentials/profiles.ts'
import { allowApp } from '../../../support/allow-app.ts'
import { emulatedCli } from '../../../support/emulated-cli.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

function setUp() {
  const cli = emulatedCli()
  const send = (input: string | URL | Request, init?: RequestInit) => cli.x.fetch(new Request(input, init))
  return { ...cli, send, configFolder: tempFolder() }
}

test('in a terminal, prints the URL, asks for the PIN and stores the token', async () => {
  const { run, bob, send, configFolder } = setUp()
  const printed: string[] = []
  const { code, stdout } = await run(['login', '--profile', 'bot'], {
    configFolder,
    isInteractive: true,
    prompts: {
      text: async (question) => {
        expect(question).toBe('PIN')
        return allowApp(printed.join('').match(/http\S+/)?.[0] ?? '', 'bob', send)
      },
      confirm: () => Promise.reject(new Error('Nothing is to be confirmed.')),
    },
    onStderr: (text) => printed.push(text),
  })
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `Signed in as @bob (${bob.id}). The token is in the profile "bot".\n`,
  })
  expect(await readProfiles({ configFolder })).toEqual({
    default: 'bot',
    profiles: { bot: { X_ACCESS_TOKEN: bob.accessToken, X_ACCESS_TOKEN_SECRET: bob.accessTokenSecret } },
  })
})

test('without a terminal, ends with 2 and names the two steps', async () => {
  const { x, run, configFolder } = setUp()
  const { code, stdout, stderr } = await run(['login'], { configFolder })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/--start.*--pin/)
  expect(x.requests).toEqual([])
})

test('--start and --pin sign in without a terminal', async () => {
  const { run, json, bob, env, send, configFolder } = setUp()
  const { url } = (await json(['login', '--start'], { configFolder })) as { url: string }
  const pin = await allowApp(url, 'bob', send)
  expect(await json(['login', '--pin', pin, '--with-app'], { configFolder })).toEqual({
    profile: 'default',
    userId: bob.id,
    screenName: 'bob',
  })
  expect((await readProfiles({ configFolder })).profiles.default).toEqual({
    X_CONSUMER_KEY: env.X_CONSUMER_KEY,
    X_CONSUMER_SECRET: env.X_CONSUMER_SECRET,
    X_ACCESS_TOKEN: bob.accessToken,
    X_ACCESS_TOKEN_SECRET: bob.accessTokenSecret,
  })
  expect(readdirSync(configFolder)).toEqual(['profiles.json'])
  expect((await run(['login', '--pin', pin], { configFolder })).stderr).toMatch(/No sign-in .* was started/)
})

test('a wrong PIN is refused, and nothing is stored', async () => {
  const { run, json, configFolder } = setUp()
  await json(['login', '--start'], { configFolder })
  const { code, stderr } = await run(['login', '--pin', '0000000'], { configFolder })
  expect(code).toBe(4)
  expect(stderr).toMatch(/oauth\.accessToken failed/)
  expect(await readProfiles({ configFolder })).toEqual({ profiles: {} })
})

test('refuses a name that a profile cannot have', async () => {
  const { run, configFolder } = setUp()
  for (const name of ['../x', '__proto__', '', 'a b']) {
    expect(await run(['login', '--start', '--profile', name], { configFolder })).toMatchObject({ code: 2 })
  }
})
