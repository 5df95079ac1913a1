import { describe, expect, it, vi } from 'vitest'
import type { EmulatedUser, EmulatorOptions } from 'x-account-activity/emulator'
import {
  type CredentialsReport,
  type DiagnoseCredentialsOptions,
  diagnoseCredentials,
} from '../../../../src/cli/doctor/diagnose-credentials.ts'
import { EmulatorHarness, start } from '../../../support/emulator-harness.ts'

/** An app with a webhook and a subscribed user. `examine` tries its credentials on the emulator. */
async function setUp(options: EmulatorOptions = {}) {
  const harness = new EmulatorHarness(options)
  const [alice] = await harness.subscribed('alice')
  const examine = (changes: Partial<DiagnoseCredentialsOptions> = {}, user: EmulatedUser | undefined = alice) =>
    diagnoseCredentials({
      consumerKey: harness.x.app.consumerKey,
      consumerSecret: harness.x.app.consumerSecret,
      bearerToken: harness.x.app.bearerToken,
      user: { accessToken: user.accessToken, accessTokenSecret: user.accessTokenSecret },
      fetch: withDate((url, init) => harness.x.fetch(url, init), start),
      now: () => harness.time,
      ...changes,
    })
  return { harness, alice, examine }
}

type Fetch = NonNullable<DiagnoseCredentialsOptions['fetch']>

/** Adds the header `date`, as every HTTP server does. */
function withDate(fetch: Fetch, time: number): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init)
    response.headers.set('date', new Date(time).toUTCString())
    return response
  }
}

function idsOf({ checks }: CredentialsReport, status: string): string[] {
  return checks.filter((check) => check.status === status).map(({ id }) => id)
}

function seenOf({ checks }: CredentialsReport, id: string): string | undefined {
  return checks.find((check) => check.id === id)?.seen
}

