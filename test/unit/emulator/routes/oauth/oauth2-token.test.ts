import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../../support/emulator-harness.ts'
import { basicAuthorization } from '../../../../support/emulator-sign-in.ts'

const redirectUri = 'https://app.example/callback?from=x'
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
// https://www.rfc-editor.org/rfc/rfc7636#appendix-B
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

function createSignIn(settings: { oauth2?: boolean } = {}) {
  const harness = new EmulatorHarness()
  harness.x.configureApp(settings)
  const alice = harness.x.addUser({ screenName: 'alice' })
  return { harness, alice, x: harness.x }
}

function authorizePath(harness: EmulatorHarness, changes: Record<string, string> = {}, path = '/i/oauth2/authorize') {
  const query = {
    response_type: 'code',
    client_id: harness.x.app.clientId,
    redirect_uri: redirectUri,
    scope: 'tweet.read users.read offline.access',
    state: 'my state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  const used = Object.entries(query).filter(([, value]) => value !== '')
  return `${path}?${new URLSearchParams(used)}`
}

/** Submits the page, and returns the query of the callback. */
async function submit(harness: EmulatorHarness, fields: Record<string, string>, changes: Record<string, string> = {}) {
  const body = new URLSearchParams(fields)
  const response = await harness.x.fetch(`https://x.com${authorizePath(harness, changes)}`, { method: 'POST', body })
  return { status: response.status, query: new URL(response.headers.get('location') ?? redirectUri).searchParams }
}

async function getCode(harness: EmulatorHarness, changes: Record<string, string> = {}): Promise<string> {
  return (await submit(harness, { screen_name: 'alice' }, changes)).query.get('code') ?? ''
}

async function post(harness: EmulatorHarness, path: string, form: Record<string, string>, authorization?: string) {
  const response = await harness.x.fetch(`https://api.x.com${path}`, {
    method: 'POST',
    headers: authorization === undefined ? {} : { authorization },
    body: new URLSearchParams(form),
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

function exchange(
  harness: EmulatorHarness,
  code: string,
  changes: Record<string, string> = {},
  authorization?: string,
) {
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...(authorization === undefined && { client_id: harness.x.app.clientId }),
    ...changes,
  }
  return post(harness, '/2/oauth2/token', form, authorization)
}

function refresh(harness: EmulatorHarness, token = '', authorization?: string) {
  const form = { grant_type: 'refresh_token', refresh_token: token, client_id: harness.x.app.clientId }
  return post(harness, '/2/oauth2/token', form, authorization)
}

async function statusOf({ x }: EmulatorHarness, token = '', path = '/2/users/me'): Promise<number> {
  return (await x.fetch(`https://api.x.com${path}`, { headers: { authorization: `Bearer ${token}` } })).status
}

const invalid = (error_description: string) => ({ status: 400, body: { error: 'invalid_request', error_description } })

describe('the page of OAuth 2.0', () => {
  it.each(['/i/oauth2/authorize', '/2/oauth2/authorize'])('%s asks for the scopes', async (path) => {
    const { harness } = createSignIn()
    const response = await harness.x.fetch(`https://x.com${authorizePath(harness, {}, path)}`)
    expect(response.status).toBe(200)
    const page = await response.text()
    expect(page).toContain('Emulated App')
    expect(page).toContain('offline.access')
    expect(page).toContain('@alice')
  })

  it('sends the person back with a code and the state, or with an error', async () => {
    const { harness } = createSignIn()
    const { status, query } = await submit(harness, { screen_name: 'alice' })
    expect(status).toBe(302)
    expect([query.get('from'), query.get('state'), query.get('error')]).toEqual(['x', 'my state', null])
    expect(query.get('code')).toMatch(/^[A-Za-z0-9]{92}$/)
    const denied = (await submit(harness, { cancel: '1', screen_name: 'alice' })).query
    expect([denied.get('error'), denied.get('state'), denied.get('code')]).toEqual(['access_denied', 'my state', null])
  })

  it('asks again when nobody was chosen', async () => {
    const { harness } = createSignIn()
    expect((await submit(harness, { screen_name: 'carol' })).status).toBe(400)
  })

  it.each([
    ['client_id', 'wrong'],
    ['client_id', ''],
    ['redirect_uri', '/callback'],
    ['redirect_uri', 'javascript:alert(1)'],
    ['redirect_uri', ''],
    ['response_type', 'token'],
    ['state', ''],
    ['state', 'x'.repeat(501)],
    ['code_challenge', ''],
    ['code_challenge_method', 'S512'],
    ['scope', ''],
    ['scope', 'tweet.read everything'],
  ])('refuses %s %j without a redirect', async (name, value) => {
    const { harness } = createSignIn()
    const { status, query } = await submit(harness, { screen_name: 'alice' }, { [name]: value })
    expect(status).toBe(400)
    expect(query.get('code')).toBeNull()
    expect((await harness.x.fetch(`https://x.com${authorizePath(harness, { [name]: value })}`)).status).toBe(400)
  })
})

describe('POST /2/oauth2/token', () => {
  it('exchanges a code, once, for tokens of the user', async () => {
    const { harness, alice } = createSignIn()
    const code = await getCode(harness)
    const { status, body } = await exchange(harness, code)
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        token_type: 'bearer',
        expires_in: 7200,
        access_token: expect.stringMatching(/^[A-Za-z0-9]{91}$/),
        scope: 'tweet.read users.read offline.access',
        refresh_token: expect.stringMatching(/^[A-Za-z0-9]{92}$/),
      },
    })
    const headers = { authorization: `Bearer ${body.access_token}` }
    const me = await harness.x.fetch('https://api.x.com/2/users/me', { headers })
    expect(await me.json()).toMatchObject({ data: { id: alice.id } })
    expect(await exchange(harness, code)).toEqual(invalid('Value passed for the authorization code was invalid.'))
  })

  it('issues no refresh token without offline.access, and checks the scopes', async () => {
    const { harness } = createSignIn()
    const { body } = await exchange(harness, await getCode(harness, { scope: 'tweet.read' }))
    expect(body).not.toHaveProperty('refresh_token')
    expect(await statusOf(harness, body.access_token)).toBe(403)
  })

  it.each([
    ['code', 'wrong', 'Value passed for the authorization code was invalid.'],
    [
      'redirect_uri',
      'https://app.example/',
      'Value passed for the redirect uri did not match the uri of the authorization code.',
    ],
    ['code_verifier', `${verifier}x`, 'Value passed for the code verifier did not match the code challenge.'],
    ['code_verifier', '', 'Value passed for the code verifier did not match the code challenge.'],
    ['grant_type', 'password', 'Value passed for the grant type was invalid.'],
  ])('refuses a wrong %s: %j', async (name, value, description) => {
    const { harness } = createSignIn()
    expect(await exchange(harness, await getCode(harness), { [name]: value })).toEqual(invalid(description))
  })

  it('accepts the challenge method plain', async () => {
    const { harness } = createSignIn()
    const plain = { code_challenge: verifier, code_challenge_method: 'plain' }
    expect((await exchange(harness, await getCode(harness, plain))).status).toBe(200)
    expect((await exchange(harness, await getCode(harness, plain), { code_verifier: challenge })).status).toBe(400)
  })

  it.each([
    [29_999, 200],
    [30_000, 400],
  ])('accepts a code for 30 seconds: after %i ms it answers %i', async (ms, status) => {
    const { harness } = createSignIn()
    const code = await getCode(harness)
    await harness.x.advance({ ms })
    expect((await exchange(harness, code)).status).toBe(status)
  })

  it.each([
    [7_199_999, 200],
    [7_200_000, 401],
  ])('issues access tokens for two hours: after %i ms the answer is %i', async (ms, status) => {
    const { harness } = createSignIn()
    const { body } = await exchange(harness, await getCode(harness))
    await harness.x.advance({ ms })
    expect(await statusOf(harness, body.access_token)).toBe(status)
    expect((await refresh(harness, body.refresh_token)).status).toBe(200)
  })

  it('rotates refresh tokens: each is valid once', async () => {
    const { harness } = createSignIn()
    const first = (await exchange(harness, await getCode(harness))).body
    const second = (await refresh(harness, first.refresh_token)).body
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(await statusOf(harness, second.access_token)).toBe(200)
    expect(await statusOf(harness, first.access_token)).toBe(401)
    expect(await refresh(harness, first.refresh_token)).toEqual(invalid('Value passed for the token was invalid.'))
    expect((await refresh(harness, second.refresh_token)).status).toBe(200)
    expect((await refresh(harness)).status).toBe(400)
  })

  it('requires the client secret of an app that has one', async () => {
    const { harness, x } = createSignIn({ oauth2: true })
    const missing = {
      status: 401,
      body: { error: 'unauthorized_client', error_description: 'Missing valid authorization header' },
    }
    expect(await exchange(harness, await getCode(harness))).toEqual(missing)
    const wrong = basicAuthorization(x.app.clientId, 'wrong')
    expect(await exchange(harness, await getCode(harness), {}, wrong)).toEqual(missing)
    const basic = basicAuthorization(x.app.clientId, x.app.clientSecret ?? '')
    const { status, body } = await exchange(harness, await getCode(harness), {}, basic)
    expect(status).toBe(200)
    expect(await refresh(harness, body.refresh_token)).toEqual(missing)
    expect((await refresh(harness, body.refresh_token, basic)).status).toBe(200)
  })

  it('refuses the codes and tokens of another app', async () => {
    const { harness, x } = createSignIn()
    const other = x.addApp()
    expect((await exchange(harness, await getCode(harness), { client_id: other.clientId })).status).toBe(400)
    expect((await exchange(harness, await getCode(harness), { client_id: '' })).status).toBe(401)
    const { body } = await exchange(harness, await getCode(harness))
    const form = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '', client_id: other.clientId }
    expect((await post(harness, '/2/oauth2/token', form)).status).toBe(400)
  })

  it('continues from a saved state', async () => {
    const { harness, x } = createSignIn()
    const code = await getCode(harness)
    await x.load(JSON.parse(JSON.stringify(x.save())))
    const { body } = await exchange(harness, code)
    await x.load(JSON.parse(JSON.stringify(x.save())))
    expect(await statusOf(harness, body.access_token)).toBe(200)
    expect((await refresh(harness, body.refresh_token)).status).toBe(200)
  })
})

