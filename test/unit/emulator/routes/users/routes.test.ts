import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../../support/emulator-harness.ts'
import { callSigned, failureOf, noCredentials } from '../../../../support/emulator-v1.ts'

function createHarness() {
  const harness = new EmulatorHarness()
  const alice = harness.x.addUser({
    screenName: 'alice',
    name: 'Alice 🌻',
    description: 'Grows < tomatoes',
    location: 'Bern',
    verified: true,
  })
  return { harness, alice }
}

const me = '/2/users/me'

const credentials = '/1.1/account/verify_credentials.json'

describe('GET /2/users/me', () => {
  it('returns the user of the token', async () => {
    const { harness, alice } = createHarness()
    const response = await harness.asUser(alice, 'GET', me)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { id: alice.id, name: 'Alice 🌻', username: 'alice' } })
  })

  it('returns the requested fields, without empty ones', async () => {
    const { harness, alice } = createHarness()
    const fields =
      'created_at,description,location,url,protected,verified,public_metrics,profile_image_url,pinned_tweet_id,id'
    const response = await harness.asUser(
      alice,
      'GET',
      `${me}?user.fields=${encodeURIComponent(fields)}&expansions=pinned_tweet_id`,
    )
    expect(await response.json()).toEqual({
      data: {
        id: alice.id,
        name: 'Alice 🌻',
        username: 'alice',
        created_at: '2026-11-21T09:30:00.250Z',
        description: 'Grows < tomatoes',
        location: 'Bern',
        protected: false,
        verified: true,
        public_metrics: { followers_count: 0, following_count: 0, tweet_count: 0, listed_count: 0, like_count: 0 },
        profile_image_url: expect.stringMatching(/^https:/),
      },
    })
  })

  it.each(['nothing', '__proto__', 'name,', 'constructor'])('refuses the fields %j', async (fields) => {
    const { harness, alice } = createHarness()
    const response = await harness.asUser(alice, 'GET', `${me}?user.fields=${encodeURIComponent(fields)}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ type: 'https://api.x.com/2/problems/invalid-request' })
  })

  it('accepts an OAuth 2.0 user token, and refuses the bearer token of an app', async () => {
    const { harness, alice } = createHarness()
    const headers = { authorization: `Bearer ${alice.oauth2Token}` }
    const response = await harness.x.fetch(`https://api.x.com${me}`, { headers })
    expect(await response.json()).toMatchObject({ data: { username: 'alice' } })
    expect((await harness.asApp('GET', me)).status).toBe(403)
  })
})

describe('GET /1.1/account/verify_credentials.json', () => {
  it('returns the user of the token, with all digits of the id', async () => {
    const { harness, alice } = createHarness()
    const response = await callSigned(harness, alice, { method: 'GET', path: `${credentials}?include_entities=false` })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const text = await response.text()
    expect(text).toContain(`"id":${alice.id},"id_str":"${alice.id}"`)
    expect(JSON.parse(text)).toMatchObject({ screen_name: 'alice', name: 'Alice 🌻', verified: true })
  })

  it('refuses a request without usable credentials with code 215', async () => {
    const { harness } = createHarness()
    for (const authorization of [undefined, '', 'Bearer', 'Basic YTpi']) {
      const headers = authorization === undefined ? {} : { authorization }
      const response = await harness.x.fetch(`https://api.x.com${credentials}`, { headers })
      expect(response.headers.get('www-authenticate')).toBe('OAuth realm="https://api.twitter.com", api_error_code=215')
      expect(await failureOf(response)).toEqual(noCredentials)
    }
  })

  it('refuses the bearer token, and a wrong signature', async () => {
    const { harness, alice } = createHarness()
    expect(await failureOf(await harness.asApp('GET', credentials))).toMatchObject({ status: 403, code: 220 })
    const { accessToken } = alice
    const wrong = callSigned(harness, { accessToken, accessTokenSecret: 'x' }, { method: 'GET', path: credentials })
    expect(await failureOf(await wrong)).toMatchObject({ status: 401, code: 32 })
  })
})
