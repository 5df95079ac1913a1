import { chmodSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isLoopback, readCredentials } from '../../../../src/cli/credentials/read-credentials.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const profiles = JSON.stringify({
  default: 'main',
  profiles: { main: { X_CONSUMER_KEY: 'of-main', X_CLIENT_ID: 'of-main' }, bot: { X_CONSUMER_KEY: 'of-bot' } },
})

function sources(env: Record<string, string> = {}, files: Record<string, string> = {}) {
  const cwd = tempFolder({ 'config/profiles.json': profiles, ...files })
  return { env, cwd, configFolder: `${cwd}/config` }
}

test('the profile of the flag comes before the environment, the file and the default profile', async () => {
  const all = sources({ X_CONSUMER_KEY: 'of-env' }, { '.env': 'X_CONSUMER_KEY=of-file\nX_CONSUMER_SECRET=of-file' })
  const named = await readCredentials(all, { profile: 'bot' })
  expect([named.get('X_CONSUMER_KEY'), named.sourceOf('X_CONSUMER_KEY')]).toEqual(['of-bot', 'the profile "bot"'])
  expect(named.get('X_CLIENT_ID')).toBeUndefined()
  const unnamed = await readCredentials(all, {})
  expect([unnamed.get('X_CONSUMER_KEY'), unnamed.sourceOf('X_CONSUMER_KEY')]).toEqual(['of-env', 'the environment'])
  expect([unnamed.get('X_CONSUMER_SECRET'), unnamed.sourceOf('X_CONSUMER_SECRET')]).toEqual(['of-file', '.env'])
  expect([unnamed.get('X_CLIENT_ID'), unnamed.sourceOf('X_CLIENT_ID')]).toEqual(['of-main', 'the profile "main"'])
})

test('the file of --env is read instead of .env, and must exist', async () => {
  const all = sources({}, { '.env': 'X_CONSUMER_KEY=of-file', 'test.env': 'X_CONSUMER_SECRET=of-test' })
  const credentials = await readCredentials(all, { env: 'test.env' })
  expect([credentials.get('X_CONSUMER_KEY'), credentials.get('X_CONSUMER_SECRET')]).toEqual(['of-main', 'of-test'])
  await expect(readCredentials(all, { env: 'absent.env' })).rejects.toMatchObject({
    code: 'env_file',
    exitCode: 2,
    message: 'The file absent.env cannot be read (ENOENT).',
  })
})

test('an empty value counts as not set', async () => {
  const credentials = await readCredentials(sources({ X_CONSUMER_KEY: '' }, { '.env': 'X_CONSUMER_KEY=' }), {})
  expect(credentials.get('X_CONSUMER_KEY')).toBe('of-main')
  expect(() => credentials.require('X_BEARER_TOKEN')).toThrow(
    expect.objectContaining({ code: 'credentials_missing', exitCode: 4, message: 'X_BEARER_TOKEN is not set.' }),
  )
})

test('a base URL in a file counts only on this machine, or when --base-url names one', async () => {
  const other = sources({}, { '.env': 'X_BASE_URL=https://evil.example' })
  const ignored = await readCredentials(other, {})
  expect(ignored.get('X_BASE_URL')).toBeUndefined()
  expect(ignored.warnings).toEqual([
    'X_BASE_URL in .env is not used: a file may not send credentials to another machine. To use it, pass --base-url.',
  ])
  const confirmed = await readCredentials(other, { baseUrl: 'https://evil.example' })
  expect([confirmed.get('X_BASE_URL'), confirmed.sourceOf('X_BASE_URL')]).toEqual([
    'https://evil.example',
    '--base-url',
  ])
  expect(confirmed.warnings).toEqual([])
  const local = await readCredentials(sources({}, { '.env': 'X_BASE_URL=http://127.0.0.1:4000' }), {})
  expect([local.get('X_BASE_URL'), local.warnings]).toEqual(['http://127.0.0.1:4000', []])
})

test('the environment and the user may send credentials elsewhere', async () => {
  const environment = await readCredentials(sources({ X_BASE_URL: 'https://proxy.example' }), {})
  expect([environment.get('X_BASE_URL'), environment.warnings]).toEqual(['https://proxy.example', []])
  const flag = await readCredentials(sources({ X_BASE_URL: 'https://proxy.example' }), { baseUrl: 'http://localhost' })
  expect(flag.get('X_BASE_URL')).toBe('http://localhost')
})

test('a bearer token of a later source than the key is not used: it is of another app', async () => {
  const environment = { X_CONSUMER_KEY: 'of-env', X_BEARER_TOKEN: 'of-env' }
  expect((await readCredentials(sources(environment), { profile: 'bot' })).get('X_BEARER_TOKEN')).toBeUndefined()
  expect((await readCredentials(sources(environment), {})).get('X_BEARER_TOKEN')).toBe('of-env')
  const file = { '.env': 'X_CONSUMER_KEY=of-file\nX_CONSUMER_SECRET=of-file' }
  expect((await readCredentials(sources({ X_BEARER_TOKEN: 'of-env' }, file), {})).get('X_BEARER_TOKEN')).toBe('of-env')
})

test('warns of a key and a secret that come from two sources', async () => {
  const { warnings } = await readCredentials(
    sources({ X_ACCESS_TOKEN: 'a' }, { '.env': 'X_ACCESS_TOKEN_SECRET=b' }),
    {},
  )
  expect(warnings).toEqual([
    'X_ACCESS_TOKEN comes from the environment, and X_ACCESS_TOKEN_SECRET from .env. Check that they belong together.',
  ])
})

test('OAuth 2.0 tokens are read from a profile only, and after an access token of an earlier source', async () => {
  const tokens = {
    X_OAUTH2_ACCESS_TOKEN: 'token',
    X_OAUTH2_EXPIRES_AT: '2026-11-29T10:00:00.000Z',
    X_OAUTH2_SCOPES: 'a b',
  }
  const files = { 'config/profiles.json': JSON.stringify({ default: 'me', profiles: { me: tokens } }) }
  expect((await readCredentials(sources({}, files), {})).oauth2).toEqual({
    profile: 'me',
    bearerToken: 'token',
    expiresAt: new Date('2026-11-29T10:00:00Z'),
    scopes: ['a', 'b'],
  })
  expect((await readCredentials(sources({ X_ACCESS_TOKEN: 'a' }, files), {})).oauth2).toBeUndefined()
  expect((await readCredentials(sources(tokens), {})).oauth2).toBeUndefined()
})

test('an unknown profile ends with a list of those that exist', async () => {
  for (const profile of ['absent', 'constructor', '__proto__']) {
    await expect(readCredentials(sources(), { profile })).rejects.toMatchObject({
      code: 'profile_unknown',
      exitCode: 2,
      message: `There is no profile "${profile}".`,
      hint: 'Known profiles: main, bot.',
    })
  }
})

test('profiles that others can read are refused', async () => {
  const all = sources()
  chmodSync(`${all.configFolder}/profiles.json`, 0o640)
  await expect(readCredentials(all, {})).rejects.toMatchObject({ code: 'profiles_readable', exitCode: 4 })
})

test.each([
  ['http://127.0.0.1:4000', true],
  ['http://127.1', true],
  ['http://localhost/path', true],
  ['http://[::1]:4000', true],
  ['https://api.x.com', false],
  ['http://127.0.0.1.evil.example', false],
  ['http://127.0.0.1@evil.example', false],
  ['http://localhost.evil.example', false],
  ['http://0.0.0.0', false],
  ['not a url', false],
  ['', false],
])('%s leads to this machine: %s', (url, expected) => {
  expect(isLoopback(url)).toBe(expected)
})
