import { request } from 'node:http'
import { expect, test } from 'vitest'
import { readProfiles } from '../../../../src/cli/credentials/profiles.ts'
import { fakeAuthorizationServer } from '../../../support/fake-authorization-server.ts'
import { type RunCommandOptions, runCommand } from '../../../support/run-command.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const args = ['login', '--oauth2', '--port', '0', '--timeout', '1m', '--scopes', 'tweet.read, users.read']

/** Runs the command, and gives the URL that it prints. */
async function start(overrides: RunCommandOptions = {}) {
  const server = await fakeAuthorizationServer()
  const configFolder = tempFolder()
  const { promise: url, resolve } = withResolvers<string>()
  const ended = runCommand(args, {
    env: { X_CLIENT_ID: 'client', X_CLIENT_SECRET: 'hush', X_BASE_URL: server.url },
    configFolder,
    onStderr: (text) => {
      const [match] = /http\S+oauth2\/authorize\S+/.exec(text) ?? []
      if (match !== undefined) resolve(match)
    },
    ...overrides,
  })
  return { server, configFolder, ended, url: await Promise.race([url, ended.then(({ stderr }) => stderr)]) }
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

test('exchanges the code of the redirect, and stores the tokens', async () => {
  const { server, configFolder, ended, url } = await start({ now: () => Date.UTC(2026, 10, 29, 10) })
  const query = Object.fromEntries(new URL(url).searchParams)
  expect(query).toMatchObject({ client_id: 'client', scope: 'tweet.read users.read', code_challenge_method: 'S256' })
  expect(query.redirect_uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
  const page = await server.allow(url)
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('You can close this window.')])
  expect(await ended).toMatchObject({ code: 0, stdout: 'Signed in. The token is in the profile "default".\n' })
  expect((await readProfiles({ configFolder })).profiles.default).toEqual({
    X_OAUTH2_ACCESS_TOKEN: 'issued-token',
    X_OAUTH2_REFRESH_TOKEN: 'issued-refresh',
    X_OAUTH2_EXPIRES_AT: '2026-11-29T12:00:00.000Z',
    X_OAUTH2_SCOPES: 'tweet.read users.read',
  })
})

test('a redirect with another state has no effect', async () => {
  const { server, ended, url } = await start()
  expect((await server.allow(url, { state: 'forged', code: 'forged' })).status).toBe(400)
  expect((await server.allow(url, { state: '' })).status).toBe(400)
  expect(server.forms).toEqual([])
  await server.allow(url)
  expect(await ended).toMatchObject({ code: 0 })
})

test.each(['evil.example', 'evil.example:443', 'localhost.evil.example', '127.0.0.1.evil.example'])(
  'a request for the host %s has no effect, even with the right state',
  async (host) => {
    const { server, ended, url } = await start()
    const { redirect_uri, state } = Object.fromEntries(new URL(url).searchParams)
    const { port, pathname } = new URL(redirect_uri ?? '')
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const path = `${pathname}?${new URLSearchParams({ state: state ?? '', code: 'forged' })}`
      request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(403)
    expect(server.forms).toEqual([])
    await server.allow(url)
    expect(await ended).toMatchObject({ code: 0 })
  },
)

test('ends with 1 when the user refuses', async () => {
  const { server, configFolder, ended, url } = await start()
  await server.allow(url, { code: '', error: 'access_denied' })
  expect(await ended).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/did not allow the app \(access_denied\)/),
  })
  expect(await readProfiles({ configFolder })).toEqual({ profiles: {} })
})

test('ends with 1 when the browser does not come back in time', async () => {
  const { ended } = await start({ sleep: async (ms) => expect(ms).toBe(60_000) })
  expect(await ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/did not come back within 60 seconds/) })
})

test('ends with 130 at Ctrl-C', async () => {
  const interrupted = new AbortController()
  const { ended } = await start({ signal: interrupted.signal })
  interrupted.abort()
  expect(await ended).toMatchObject({ code: 130, stdout: '' })
})

test('without a terminal, needs a time limit', async () => {
  const { code, stderr } = await runCommand(['login', '--oauth2'], { env: { X_CLIENT_ID: 'client' } })
  expect(code).toBe(2)
  expect(stderr).toMatch(/--timeout/)
})