describe('POST /2/oauth2/revoke', () => {
  it.each(['access_token', 'refresh_token'])('revokes both tokens by the %s', async (name) => {
    const { harness, x } = createSignIn()
    const { body } = await exchange(harness, await getCode(harness))
    const revoke = (client_id: string) => post(harness, '/2/oauth2/revoke', { token: body[name] ?? '', client_id })
    expect((await revoke(x.addApp().clientId)).status).toBe(400)
    expect(await revoke(x.app.clientId)).toEqual({ status: 200, body: { revoked: true } })
    expect(await statusOf(harness, body.access_token)).toBe(401)
    expect((await refresh(harness, body.refresh_token)).status).toBe(400)
    expect(await revoke(x.app.clientId)).toEqual(invalid('Value passed for the token was invalid.'))
    expect((await revoke('')).status).toBe(401)
  })

  it('is what the user does to all tokens of the app', async () => {
    const { harness, alice } = createSignIn()
    const { body } = await exchange(harness, await getCode(harness))
    const code = await getCode(harness)
    await alice.revoke()
    expect(await statusOf(harness, body.access_token)).toBe(401)
    expect((await refresh(harness, body.refresh_token)).status).toBe(400)
    expect((await exchange(harness, code)).status).toBe(400)
    // Signing in again gives access again.
    expect((await exchange(harness, await getCode(harness))).status).toBe(200)
    await alice.revoke()
  })
})

it('computes the challenge of the RFC', () => {
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(challenge)
})
