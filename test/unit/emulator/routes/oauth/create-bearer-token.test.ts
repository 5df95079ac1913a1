import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../../support/emulator-harness.ts'
import { basicAuthorization, credentialsNotVerified, postForm } from '../../../../support/emulator-sign-in.ts'

const grant = 'grant_type=client_credentials'

describe('POST /oauth2/token', () => {
  it('answers with the same percent-encoded token until it is invalidated', async () => {
    const harness = new EmulatorHarness()
    const { bearerToken } = harness.x.app
    expect(bearerToken).toMatch(/^A{21}[A-Za-z0-9]+%2F[A-Za-z0-9]+%3D[A-Za-z0-9]+$/)
    for (let time = 0; time < 2; time += 1) {
      const response = await postForm(harness, '/oauth2/token', grant)
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({ token_type: 'bearer', access_token: bearerToken })
    }
    await postForm(harness, '/oauth2/invalidate_token', `access_token=${bearerToken}`)
    const renewed = (await (await postForm(harness, '/oauth2/token', grant)).json()) as { access_token: string }
    expect(renewed.access_token).not.toBe(bearerToken)
    expect(harness.x.app.bearerToken).toBe(renewed.access_token)
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(200)
  })

  it.each([
    ['a wrong secret', (harness: EmulatorHarness) => basicAuthorization(harness.x.app.consumerKey, 'wrong')],
    ['no secret', (harness: EmulatorHarness) => basicAuthorization(harness.x.app.consumerKey, '')],
    ['an unknown key', () => basicAuthorization('__proto__', 'x')],
    ['invalid base64', () => 'Basic $$$'],
    ['invalid UTF-8', () => `Basic ${btoa('%FF:%FF')}`],
    ['another scheme', (harness: EmulatorHarness) => `Bearer ${harness.x.app.bearerToken}`],
  ])('refuses %s', async (_, authorization) => {
    const harness = new EmulatorHarness()
    const response = await postForm(harness, '/oauth2/token', grant, authorization(harness))
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual(credentialsNotVerified)
  })

  it.each(['', 'grant_type=password', 'grant_type'])('refuses the body %j', async (body) => {
    const response = await postForm(new EmulatorHarness(), '/oauth2/token', body)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ errors: [{ code: 170, label: 'forbidden_missing_parameter' }] })
  })
})