describe('diagnoseCredentials', () => {
  it('finds nothing wrong with the right credentials', async () => {
    const { examine } = await setUp()
    const report = await examine()
    expect(report.ok).toBe(true)
    expect(report).not.toHaveProperty('url')
    expect(Object.fromEntries(report.checks.map(({ id, status, seen }) => [id, `${status}: ${seen}`]))).toEqual({
      app_keys: 'pass: X gives a bearer token for them',
      bearer_token: 'pass: X accepts it',
      app_only: 'pass: the webhooks can be listed',
      user_context: 'pass: the user is subscribed',
      permission: 'pass: read-write-directmessages',
      webhooks: expect.stringMatching(/^pass: \d+ https:\/\/hook\.example\.com\/x$/),
      subscriptions: 'pass: 1 of 5000 are used',
      clock: 'pass: agrees with X',
    })
  })

  it('reports a wrong bearer token, although the client replaces it', async () => {
    const { examine } = await setUp()
    const report = await examine({ bearerToken: 'AAAAwrong' })
    expect(idsOf(report, 'fail')).toEqual(['bearer_token'])
    expect(seenOf(report, 'bearer_token')).toBe('X refuses it (HTTP 401)')
    expect(JSON.stringify(report)).not.toContain('AAAAwrong')
  })

  it('skips the bearer token and the user when they are not given', async () => {
    const { examine } = await setUp()
    const report = await examine({ bearerToken: undefined, user: undefined })
    expect(report.ok).toBe(true)
    expect(idsOf(report, 'skipped')).toEqual(['bearer_token', 'user_context', 'permission'])
  })

  it('reports wrong keys of the app', async () => {
    const { examine } = await setUp()
    const report = await examine({ consumerSecret: 'wrong-secret' })
    expect(idsOf(report, 'fail')).toEqual(['app_keys', 'user_context'])
    expect(JSON.stringify(report)).not.toContain('wrong-secret')
  })

  it('reports a wrong token of the user', async () => {
    const { examine } = await setUp()
    const report = await examine({ user: { accessToken: '1-wrong', accessTokenSecret: 'wrong' } })
    expect(idsOf(report, 'fail')).toEqual(['user_context'])
    expect(seenOf(report, 'user_context')).toBe('Unauthorized (HTTP 401)')
    expect(idsOf(report, 'skipped')).toEqual(['permission'])
  })

  it.each(['read', 'read-write'] as const)('reports a token with the permission %s', async (permissions) => {
    const { harness, examine } = await setUp()
    harness.x.configureApp({ permissions })
    const report = await examine({}, harness.x.addUser({ screenName: 'bob' }))
    expect(idsOf(report, 'fail')).toContain('permission')
    expect(seenOf(report, 'permission')).toBe(permissions)
  })

  it('finds the missing permission in the text of a refusal', async () => {
    const { harness, examine } = await setUp()
    const forbidden = {
      title: 'Forbidden',
      status: 403,
      type: 'https://api.twitter.com/2/problems/oauth1-permissions',
      detail: 'Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.',
    }
    const fetch: Fetch = (url, init) =>
      url.endsWith('/subscriptions/all')
        ? Promise.resolve(Response.json(forbidden, { status: 403 }))
        : harness.x.fetch(url, init)
    const report = await examine({ fetch })
    expect(idsOf(report, 'fail')).toEqual(['user_context', 'permission'])
  })

  it('reports an app without access', async () => {
    const { harness, examine } = await setUp()
    harness.x.configureApp({ enrolled: false })
    const report = await examine()
    expect(idsOf(report, 'fail')).toEqual(['app_only', 'user_context'])
  })

  it('reports a webhook that is not valid', async () => {
    const { harness, examine } = await setUp()
    harness.onCrc = () => Response.json({ response_token: 'sha256=wrong' })
    await harness.x.advance({ hours: 48 })
    const report = await examine({ now: harness.x.now, fetch: harness.x.fetch.bind(harness.x) })
    expect(idsOf(report, 'fail')).toEqual(['webhooks'])
    expect(seenOf(report, 'webhooks')).toMatch(/^not valid: \d+ https:\/\/hook\.example\.com\/x$/)
  })

  it('is doubtful without a webhook', async () => {
    const harness = new EmulatorHarness()
    const { app } = harness.x
    const { accessToken, accessTokenSecret } = harness.x.addUser({ screenName: 'alice' })
    const report = await diagnoseCredentials({
      ...{ consumerKey: app.consumerKey, consumerSecret: app.consumerSecret },
      user: { accessToken, accessTokenSecret },
      fetch: (url, init) => harness.x.fetch(url, init),
      now: () => harness.time,
    })
    expect(report.ok).toBe(true)
    expect(idsOf(report, 'doubtful')).toEqual(['webhooks'])
    expect(idsOf(report, 'pass')).toContain('user_context')
  })

  it.each([
    [2, 'pass', '1 of 2 are used'],
    [1, 'doubtful', '1 of 1 are used'],
  ])('compares the subscriptions with a limit of %d', async (subscriptions, status, seen) => {
    const { examine } = await setUp({ limits: { subscriptions } })
    const report = await examine()
    expect(report.checks.find(({ id }) => id === 'subscriptions')).toMatchObject({ status, seen })
  })

  it.each([
    [30_000, 'pass', '30 s ahead of X'],
    [31_000, 'doubtful', '31 s ahead of X'],
    [-301_000, 'fail', '301 s behind X'],
  ])('compares the clock, %d ms away', async (skew, status, seen) => {
    const { harness, examine } = await setUp()
    // The header has whole seconds, and the time of the emulator is a quarter of a second after one.
    const server = start + 250 - skew
    const report = await examine({ fetch: withDate((url, init) => harness.x.fetch(url, init), server) })
    expect(report.checks.find(({ id }) => id === 'clock')).toMatchObject({ status, seen })
  })

  it('reports a failing network', async () => {
    const { examine } = await setUp()
    const report = await examine({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
    expect(idsOf(report, 'fail')).toEqual(['app_keys', 'app_only', 'user_context'])
    expect(idsOf(report, 'skipped')).toEqual(['bearer_token', 'permission', 'webhooks', 'subscriptions', 'clock'])
  })

  it.each([
    ['HTML', new Response('<html>503</html>', { status: 503, headers: { 'content-type': 'text/html' } })],
    ['JSON of another form', Response.json({ data: 'nothing' })],
    ['an empty body', new Response(null, { status: 200 })],
    ['429', Response.json({}, { status: 429 })],
  ])('survives an API that always answers with %s', async (_, response) => {
    const { examine } = await setUp()
    const report = await examine({ fetch: async () => response.clone() })
    expect(report.ok).toBe(false)
    for (const { status, fix } of report.checks) if (status === 'fail') expect(fix).toMatch(/\.$/)
  })

  it('ends by a signal', async () => {
    const { examine } = await setUp()
    const controller = new AbortController()
    const fetch: Fetch = (_, { signal }) => {
      controller.abort(new Error('interrupted'))
      return Promise.reject(signal?.reason)
    }
    await expect(examine({ fetch, signal: controller.signal })).rejects.toThrow('interrupted')
  })

  it('reports each result when it is there', async () => {
    const { examine } = await setUp()
    const onResult = vi.fn()
    const report = await examine({ onResult })
    expect(onResult.mock.calls.map(([id]) => id).sort()).toEqual(report.checks.map(({ id }) => id).sort())
  })
})
