import { expect, it } from 'vitest'
import { createEmulator, type EmulatedUser } from 'x-account-activity/emulator'
import { EmulatorHarness, start } from '../../../support/emulator-harness.ts'

const me = async ({ x }: EmulatorHarness, token: string) =>
  (await x.fetch('https://api.x.com/2/users/me', { headers: { authorization: `Bearer ${token}` } })).status

function withAlice(): { harness: EmulatorHarness; alice: EmulatedUser } {
  const harness = new EmulatorHarness()
  return { harness, alice: harness.x.addUser({ screenName: 'alice' }) }
}

// X: "By default, the access token you create […] will only stay valid for two hours."
// https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
it('gives an OAuth 2.0 token that is valid for two hours, and then another one', async () => {
  const { harness, alice } = withAlice()
  const first = alice.oauth2Token
  await harness.x.advance({ minutes: 119 })
  expect(alice.oauth2Token).toBe(first)
  expect(await me(harness, first)).toBe(200)
  await harness.x.advance({ minutes: 1 })
  expect(await me(harness, first)).toBe(401)
  const second = alice.oauth2Token
  expect(second).not.toBe(first)
  expect(alice.oauth2Token).toBe(second)
  expect(await me(harness, second)).toBe(200)
  expect(await me(harness, first)).toBe(401)
})

it('keeps the OAuth 1.0a token and the scopes when the OAuth 2.0 token expires', async () => {
  const { harness, alice } = withAlice()
  const before = await alice.authorize(undefined, { scopes: ['users.read', 'tweet.read'] })
  harness.x.configureApp({ permissions: 'read' })
  await harness.x.advance({ hours: 3 })
  const { oauth2Token } = alice
  expect(oauth2Token).not.toBe(before.oauth2Token)
  expect(alice.accessToken).toBe(before.accessToken)
  expect(await me(harness, oauth2Token)).toBe(200)
  const path = `https://api.x.com/2/users/${alice.id}/likes`
  const headers = { authorization: `Bearer ${oauth2Token}`, 'content-type': 'application/json' }
  const liked = await harness.x.fetch(path, { method: 'POST', headers, body: '{"tweet_id":"1"}' })
  expect(liked.status).toBe(403)
})

it('gives another OAuth 2.0 token when the app is authorised again after two hours', async () => {
  const { harness, alice } = withAlice()
  const before = await alice.authorize()
  await harness.x.advance({ hours: 2 })
  const after = await alice.authorize()
  expect(after).toEqual({ ...before, oauth2Token: expect.not.stringMatching(before.oauth2Token) })
  expect(await me(harness, after.oauth2Token)).toBe(200)
  expect(alice.oauth2Token).toBe(after.oauth2Token)
})

it('gives another OAuth 2.0 token when the permissions change after two hours', async () => {
  const { harness, alice } = withAlice()
  const { oauth2Token } = alice
  await harness.x.advance({ hours: 2 })
  harness.x.configureApp({ permissions: 'read' })
  await alice.authorize()
  expect(await me(harness, oauth2Token)).toBe(401)
  expect(await me(harness, alice.oauth2Token)).toBe(200)
})

it('gives the last OAuth 2.0 token after a revocation, which is not valid', async () => {
  const { harness, alice } = withAlice()
  const { oauth2Token } = alice
  await alice.revoke()
  await harness.x.advance({ hours: 3 })
  expect(alice.oauth2Token).toBe(oauth2Token)
  expect(await me(harness, oauth2Token)).toBe(401)
})

it('gives another OAuth 2.0 token after /2/oauth2/revoke', async () => {
  const { harness, alice } = withAlice()
  const { oauth2Token } = alice
  const body = new URLSearchParams({ token: oauth2Token, client_id: harness.x.app.clientId })
  expect((await harness.x.fetch('https://api.x.com/2/oauth2/revoke', { method: 'POST', body })).status).toBe(200)
  expect(await me(harness, oauth2Token)).toBe(401)
  expect(alice.oauth2Token).not.toBe(oauth2Token)
  expect(await me(harness, alice.oauth2Token)).toBe(200)
})

it('keeps the expiry of the OAuth 2.0 token in a saved state', async () => {
  const { harness, alice } = withAlice()
  await harness.x.advance({ hours: 1 })
  const later = createEmulator({ state: harness.x.save(), now: () => start })
  const token = later.user('alice')?.oauth2Token
  expect(token).toBe(alice.oauth2Token)
  await later.advance({ hours: 1 })
  expect(later.user('alice')?.oauth2Token).not.toBe(token)
})

it('gives a valid OAuth 2.0 token from a state that was saved before these tokens expired', async () => {
  const { harness } = withAlice()
  const saved = harness.x.save()
  await harness.x.load({ ...saved, tables: { ...saved.tables, oauth2Sessions: [] } })
  expect(await me(harness, harness.x.user('alice')?.oauth2Token ?? '')).toBe(200)
})
