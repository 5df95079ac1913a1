import { describe, expect, it } from 'vitest'
import { oauth1Header } from '../../../../support/emulator-oauth1.ts'
import {
  callAccessToken,
  callback,
  createSignInHarness,
  getRequestToken,
  getVerifier,
  invalidToken,
  type RequestToken,
  submitForm,
} from '../../../../support/emulator-sign-in.ts'
import { callSigned, failureOf } from '../../../../support/emulator-v1.ts'

describe('POST /oauth/access_token', () => {
  it('answers with the tokens of the user, which work', async () => {
    const { harness, alice } = createSignInHarness()
    const request = await getRequestToken(harness)
    const response = await callAccessToken(harness, request, await getVerifier(harness, request, 'alice'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const text = await response.text()
    const { accessToken: token, accessTokenSecret: secret } = alice
    expect(text).toBe(`oauth_token=${token}&oauth_token_secret=${secret}&user_id=${alice.id}&screen_name=alice`)
    const me = await harness.asUser(alice, 'GET', '/2/users/me')
    expect(await me.json()).toEqual({ data: { id: alice.id, name: 'Alice', username: 'alice' } })
  })

  // https://github.com/xdevplatform/account-activity-dashboard: add-subscription-other-user.js uses GET.
  it('accepts GET', async () => {
    const { harness, alice } = createSignInHarness()
    const { token, secret } = await getRequestToken(harness)
    const verifier = await getVerifier(harness, { token, secret }, 'alice')
    const path = `/oauth/access_token?oauth_verifier=${verifier}`
    const tokens = { accessToken: token, accessTokenSecret: secret }
    const response = await callSigned(harness, tokens, { method: 'GET', path })
    expect(new URLSearchParams(await response.text()).get('oauth_token')).toBe(alice.accessToken)
  })

  it('accepts the PIN of 7 digits', async () => {
    const { harness } = createSignInHarness()
    const request = await getRequestToken(harness, 'oob')
    const page = await submitForm(harness, { oauth_token: request.token, screen_name: 'bob' })
    expect(page.status).toBe(200)
    const [, pin = ''] = /<code class="pin">(\d{7})<\/code>/.exec(await page.text()) ?? []
    expect((await callAccessToken(harness, request, pin)).status).toBe(200)
  })

  it('issues new tokens after a revocation', async () => {
    const { harness, alice } = createSignInHarness()
    const before = alice.accessToken
    await alice.revoke()
    const request = await getRequestToken(harness)
    const text = await (await callAccessToken(harness, request, await getVerifier(harness, request, 'alice'))).text()
    expect(new URLSearchParams(text).get('oauth_token')).not.toBe(before)
    expect(alice.accessToken).toBe(new URLSearchParams(text).get('oauth_token'))
  })

  it('accepts a request token once', async () => {
    const { harness } = createSignInHarness()
    const request = await getRequestToken(harness)
    const verifier = await getVerifier(harness, request, 'alice')
    expect((await callAccessToken(harness, request, verifier)).status).toBe(200)
    expect(await failureOf(await callAccessToken(harness, request, verifier))).toEqual(invalidToken)
  })

  it.each(['', 'wrong', '0000000'])(
    'refuses the verifier %j with a text, and accepts another attempt',
    async (wrong) => {
      const { harness } = createSignInHarness()
      const request = await getRequestToken(harness)
      const verifier = await getVerifier(harness, request, 'alice')
      const response = await callAccessToken(harness, request, wrong)
      expect(response.status).toBe(401)
      expect(await response.text()).toBe('Error processing your OAuth request: Invalid oauth_verifier parameter')
      expect((await callAccessToken(harness, request, verifier)).status).toBe(200)
    },
  )

  it('refuses a request token that was not authorised', async () => {
    const { harness } = createSignInHarness()
    const request = await getRequestToken(harness)
    for (const verifier of ['', 'undefined']) {
      expect((await callAccessToken(harness, request, verifier)).status).toBe(401)
    }
  })

  it.each([
    ['the secret of the token', (request: RequestToken) => request.secret, 200],
    ['no secret, as in X’s own examples', () => '', 200],
    ['another secret', () => 'wrong', 401],
  ])('answers a request that is signed with %s', async (_, secretOf, status) => {
    const { harness } = createSignInHarness()
    const request = await getRequestToken(harness)
    const verifier = await getVerifier(harness, request, 'alice')
    const response = await callAccessToken(harness, { ...request, secret: secretOf(request) }, verifier)
    expect(response.status).toBe(status)
  })

  it('accepts an unsigned request, as in X’s own examples', async () => {
    const { harness } = createSignInHarness()
    const request = await getRequestToken(harness)
    const oauth_verifier = await getVerifier(harness, request, 'alice')
    const fields = { oauth_token: request.token, oauth_verifier }
    expect((await submitForm(harness, fields, '/oauth/access_token')).status).toBe(200)
  })

  it('refuses a request token of another app, and an expired one', async () => {
    const { harness } = createSignInHarness()
    const request = await getRequestToken(harness)
    const verifier = await getVerifier(harness, request, 'alice')
    const other = harness.x.addApp()
    const url = 'https://api.x.com/oauth/access_token'
    const keys = { ...other, accessToken: request.token, accessTokenSecret: request.secret }
    const at = { timestamp: Math.floor(harness.time / 1000), nonce: 'other', oauth: { oauth_verifier: verifier } }
    const authorization = oauth1Header({ method: 'POST', url }, keys, at)
    expect(await failureOf(await harness.x.fetch(url, { method: 'POST', headers: { authorization } }))).toEqual(
      invalidToken,
    )
    await harness.x.advance({ minutes: 15 })
    expect(await failureOf(await callAccessToken(harness, request, verifier))).toEqual(invalidToken)
  })

  it.each([
    ['?x_auth_access_type=read', 'read'],
    ['?x_auth_access_type=write', 'read-write'],
    ['', 'read-write-directmessages'],
    ['?x_auth_access_type=__proto__', 'read-write-directmessages'],
  ])('issues a token for %j with the permissions %s', async (query, level) => {
    const { harness } = createSignInHarness()
    const request = await getRequestToken(harness, callback, query)
    const text = await (await callAccessToken(harness, request, await getVerifier(harness, request, 'alice'))).text()
    const form = new URLSearchParams(text)
    const tokens = {
      accessToken: form.get('oauth_token') ?? '',
      accessTokenSecret: form.get('oauth_token_secret') ?? '',
    }
    const me = await harness.asUser(tokens, 'GET', '/2/users/me')
    expect(me.status).toBe(200)
    expect(me.headers.get('x-access-level')).toBe(level)
  })
})
