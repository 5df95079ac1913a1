import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { createOAuth2User, type OAuth2UserInput } from '../../../../src/endpoints/oauth/create-oauth2-user.ts'
import { deferred } from '../../../support/deferred.ts'
import { mockXApi, patientOptions } from '../../../support/x-api.ts'

const x = mockXApi()
let time = Date.UTC(2026, 10, 21, 12)
const now = () => time
const tokens = {
  bearerToken: 'first',
  refreshToken: 'refresh-first',
  expiresAt: new Date('2026-11-21T14:00:00Z'),
  scopes: ['dm.read'],
}
const refreshed = (name: string) => ({
  json: { token_type: 'bearer', expires_in: 7200, access_token: name, refresh_token: `refresh-${name}` },
})
const create = (more: Partial<OAuth2UserInput> = {}) =>
  createOAuth2User({ clientId: 'client-id', tokens, onRefresh: () => undefined, ...more }, { now })

beforeEach(() => {
  time = Date.UTC(2026, 10, 21, 12)
})

test('returns the tokens while they are valid, and sends nothing', async () => {
  expect(await create()()).toEqual(tokens)
  time = tokens.expiresAt.getTime() - 60_001
  expect(await create()()).toEqual(tokens)
})

test('refreshes the tokens one minute before they expire, once for all callers', async () => {
  const stored: unknown[] = []
  const user = create({ onRefresh: ({ refreshToken }) => void stored.push(refreshToken) })
  time = tokens.expiresAt.getTime() - 60_000
  x.answers(refreshed('second'))
  const got = await Promise.all([user(), user(), user()])
  expect(got.map(({ bearerToken }) => bearerToken)).toEqual(['second', 'second', 'second'])
  expect(stored).toEqual(['refresh-second'])
  expect(x.requests[0]?.body).toContain('refresh_token=refresh-first')
  expect((await user()).bearerToken).toBe('second')
})

test('does not use the new token before onRefresh has stored it', async () => {
  const { promise, resolve } = deferred()
  const user = create({ onRefresh: () => promise })
  time = tokens.expiresAt.getTime()
  x.answers(refreshed('second'))
  const used = vi.fn()
  const pending = user().then(used)
  await vi.waitFor(() => expect(x.requests).toHaveLength(1))
  expect(used).not.toHaveBeenCalled()
  resolve()
  await pending
  expect(used.mock.calls[0]?.[0]).toMatchObject({ bearerToken: 'second' })
})

test('hands over the same tokens again after onRefresh failed, without a second refresh', async () => {
  const onRefresh = vi.fn().mockRejectedValueOnce(new Error('the store is down'))
  const user = create({ onRefresh })
  time = tokens.expiresAt.getTime()
  x.answers(refreshed('second'))
  await expect(user()).rejects.toThrow('the store is down')
  expect((await user()).bearerToken).toBe('second')
  expect(onRefresh.mock.calls.map(([{ refreshToken }]) => refreshToken)).toEqual(['refresh-second', 'refresh-second'])
})

test('rejects if X refuses the refresh token, and tries again at the next call', async () => {
  const user = create()
  time = tokens.expiresAt.getTime()
  x.answers({ status: 400, json: { error: 'invalid_request' } }, refreshed('second'))
  await expect(user()).rejects.toMatchObject({ name: 'ApiError', endpoint: 'oauth.refreshOAuth2Tokens' })
  expect((await user()).bearerToken).toBe('second')
})

test('without a refresh token, uses the access token to its end', async () => {
  const { refreshToken, ...rest } = tokens
  const user = create({ tokens: rest })
  time = tokens.expiresAt.getTime() - 1
  expect((await user()).bearerToken).toBe('first')
  time += 1
  await expect(user()).rejects.toThrow(/offline\.access/)
})

describe('as the user of a client', () => {
  const id = '1146654567674912769'

  test('signs the calls, and refreshes a token that X refuses', async () => {
    const client = createClient({ ...patientOptions(), user: create() })
    x.answers({ status: 204 }, { status: 401 }, refreshed('second'), { status: 204 })
    await client.subscriptions.create(id)
    await client.subscriptions.create(id)
    const authorizations = x.requests.map(({ authorization }) => authorization)
    expect(authorizations).toEqual(['Bearer first', 'Bearer first', '', 'Bearer second'])
  })

  test('rejects with the first 401 if X also refuses the refresh token', async () => {
    const client = createClient({ ...patientOptions(), user: create() })
    x.answers({ status: 401 }, { status: 400, json: { error: 'invalid_request' } })
    await expect(client.subscriptions.create(id)).rejects.toMatchObject({
      endpoint: 'subscriptions.create',
      reason: 'Unauthorized',
    })
  })
})

test.each<readonly [string, object, typeof TypeError | typeof RangeError, RegExp]>([
  ['no onRefresh', { onRefresh: undefined }, TypeError, /"onRefresh"/],
  ['no tokens', { tokens: undefined }, TypeError, /"tokens"/],
  ['an empty access token', { tokens: { ...tokens, bearerToken: '' } }, RangeError, /"tokens.bearerToken"/],
  ['a time as text', { tokens: { ...tokens, expiresAt: '2026-11-21' } }, TypeError, /"tokens.expiresAt"/],
  ['an invalid time', { tokens: { ...tokens, expiresAt: new Date('') } }, RangeError, /"tokens.expiresAt"/],
  ['a margin of more than an hour', { refreshBeforeMs: 3_600_001 }, RangeError, /"refreshBeforeMs"/],
  ['a margin of NaN', { refreshBeforeMs: Number.NaN }, RangeError, /"refreshBeforeMs"/],
])('refuses %s', (_, wrong, Expected, message) => {
  expect(() => create(wrong)).toThrow(Expected)
  expect(() => create(wrong)).toThrow(message)
})
