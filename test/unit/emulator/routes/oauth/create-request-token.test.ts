import { describe, expect, it } from 'vitest'
import {
  callback,
  callRequestToken,
  createSignInHarness,
  getRequestToken,
  submitForm,
} from '../../../../support/emulator-sign-in.ts'
import { callSigned, failureOf, noCredentials, noTokens, unauthenticated } from '../../../../support/emulator-v1.ts'

describe('POST /oauth/request_token', () => {
  it('answers with a form that is labelled as HTML', async () => {
    const { harness } = createSignInHarness()
    const response = await callRequestToken(harness, callback)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toMatch(
      /^oauth_token=[A-Za-z0-9]{27}&oauth_token_secret=[A-Za-z0-9]{32}&oauth_callback_confirmed=true$/,
    )
  })

  it('issues a different token each time', async () => {
    const { harness } = createSignInHarness()
    expect(await getRequestToken(harness)).not.toEqual(await getRequestToken(harness))
  })

  it.each([
    ['in the query', { path: `/oauth/request_token?oauth_callback=${encodeURIComponent(callback)}` }],
    ['in a form', { path: '/oauth/request_token', form: { oauth_callback: callback } }],
  ])('accepts the callback %s', async (_, call) => {
    const { harness } = createSignInHarness()
    const response = await callSigned(harness, noTokens, { method: 'POST', ...call, oauth: { oauth_token: '' } })
    expect(response.status).toBe(200)
  })

  // https://github.com/xdevplatform/account-activity-dashboard: add-subscription-other-user.js uses GET.
  it('accepts GET', async () => {
    const { harness } = createSignInHarness()
    const path = '/oauth/request_token?oauth_callback=oob'
    const response = await callSigned(harness, noTokens, { method: 'GET', path, oauth: { oauth_token: '' } })
    expect(await response.text()).toMatch(/^oauth_token=[A-Za-z0-9]{27}&/)
  })

  it('refuses a wrong secret with the recorded challenge', async () => {
    const { harness } = createSignInHarness()
    const app = { ...harness.x.app, consumerSecret: 'wrong' }
    const response = await callRequestToken(harness, callback, '', app)
    // Recorded by Zammad: https://github.com/zammad/zammad/tree/develop/test/data/vcr_cassettes
    expect(response.headers.get('www-authenticate')).toBe('OAuth realm="https://api.twitter.com", api_error_code=32')
  })

  it('refuses a wrong secret, and an unsigned request', async () => {
    const { harness } = createSignInHarness()
    const app = { ...harness.x.app, consumerSecret: 'wrong' }
    expect(await failureOf(await callRequestToken(harness, callback, '', app))).toEqual(unauthenticated)
    expect(await failureOf(await submitForm(harness, { oauth_callback: callback }, '/oauth/request_token'))).toEqual(
      noCredentials,
    )
  })

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'file:///etc',
    '/back',
    'back',
    '',
  ])('refuses the callback %j', async (to) => {
    const { harness } = createSignInHarness()
    const call = { method: 'POST', path: '/oauth/request_token', form: { oauth_callback: to } }
    const response = await callSigned(harness, noTokens, { ...call, oauth: { oauth_token: '' } })
    expect(await failureOf(response)).toMatchObject({ status: 403, code: 415 })
  })

  it('requires a callback', async () => {
    const { harness } = createSignInHarness()
    const call = { method: 'POST', path: '/oauth/request_token', oauth: { oauth_token: '' } }
    expect(await failureOf(await callSigned(harness, noTokens, call))).toMatchObject({ status: 400, code: 38 })
  })
})
