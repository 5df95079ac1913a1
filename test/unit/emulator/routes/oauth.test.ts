import { describe, expect, it } from 'vitest'
import { EmulatorHarness, start } from '../../../support/emulator-harness.ts'
import { oauth1Header } from '../../../support/emulator-oauth1.ts'

function basic(key: string, secret: string): string {
  return `Basic ${btoa(`${encodeURIComponent(key)}:${encodeURIComponent(secret)}`)}`
}

function ask(harness: EmulatorHarness, path: string, body: string, authorization?: string): Promise<Response> {
  const { consumerKey, consumerSecret } = harness.x.app
  return harness.x.fetch(`https://api.x.com${path}`, {
    method: 'POST',
    headers: {
      authorization: authorization ?? basic(consumerKey, consumerSecret),
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    },
    body,
  })
}

const grant = 'grant_type=client_credentials'
const notVerified = {
  errors: [{ code: 99, message: 'Unable to verify your credentials', label: 'authenticity_token_error' }],
}

describe('POST /oauth2/token', () => {
  it('answers the same percent-encoded token until it is invalidated', async () => {
    const harness = new EmulatorHarness()
    const { bearerToken } = harness.x.app
    expect(bearerToken).toMatch(/^A{21}[A-Za-z0-9]+%2F[A-Za-z0-9]+%3D[A-Za-z0-9]+$/)
    for (let time = 0; time < 2; time += 1) {
      const response = await ask(harness, '/oauth2/token', grant)
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({ token_type: 'bearer', access_token: bearerToken })
    }
    await ask(harness, '/oauth2/invalidate_token', `access_token=${bearerToken}`)
    const renewed = (await (await ask(harness, '/oauth2/token', grant)).json()) as { access_token: string }
    expect(renewed.access_token).not.toBe(bearerToken)
    expect(harness.x.app.bearerToken).toBe(renewed.access_token)
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(200)
  })

  it.each([
    ['a wrong secret', (harness: EmulatorHarness) => basic(harness.x.app.consumerKey, 'wrong')],
    ['no secret', (harness: EmulatorHarness) => basic(harness.x.app.consumerKey, '')],
    ['an unknown key', () => basic('__proto__', 'x')],
    ['what is no base64', () => 'Basic $$$'],
    ['what is no UTF-8', () => `Basic ${btoa('%FF:%FF')}`],
    ['another scheme', (harness: EmulatorHarness) => `Bearer ${harness.x.app.bearerToken}`],
  ])('refuses %s', async (_, authorization) => {
    const harness = new EmulatorHarness()
    const response = await ask(harness, '/oauth2/token', grant, authorization(harness))
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual(notVerified)
  })

  it.each(['', 'grant_type=password', 'grant_type'])('refuses the body %j', async (body) => {
    const response = await ask(new EmulatorHarness(), '/oauth2/token', body)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ errors: [{ code: 170, label: 'forbidden_missing_parameter' }] })
  })
})

describe('POST /oauth2/invalidate_token', () => {
  it.each([
    ['as it was given, in the body', (token: string) => ['', `access_token=${token}`]],
    ['as it was given, in the query', (token: string) => [`?access_token=${token}`, '']],
    ['encoded once more', (token: string) => ['', `access_token=${encodeURIComponent(token)}`]],
  ])('ends a token that comes %s', async (_, write) => {
    const harness = new EmulatorHarness()
    const { bearerToken } = harness.x.app
    const [query, body = ''] = write(bearerToken)
    const response = await ask(harness, `/oauth2/invalidate_token${query}`, body)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ access_token: bearerToken })
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(401)
  })

  it('refuses a token that is not valid, or another app’s', async () => {
    const harness = new EmulatorHarness()
    for (const token of ['', 'wrong', harness.x.addApp().bearerToken]) {
      const response = await ask(harness, '/oauth2/invalidate_token', `access_token=${token}`)
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ errors: [{ code: 89, message: 'Invalid or expired token.' }] })
    }
  })

  it('can be signed by the owner of the app, and by nobody else', async () => {
    const harness = new EmulatorHarness()
    const { bearerToken } = harness.x.app
    const path = `/oauth2/invalidate_token?access_token=${bearerToken}`
    const sign = (keys: { accessToken: string; accessTokenSecret: string }) =>
      oauth1Header(
        { method: 'POST', url: `https://api.x.com${path}` },
        { ...harness.x.app, accessToken: keys.accessToken, accessTokenSecret: keys.accessTokenSecret },
        { timestamp: Math.floor(start / 1000), nonce: 'n' },
      )
    const stranger = await ask(harness, path, '', sign(harness.x.addUser({ screenName: 'alice' })))
    expect(await stranger.json()).toEqual(notVerified)
    expect((await ask(harness, path, '', sign(harness.x.app))).status).toBe(200)
  })
})

it('takes a bearer token as it was given and decoded', async () => {
  const { x } = new EmulatorHarness()
  for (const token of [x.app.bearerToken, decodeURIComponent(x.app.bearerToken)]) {
    const headers = { authorization: `bearer ${token}` }
    expect((await x.fetch('https://api.x.com/2/webhooks', { headers })).status).toBe(200)
  }
})
