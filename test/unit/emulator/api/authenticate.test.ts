import { describe, expect, it } from 'vitest'
import { EmulatorHarness, subscriptionPath } from '../../../support/emulator-harness.ts'

const countPath = '/2/account_activity/subscriptions/count'

async function createHarness(options: ConstructorParameters<typeof EmulatorHarness>[0] = {}) {
  const harness = new EmulatorHarness(options)
  const id = await harness.register()
  const alice = harness.x.addUser({ screenName: 'alice' })
  const bob = harness.x.addUser({ screenName: 'bob' })
  return { harness, id, alice, bob }
}

describe('authentication', () => {
  const unsupported = 'https://api.x.com/2/problems/unsupported-authentication'

  it('refuses app-only authentication for an endpoint that requires a user', async () => {
    const { harness, id } = await createHarness()
    for (const method of ['GET', 'POST']) {
      const response = await harness.asApp(method, subscriptionPath(id))
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({
        title: 'Unsupported Authentication',
        type: unsupported,
        status: 403,
      })
    }
  })

  it('refuses user context for an endpoint that requires app-only authentication', async () => {
    const { harness, id, alice } = await createHarness()
    const paths = [
      ['GET', '/2/webhooks'],
      ['GET', countPath],
      ['GET', `${subscriptionPath(id)}/list`],
      ['DELETE', `/2/account_activity/webhooks/${id}/subscriptions/${alice.id}/all`],
      ['POST', `/2/account_activity/replay/webhooks/${id}/subscriptions/all?from_date=1&to_date=2`],
      ['POST', '/2/webhooks/replay'],
    ] as const
    for (const [method, path] of paths) {
      const response = await harness.asUser(alice, method, path)
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ type: unsupported })
    }
  })

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer wrong',
    'Bearer __proto__',
    'Basic YTpi',
    'OAuth',
    'OAuth oauth_token="a"',
    'Digest a',
  ])('refuses the header %j', async (authorization) => {
    const { harness, id } = await createHarness()
    for (const path of ['/2/webhooks', subscriptionPath(id)]) {
      const headers: HeadersInit = authorization === undefined ? {} : { authorization }
      const response = await harness.x.fetch(`https://api.x.com${path}`, { headers })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ title: 'Unauthorized', type: 'about:blank' })
    }
  })

  it('refuses an OAuth 1.0a access token as a bearer token', async () => {
    const { harness, id, alice } = await createHarness()
    const headers = { authorization: `Bearer ${alice.accessToken}` }
    const response = await harness.x.fetch(`https://api.x.com${subscriptionPath(id)}`, { headers })
    expect(response.status).toBe(401)
  })
})

it('accepts a bearer token percent-encoded and decoded', async () => {
  const { x } = new EmulatorHarness()
  for (const token of [x.app.bearerToken, decodeURIComponent(x.app.bearerToken)]) {
    const headers = { authorization: `bearer ${token}` }
    expect((await x.fetch('https://api.x.com/2/webhooks', { headers })).status).toBe(200)
  }
})
