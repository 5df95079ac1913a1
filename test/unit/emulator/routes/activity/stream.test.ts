import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../../support/emulator-harness.ts'
import { openStream, settled } from '../../../../support/emulator-stream.ts'

const path = '/2/activity/stream'

describe('the stream', () => {
  it('sends its head with the first keep-alive, and one every 15 seconds', async () => {
    const harness = new EmulatorHarness()
    const stream = await openStream(harness)
    await harness.x.advance({ ms: 14_999 })
    expect(await stream.read()).toBe('')
    expect(harness.x.requests.at(-1)?.status).toBeUndefined()
    await harness.x.advance({ ms: 1 })
    expect(await stream.read()).toBe('\r\n')
    const response = await stream.response
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    await harness.x.advance({ minutes: 1 })
    expect(await stream.read()).toBe('\r\n'.repeat(4))
    expect(stream.end).toBeUndefined()
    stream.abort()
  })

  it('sends keep-alives by a base clock that moves on its own', async () => {
    const harness = new EmulatorHarness()
    const stream = await openStream(harness)
    harness.time += 15_000
    expect(await stream.read()).toBe('\r\n')
    stream.abort()
  })

  it('has a rate limit of 450 connections in 15 minutes', async () => {
    const harness = new EmulatorHarness({ limits: { rate: { [`GET ${path}`]: 2 } } })
    for (let count = 0; count < 2; count += 1) (await openStream(harness)).abort()
    expect((await harness.asApp('GET', path)).status).toBe(429)
    const full = new EmulatorHarness()
    const stream = await openStream(full)
    await full.x.advance({ seconds: 20 })
    expect((await stream.response).headers.get('x-rate-limit-limit')).toBe('450')
    stream.abort()
  })

  it('rejects when the client aborts before the head', async () => {
    const stream = await openStream(new EmulatorHarness())
    stream.abort()
    await expect(stream.response).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
  })

  it('is closed when another state is loaded', async () => {
    const harness = new EmulatorHarness()
    const stream = await openStream(harness)
    await harness.x.reset()
    await settled()
    expect(stream.end).toBe('ended')
  })

  it('of an app that is not enrolled is refused', async () => {
    const harness = new EmulatorHarness()
    harness.x.configureApp({ enrolled: false })
    expect((await harness.asApp('GET', path)).status).toBe(403)
  })
})

describe('too many connections', () => {
  it('are refused: an app has two', async () => {
    const harness = new EmulatorHarness()
    const first = await openStream(harness)
    const second = await openStream(harness)
    const refused = await harness.asApp('GET', path)
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      429,
      'application/problem+json; charset=utf-8',
    ])
    // https://docs.x.com/x-api/fundamentals/handling-disconnections
    expect(await refused.json()).toEqual({
      title: 'ConnectionException',
      detail: 'This stream is currently at the maximum allowed connection limit.',
      connection_issue: 'TooManyConnections',
      type: 'https://api.x.com/2/problems/streaming-connection',
    })
    const ofOther = await openStream(harness, '', { app: harness.x.addApp() })
    first.abort()
    const third = await openStream(harness)
    expect(third.end).toBeUndefined()
    for (const stream of [second, third, ofOther]) stream.abort()
  })

  it('are refused in the stream by a fault', async () => {
    const harness = new EmulatorHarness({ faults: { stream: { tooManyConnections: { next: 1 } } } })
    const stream = await openStream(harness)
    expect((await stream.response).status).toBe(200)
    expect(await stream.events()).toMatchObject([{ connection_issue: 'TooManyConnections' }])
    expect(stream.end).toBe('ended')
    const next = await openStream(harness)
    expect(next.end).toBeUndefined()
    next.abort()
  })
})

describe('a token of a user', () => {
  it('is refused: the stream accepts the bearer token of an app only', async () => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const authorization = `Bearer ${alice.oauth2Token}`
    const byOAuth2 = await harness.x.fetch(`https://api.x.com${path}`, { headers: { authorization } })
    for (const response of [await harness.asUser(alice, 'GET', path), byOAuth2]) {
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({
        type: 'https://api.x.com/2/problems/unsupported-authentication',
        detail: expect.stringContaining('[OAuth 2.0 Application-Only]'),
      })
    }
  })
})

it('refuses a query that the tier does not have', async () => {
  const response = await new EmulatorHarness({ tier: 'pay-per-use' }).asApp('GET', `${path}?backfill_minutes=1`)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({
    errors: [{ message: 'The `backfill_minutes` query parameter is not authorized for this app' }],
  })
})

describe('a fault of API calls', () => {
  it('drops the connection when it would answer, and leaves no open stream', async () => {
    const harness = new EmulatorHarness({ faults: { api: { dropped: { next: 1 } } } })
    const stream = await openStream(harness)
    await harness.x.advance({ seconds: 20 })
    await expect(stream.response).rejects.toThrow()
    expect(await (await harness.asApp('GET', '/2/connections')).json()).toMatchObject({ data: [] })
  })

  it('truncates what arrived with the head', async () => {
    const harness = new EmulatorHarness({ faults: { api: { truncated: { next: 1 } } } })
    const stream = await openStream(harness)
    await harness.x.advance({ seconds: 20 })
    expect(await stream.read()).toBe('\r')
    expect(stream.end).toBe('ended')
  })
})
