import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../../support/emulator-harness.ts'
import { createSignInHarness, invalidToken } from '../../../../support/emulator-sign-in.ts'
import { callSigned, failureOf } from '../../../../support/emulator-v1.ts'

describe.each(['/1.1/oauth/invalidate_token', '/1.1/oauth/invalidate_token.json'])('POST %s', (path) => {
  it('invalidates the tokens that the request is signed with', async () => {
    const { harness, alice } = createSignInHarness()
    const { accessToken: token, accessTokenSecret, oauth2Token } = alice
    const response = await callSigned(harness, alice, { method: 'POST', path })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ access_token: token })
    const again = callSigned(harness, { accessToken: token, accessTokenSecret }, { method: 'POST', path })
    expect(await failureOf(await again)).toEqual(invalidToken)
    const headers = { authorization: `Bearer ${oauth2Token}` }
    expect((await harness.x.fetch('https://api.x.com/2/users/me', { headers })).status).toBe(401)
  })

  it('removes the subscription', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    await callSigned(harness, alice, { method: 'POST', path })
    await harness.flush()
    await alice.post('Not delivered')
    expect(await harness.flush()).toEqual([])
  })

  it('requires OAuth 1.0a', async () => {
    const { harness } = createSignInHarness()
    expect(await failureOf(await harness.asApp('POST', path))).toMatchObject({ status: 403, code: 220 })
  })
})
