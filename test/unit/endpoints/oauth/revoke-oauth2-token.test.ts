import { expect, test } from 'vitest'
import { revokeOAuth2Token } from '../../../../src/endpoints/oauth/revoke-oauth2-token.ts'
import { mockXApi } from '../../../support/x-api.ts'

// The request: https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token and
// https://www.rfc-editor.org/rfc/rfc7009#section-2.1

const x = mockXApi()
const retry = { sleep: async () => undefined }
const input = { clientId: 'client-id', token: 'Q0Mzb0VhZ0V5dmNXSTEyNER2MFNf' }

test.each([
  ['a public client', input, 'token=Q0Mzb0VhZ0V5dmNXSTEyNER2MFNf&client_id=client-id', ''],
  [
    'a confidential client',
    { ...input, clientSecret: 'client-secret', tokenType: 'access_token' as const },
    'token=Q0Mzb0VhZ0V5dmNXSTEyNER2MFNf&token_type_hint=access_token',
    `Basic ${btoa('client-id:client-secret')}`,
  ],
])('sends the request of %s', async (_, given, body, authorization) => {
  x.answers({ json: { revoked: true } })
  expect(await revokeOAuth2Token(given)).toBeUndefined()
  expect(x.requests[0]).toMatchObject({ method: 'POST', path: '/2/oauth2/revoke', body, authorization })
})

test('is sent again after a lost response: a second revocation does no harm', async () => {
  x.answers({ network: 'lost' }, { status: 200 })
  await revokeOAuth2Token(input, { retry })
  expect(x.requests).toHaveLength(2)
})

test('is rejected if X refuses the app, without showing the token', async () => {
  x.answers({ status: 401, json: { error: 'unauthorized_client', error_description: `No: ${input.token}` } })
  const error: Error = await revokeOAuth2Token(input).catch((thrown) => thrown)
  expect(error).toMatchObject({ name: 'ApiError', endpoint: 'oauth.revokeOAuth2Token', reason: 'Unauthorized' })
  expect(error.message).not.toContain(input.token)
})

test.each([
  [{ ...input, token: '' }, RangeError],
  [{ ...input, tokenType: 'bearer' }, RangeError],
  [{ token: 'token' }, TypeError],
])('refuses %j before anything is sent', async (wrong, Expected) => {
  await expect(revokeOAuth2Token(wrong as typeof input)).rejects.toThrow(Expected)
  expect(x.requests).toEqual([])
})
