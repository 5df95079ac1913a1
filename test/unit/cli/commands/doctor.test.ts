import { describe, expect, it } from 'vitest'
import { toNodeHandler } from 'x-account-activity/node'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'
import { listen } from '../../../support/listen.ts'
import { createTestReceiver } from '../../../support/receiver.ts'
import { runCommand } from '../../../support/run-command.ts'
import { json, webhookServer } from '../../../support/webhook-server.ts'

const env = { X_CONSUMER_SECRET: 'consumer-secret' }
const rightServer = () => listen(toNodeHandler(createTestReceiver().receiver))
const wrongServer = () => listen(webhookServer({ crc: ({ response }) => json(response, 404, {}) }))

describe('doctor <url>', () => {
  it('ends with 0 when nothing fails, and prints a line for each check', async () => {
    const { code, stdout, stderr } = await runCommand(['doctor', await rightServer()], { env })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^✓ secret of the CRC answer +the consumer secret/m)
    expect(stdout).toMatch(/\n21 passed, 0 failed, 0 doubtful, 4 skipped\.\n$/)
  })

  it('ends with 3 when a check fails, and says what to do', async () => {
    const { code, stdout } = await runCommand(['doctor', await wrongServer()], { env })
    expect(code).toBe(3)
    expect(stdout).toMatch(/^✗ status of the CRC answer +HTTP 404\n {2}→ Check the path/m)
  })

  it('prints one object with --json', async () => {
    const url = await wrongServer()
    const { code, stdout, stderr } = await runCommand(['doctor', url, '--json'], { env, isTerminal: false })
    expect({ code, stderr, lines: stdout.trimEnd().split('\n').length }).toEqual({ code: 3, stderr: '', lines: 1 })
    expect(JSON.parse(stdout)).toMatchObject({
      url,
      ok: false,
      checks: expect.arrayContaining([
        { id: 'crc_status', status: 'fail', seen: 'HTTP 404', fix: expect.stringMatching(/^Check the path/) },
      ]),
    })
  })

  it('shows its progress in a terminal only', async () => {
    const url = await rightServer()
    const shown = await runCommand(['doctor', url, '--json'], { env, isTerminal: true })
    expect(shown.stderr).toContain('25 of 25: ')
    expect(JSON.parse(shown.stdout).ok).toBe(true)
    expect((await runCommand(['doctor', url, '--quiet'], { env, isTerminal: true })).stderr).toBe('')
  })

  it.each(['not-a-url', 'ftp://app.example/', 'https://alice:password@app.example/'])(
    'ends with 2 for the URL %s',
    async (url) => {
      const { code, stdout, stderr } = await runCommand(['doctor', url, '--json'], { env })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'usage' } })
      expect(stderr).not.toContain('password@')
    },
  )

  it('ends with 130 at Ctrl-C', async () => {
    const interrupted = new AbortController()
    const first = () => {
      interrupted.abort()
      return true
    }
    const url = await listen(webhookServer({ first }))
    const { code, stdout } = await runCommand(['doctor', url], { env, signal: interrupted.signal })
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  })
})

describe('doctor', () => {
  function emulatorEnv() {
    const { x } = new EmulatorHarness()
    const { accessToken, accessTokenSecret } = x.addUser({ screenName: 'alice' })
    const { consumerKey, consumerSecret, bearerToken } = x.app
    return {
      fetch: ((url: string, init?: RequestInit) => x.fetch(url, init)) as typeof fetch,
      now: () => x.now(),
      env: {
        X_CONSUMER_KEY: consumerKey,
        X_CONSUMER_SECRET: consumerSecret,
        X_BEARER_TOKEN: bearerToken,
        X_ACCESS_TOKEN: accessToken,
        X_ACCESS_TOKEN_SECRET: accessTokenSecret,
      },
    }
  }

  it('examines the credentials', async () => {
    const { code, stdout } = await runCommand(['doctor', '--json'], emulatorEnv())
    expect(code).toBe(0)
    const { checks, ...rest } = JSON.parse(stdout)
    expect(rest).toEqual({ ok: true })
    expect(checks[0]).toEqual({ id: 'app_keys', status: 'pass', seen: 'X gives a bearer token for them' })
  })

  it('ends with 3 when X refuses the bearer token, without printing it', async () => {
    const { env, ...emulator } = emulatorEnv()
    const { code, stdout } = await runCommand(['doctor'], { ...emulator, env: { ...env, X_BEARER_TOKEN: 'AAAAwrong' } })
    expect(code).toBe(3)
    expect(stdout).toMatch(/^✗ bearer token +X refuses it \(HTTP 401\)\n {2}→ Replace X_BEARER_TOKEN/m)
    expect(stdout).not.toContain('AAAAwrong')
  })

  it('ends with 4 without keys', async () => {
    const { code, stderr } = await runCommand(['doctor'], {})
    expect(code).toBe(4)
    expect(stderr).toContain('X_CONSUMER_KEY')
  })
})
