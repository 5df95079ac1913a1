import { expect, test } from 'vitest'
import { refreshOAuth2Tokens } from '../../../../src/endpoints/oauth/refresh-oauth2-tokens.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token

const x = mockXApi()
const now = () => Date.UTC(2026, 10, 21, 12)
const input = { clientId: 'client-id', refreshToken: 'bWRWa3gzdnk3WHRGU1o0bmRRcTJ5VVhxX1BCbUJkTmJQMkd4QVFPcGtkOTRnOjE' }

test('sends the request that X documents', async () => {
  x.answers({
    json: { token_type: 'bearer', expires_in: 7200, access_token: 'new', scope: 'tweet.read', refresh_token: 'next' },
  })
  expect(await refreshOAuth2Tokens(input, { now })).toEqual({
    bearerToken: 'new',
    refreshToken: 'next',
    expiresAt: new Date('2026-11-21T14:00:00Z'),
    scopes: ['tweet.read'],
  })
  expect(x.requests[0]).toMatchObject({
    path: '/2/oauth2/token',
    authorization: '',
    body: `grant_type=refresh_token&refresh_token=${input.refreshToken}&client_id=client-id`,
  })
})

test('keeps the refresh token if the response has no new one', async () => {
  // https://www.rfc-editor.org/rfc/rfc6749#section-6
  x.answers({ json: { token_type: 'bearer', access_token: 'new' } })
  expect(await refreshOAuth2Tokens(input, { now })).toMatchObject({ refreshToken: input.refreshToken })
})

test('is not sent again after a lost response, and does not show the token', async () => {
  x.answers({ network: 'lost' })
  const error: Error = await refreshOAuth2Tokens(input, { now }).catch((thrown) => thrown)
  expect(error).toMatchObject({ name: 'TransportError', attempts: 1 })
  expect(error.message).not.toContain(input.refreshToken)
})

test.each([
  [{ ...input, refreshToken: '' }, RangeError],
  [{ clientId: 'client-id' }, TypeError],
  [null, TypeError],
])('refuses %j before anything is sent', async (wrong, Expected) => {
  await expect(refreshOAuth2Tokens(wrong as typeof input)).rejects.toThrow(Expected)
  expect(x.requests).toEqual([])
})
