import { describe, expect, it } from 'vitest'
import { EmulatorHarness, start } from '../../../../support/emulator-harness.ts'
import { oauth1Header } from '../../../../support/emulator-oauth1.ts'
import { credentialsNotVerified, postForm } from '../../../../support/emulator-sign-in.ts'

describe('POST /oauth2/invalidate_token', () => {
  it.each([
    ['in the body', (token: string) => ['', `access_token=${token}`]],
    ['in the query', (token: string) => [`?access_token=${token}`, '']],
    ['encoded twice', (token: string) => ['', `access_token=${encodeURIComponent(token)}`]],
  ])('invalidates a token %s', async (_, write) => {
    const harness = new EmulatorHarness()
    const { bearerToken } = harness.x.app
    const [query, body = ''] = write(bearerToken)
    const response = await postForm(harness, `/oauth2/invalidate_token${query}`, body)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ access_token: bearerToken })
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(401)
  })

  it('refuses an invalid token, and a token of another app', async () => {
    const harness = new EmulatorHarness()
    for (const token of ['', 'wrong', harness.x.addApp().bearerToken]) {
      const response = await postForm(harness, '/oauth2/invalidate_token', `access_token=${token}`)
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ errors: [{ code: 89, message: 'Invalid or expired token.' }] })
    }
  })

  it('accepts a signature of the owner of the app, and of no other user', async () => {
    const harness = new EmulatorHarness()
    const { bearerToken } = harness.x.app
    const path = `/oauth2/invalidate_token?access_token=${bearerToken}`
    const sign = (keys: { accessToken: string; accessTokenSecret: string }) =>
      oauth1Header(
        { method: 'POST', url: `https://api.x.com${path}` },
        { ...harness.x.app, accessToken: keys.accessToken, accessTokenSecret: keys.accessTokenSecret },
        { timestamp: Math.floor(start / 1000), nonce: 'n' },
      )
    const byOther = await postForm(harness, path, '', sign(harness.x.addUser({ screenName: 'alice' })))
    expect(await byOther.json()).toEqual(credentialsNotVerified)
    expect((await postForm(harness, path, '', sign(harness.x.app))).status).toBe(200)
  })
})
