import { describe, expect, it } from 'vitest'
import {
  callAccessToken,
  createSignInHarness,
  getRequestToken,
  invalidToken,
  openPage,
  submitForm,
} from '../../../../support/emulator-sign-in.ts'
import { failureOf } from '../../../../support/emulator-v1.ts'

describe('the form of the sign-in page', () => {
  it('redirects to the callback, whose query is kept', async () => {
    const { harness } = createSignInHarness()
    const { token } = await getRequestToken(harness)
    const response = await submitForm(harness, { oauth_token: token, screen_name: 'alice' })
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toMatch(
      new RegExp(`^https://app\\.example\\.com/back\\?from=x&oauth_token=${token}&oauth_verifier=[A-Za-z0-9]{32}$`),
    )
    expect((await openPage(harness, `/oauth/authorize?oauth_token=${token}`)).status).toBe(403)
    expect((await submitForm(harness, { oauth_token: token, screen_name: 'bob' })).status).toBe(403)
  })

  it('redirects to an app on a phone', async () => {
    const { harness } = createSignInHarness()
    const { token } = await getRequestToken(harness, 'my-app://signed-in')
    const response = await submitForm(harness, { oauth_token: token, screen_name: 'alice' })
    expect(response.headers.get('location')).toMatch(/^my-app:\/\/signed-in\?oauth_token=/)
  })

  it('redirects with "denied" when the person cancels', async () => {
    const { harness } = createSignInHarness()
    const request = await getRequestToken(harness)
    const response = await submitForm(harness, { oauth_token: request.token, screen_name: 'alice', cancel: '1' })
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe(`https://app.example.com/back?from=x&denied=${request.token}`)
    expect(await failureOf(await callAccessToken(harness, request, 'any'))).toEqual(invalidToken)
  })

  it('shows a page without a callback', async () => {
    const { harness } = createSignInHarness()
    const { token } = await getRequestToken(harness, 'oob')
    const response = await submitForm(harness, { oauth_token: token, cancel: '1' })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Emulated App got no access')
  })

  it.each(['', 'unknown', 'constructor'])('asks again when the user is %j', async (screenName) => {
    const { harness } = createSignInHarness()
    const { token } = await getRequestToken(harness)
    const response = await submitForm(harness, { oauth_token: token, screen_name: screenName })
    expect(response.status).toBe(400)
    const page = await response.text()
    expect(page).toContain('<p class="alert" role="alert">Choose who you are.</p>')
    expect(page).toContain(`value="${token}"`)
  })
})
