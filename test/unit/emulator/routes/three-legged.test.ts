import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'
import { oauth1Header } from '../../../support/emulator-oauth1.ts'
import { callSigned, failureOf, noTokens, unauthenticated } from '../../../support/emulator-v1.ts'

const callback = 'https://app.example.com/back?from=x'

interface RequestToken {
  readonly token: string
  readonly secret: string
}

function createHarness() {
  const harness = new EmulatorHarness()
  const alice = harness.x.addUser({ screenName: 'alice', name: 'Alice' })
  harness.x.addUser({ screenName: 'bob', name: 'Bob' })
  return { harness, alice }
}

function askForToken(harness: EmulatorHarness, to: string, query = '', app = harness.x.app): Promise<Response> {
  const oauth = { oauth_callback: to, oauth_token: '' }
  return callSigned(harness, noTokens, { method: 'POST', path: `/oauth/request_token${query}`, oauth, app })
}

async function requestToken(harness: EmulatorHarness, to = callback, query = ''): Promise<RequestToken> {
  const form = new URLSearchParams(await (await askForToken(harness, to, query)).text())
  return { token: form.get('oauth_token') ?? '', secret: form.get('oauth_token_secret') ?? '' }
}

/** What the browser does: opens the page, and presses a button of its form. */
function open(harness: EmulatorHarness, path: string): Promise<Response> {
  return harness.x.fetch(`https://api.x.com${path}`)
}

function press(harness: EmulatorHarness, fields: Record<string, string>, path = '/oauth/authorize'): Promise<Response> {
  return harness.x.fetch(`https://api.x.com${path}`, { method: 'POST', body: new URLSearchParams(fields) })
}

function accessToken(harness: EmulatorHarness, { token, secret }: RequestToken, verifier: string): Promise<Response> {
  const tokens = { accessToken: token, accessTokenSecret: secret }
  const oauth = { oauth_verifier: verifier }
  return callSigned(harness, tokens, { method: 'POST', path: '/oauth/access_token', oauth })
}

/** The verifier that a browser is sent back with. */
async function authorizeAs(harness: EmulatorHarness, { token }: RequestToken, screenName: string): Promise<string> {
  const response = await press(harness, { oauth_token: token, screen_name: screenName })
  return new URL(response.headers.get('location') ?? '').searchParams.get('oauth_verifier') ?? ''
}

const invalidToken = { status: 401, code: 89, message: 'Invalid or expired token.' }

describe('POST /oauth/request_token', () => {
  it('answers a form that is called HTML', async () => {
    const { harness } = createHarness()
    const response = await askForToken(harness, callback)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toMatch(
      /^oauth_token=[A-Za-z0-9]{27}&oauth_token_secret=[A-Za-z0-9]{32}&oauth_callback_confirmed=true$/,
    )
  })

  it('gives out another one each time', async () => {
    const { harness } = createHarness()
    expect(await requestToken(harness)).not.toEqual(await requestToken(harness))
  })

  it.each([
    ['in the query', { path: `/oauth/request_token?oauth_callback=${encodeURIComponent(callback)}` }],
    ['in a form', { path: '/oauth/request_token', form: { oauth_callback: callback } }],
  ])('takes the callback %s', async (_, call) => {
    const { harness } = createHarness()
    const response = await callSigned(harness, noTokens, { method: 'POST', ...call, oauth: { oauth_token: '' } })
    expect(response.status).toBe(200)
  })

  it('refuses a wrong secret, and no signature', async () => {
    const { harness } = createHarness()
    const app = { ...harness.x.app, consumerSecret: 'wrong' }
    expect(await failureOf(await askForToken(harness, callback, '', app))).toEqual(unauthenticated)
    expect(await failureOf(await press(harness, { oauth_callback: callback }, '/oauth/request_token'))).toEqual(
      unauthenticated,
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
    const { harness } = createHarness()
    const call = { method: 'POST', path: '/oauth/request_token', form: { oauth_callback: to } }
    const response = await callSigned(harness, noTokens, { ...call, oauth: { oauth_token: '' } })
    expect(await failureOf(response)).toMatchObject({ status: 403, code: 415 })
  })

  it('needs a callback', async () => {
    const { harness } = createHarness()
    const call = { method: 'POST', path: '/oauth/request_token', oauth: { oauth_token: '' } }
    expect(await failureOf(await callSigned(harness, noTokens, call))).toMatchObject({ status: 400, code: 38 })
  })
})

describe.each(['/oauth/authorize', '/oauth/authenticate'])('GET %s', (path) => {
  it('asks who one is, without scripts', async () => {
    const { harness } = createHarness()
    const { token } = await requestToken(harness)
    const response = await open(harness, `${path}?oauth_token=${token}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await response.text()
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('Let Emulated App use your account?')
    expect(page).toContain(`<form method="post" action="${path}">`)
    expect(page).toContain(`<input type="hidden" name="oauth_token" value="${token}">`)
    expect(page).toContain('<label for="user">Sign in as</label>')
    expect(page).toMatch(/<option value="alice" selected>Alice \(@alice\)<\/option>\s*<option value="bob">/)
    expect(page).toContain('<button class="main">Authorize app</button>')
    expect(page).toContain('<button name="cancel" value="1">Cancel</button>')
    expect(page).not.toContain('<script')
  })

  it.each([
    ['screen_name=bob', '<option value="bob" selected>'],
    ['screen_name=BOB', '<option value="bob" selected>'],
    ['force_login=true&screen_name=bob', '<option value="bob" selected>'],
    ['force_login=true', '<option value="">Choose who you are</option>'],
    ['screen_name=nobody', '<option value="alice" selected>'],
    ['screen_name=__proto__', '<option value="alice" selected>'],
  ])('with %s chooses', async (query, option) => {
    const { harness } = createHarness()
    const { token } = await requestToken(harness)
    const page = await (await open(harness, `${path}?oauth_token=${token}&${query}`)).text()
    expect(page).toContain(option)
    expect(page.match(/ selected>/g) ?? []).toHaveLength(query === 'force_login=true' ? 0 : 1)
  })

  it('says what the app will be able to do', async () => {
    const { harness } = createHarness()
    const read = async (query = '') => {
      const { token } = await requestToken(harness, callback, query)
      return (await open(harness, `${path}?oauth_token=${token}`)).text()
    }
    expect(await read()).toContain('direct messages')
    expect(await read('?x_auth_access_type=write')).not.toContain('direct messages')
    expect(await read('?x_auth_access_type=write')).toContain('See and change')
    expect(await read('?x_auth_access_type=read')).not.toContain('change')
    harness.x.configureApp({ permissions: 'read' })
    expect(await read()).not.toContain('change')
  })

  it.each(['', '?oauth_token=', '?oauth_token=wrong', '?oauth_token=__proto__'])('is over with %j', async (query) => {
    const { harness } = createHarness()
    await requestToken(harness)
    const response = await open(harness, path + query)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('This sign-in is over')
  })

  it.each([
    [{ minutes: 14, seconds: 59, ms: 999 }, 200],
    [{ minutes: 15 }, 403],
  ])('after %j answers %i', async (duration, status) => {
    const { harness } = createHarness()
    const { token } = await requestToken(harness)
    await harness.x.advance(duration)
    expect((await open(harness, `${path}?oauth_token=${token}`)).status).toBe(status)
  })
})

describe('what others wrote', () => {
  it('is text on the page', async () => {
    const harness = new EmulatorHarness()
    const nasty = `<b onclick="x('y')">&amp;`
    harness.x.addUser({ screenName: 'mallory', name: nasty })
    const app = harness.x.addApp({ name: nasty })
    const to = `https://app.example.com/"><script>alert('x')</script>`
    const form = new URLSearchParams(await (await askForToken(harness, to, '', app)).text())
    const page = await (await open(harness, `/oauth/authorize?oauth_token=${form.get('oauth_token')}`)).text()
    expect(page).toContain('&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;amp; (@mallory)</option>')
    expect(page).toContain('<title>Let &lt;b onclick')
    expect(page).toContain('app.example.com/&quot;&gt;&lt;script&gt;')
    expect(page).not.toMatch(/<b |<script/)
  })

  it('is text on the page of the PIN', async () => {
    const harness = new EmulatorHarness()
    harness.x.addUser({ screenName: 'alice' })
    const app = harness.x.addApp({ name: '<i>' })
    const form = new URLSearchParams(await (await askForToken(harness, 'oob', '', app)).text())
    const fields = { oauth_token: form.get('oauth_token') ?? '', screen_name: 'alice' }
    expect(await (await press(harness, fields)).text()).not.toContain('<i>')
  })
})

describe('the buttons', () => {
  it('send back to the callback, whose query is kept', async () => {
    const { harness } = createHarness()
    const { token } = await requestToken(harness)
    const response = await press(harness, { oauth_token: token, screen_name: 'alice' })
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toMatch(
      new RegExp(`^https://app\\.example\\.com/back\\?from=x&oauth_token=${token}&oauth_verifier=[A-Za-z0-9]{32}$`),
    )
    expect((await open(harness, `/oauth/authorize?oauth_token=${token}`)).status).toBe(403)
    expect((await press(harness, { oauth_token: token, screen_name: 'bob' })).status).toBe(403)
  })

  it('send back to an app on a phone', async () => {
    const { harness } = createHarness()
    const { token } = await requestToken(harness, 'my-app://signed-in')
    const response = await press(harness, { oauth_token: token, screen_name: 'alice' })
    expect(response.headers.get('location')).toMatch(/^my-app:\/\/signed-in\?oauth_token=/)
  })

  it('tell that the person said no', async () => {
    const { harness } = createHarness()
    const request = await requestToken(harness)
    const response = await press(harness, { oauth_token: request.token, screen_name: 'alice', cancel: '1' })
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe(`https://app.example.com/back?from=x&denied=${request.token}`)
    expect(await failureOf(await accessToken(harness, request, 'any'))).toEqual(invalidToken)
  })

  it('show a page where there is no callback', async () => {
    const { harness } = createHarness()
    const { token } = await requestToken(harness, 'oob')
    const response = await press(harness, { oauth_token: token, cancel: '1' })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Emulated App got no access')
  })

  it.each(['', 'nobody', 'constructor'])('ask again when one is %j', async (screenName) => {
    const { harness } = createHarness()
    const { token } = await requestToken(harness)
    const response = await press(harness, { oauth_token: token, screen_name: screenName })
    expect(response.status).toBe(400)
    const page = await response.text()
    expect(page).toContain('<p class="alert" role="alert">Choose who you are.</p>')
    expect(page).toContain(`value="${token}"`)
  })
})

describe('POST /oauth/access_token', () => {
  it('answers the tokens that the user gave, which work', async () => {
    const { harness, alice } = createHarness()
    const request = await requestToken(harness)
    const response = await accessToken(harness, request, await authorizeAs(harness, request, 'alice'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const text = await response.text()
    const { accessToken: token, accessTokenSecret: secret } = alice
    expect(text).toBe(`oauth_token=${token}&oauth_token_secret=${secret}&user_id=${alice.id}&screen_name=alice`)
    const me = await harness.asUser(alice, 'GET', '/2/users/me')
    expect(await me.json()).toEqual({ data: { id: alice.id, name: 'Alice', username: 'alice' } })
  })

  it('takes the PIN of 7 digits', async () => {
    const { harness } = createHarness()
    const request = await requestToken(harness, 'oob')
    const page = await press(harness, { oauth_token: request.token, screen_name: 'bob' })
    expect(page.status).toBe(200)
    const [, pin = ''] = /<code class="pin">(\d{7})<\/code>/.exec(await page.text()) ?? []
    expect((await accessToken(harness, request, pin)).status).toBe(200)
  })

  it('gives other tokens to one who had taken them back', async () => {
    const { harness, alice } = createHarness()
    const before = alice.accessToken
    await alice.revoke()
    const request = await requestToken(harness)
    const text = await (await accessToken(harness, request, await authorizeAs(harness, request, 'alice'))).text()
    expect(new URLSearchParams(text).get('oauth_token')).not.toBe(before)
    expect(alice.accessToken).toBe(new URLSearchParams(text).get('oauth_token'))
  })

  it('works once', async () => {
    const { harness } = createHarness()
    const request = await requestToken(harness)
    const verifier = await authorizeAs(harness, request, 'alice')
    expect((await accessToken(harness, request, verifier)).status).toBe(200)
    expect(await failureOf(await accessToken(harness, request, verifier))).toEqual(invalidToken)
  })

  it.each(['', 'wrong', '0000000'])('refuses the verifier %j in plain words, and can be tried again', async (wrong) => {
    const { harness } = createHarness()
    const request = await requestToken(harness)
    const verifier = await authorizeAs(harness, request, 'alice')
    const response = await accessToken(harness, request, wrong)
    expect(response.status).toBe(401)
    expect(await response.text()).toBe('Error processing your OAuth request: Invalid oauth_verifier parameter')
    expect((await accessToken(harness, request, verifier)).status).toBe(200)
  })

  it('refuses a token that nobody has authorised, also without a verifier', async () => {
    const { harness } = createHarness()
    const request = await requestToken(harness)
    for (const verifier of ['', 'undefined']) {
      expect((await accessToken(harness, request, verifier)).status).toBe(401)
    }
  })

  it.each([
    ['its own secret', (request: RequestToken) => request.secret, 200],
    ['no secret, as in X’s own examples', () => '', 200],
    ['another secret', () => 'wrong', 401],
  ])('is signed with %s', async (_, secretOf, status) => {
    const { harness } = createHarness()
    const request = await requestToken(harness)
    const verifier = await authorizeAs(harness, request, 'alice')
    const response = await accessToken(harness, { ...request, secret: secretOf(request) }, verifier)
    expect(response.status).toBe(status)
  })

  it('is not signed at all in X’s own examples', async () => {
    const { harness } = createHarness()
    const request = await requestToken(harness)
    const oauth_verifier = await authorizeAs(harness, request, 'alice')
    const fields = { oauth_token: request.token, oauth_verifier }
    expect((await press(harness, fields, '/oauth/access_token')).status).toBe(200)
  })

  it('refuses the token of another app, and one that is too old', async () => {
    const { harness } = createHarness()
    const request = await requestToken(harness)
    const verifier = await authorizeAs(harness, request, 'alice')
    const other = harness.x.addApp()
    const url = 'https://api.x.com/oauth/access_token'
    const keys = { ...other, accessToken: request.token, accessTokenSecret: request.secret }
    const at = { timestamp: Math.floor(harness.time / 1000), nonce: 'other', oauth: { oauth_verifier: verifier } }
    const authorization = oauth1Header({ method: 'POST', url }, keys, at)
    expect(await failureOf(await harness.x.fetch(url, { method: 'POST', headers: { authorization } }))).toEqual(
      invalidToken,
    )
    await harness.x.advance({ minutes: 15 })
    expect(await failureOf(await accessToken(harness, request, verifier))).toEqual(invalidToken)
  })

  it.each([
    ['?x_auth_access_type=read', 'read'],
    ['?x_auth_access_type=write', 'read-write'],
    ['', 'read-write-directmessages'],
    ['?x_auth_access_type=__proto__', 'read-write-directmessages'],
  ])('with %j gives the level %s', async (query, level) => {
    const { harness } = createHarness()
    const request = await requestToken(harness, callback, query)
    const text = await (await accessToken(harness, request, await authorizeAs(harness, request, 'alice'))).text()
    const form = new URLSearchParams(text)
    const tokens = {
      accessToken: form.get('oauth_token') ?? '',
      accessTokenSecret: form.get('oauth_token_secret') ?? '',
    }
    const me = await harness.asUser(tokens, 'GET', '/2/users/me')
    expect(me.status).toBe(200)
    expect(me.headers.get('x-access-level')).toBe(level)
  })
})

describe.each(['/1.1/oauth/invalidate_token', '/1.1/oauth/invalidate_token.json'])('POST %s', (path) => {
  it('ends the tokens that it is signed with', async () => {
    const { harness, alice } = createHarness()
    const { accessToken: token, accessTokenSecret, oauth2Token } = alice
    const response = await callSigned(harness, alice, { method: 'POST', path })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ access_token: token })
    const again = callSigned(harness, { accessToken: token, accessTokenSecret }, { method: 'POST', path })
    expect(await failureOf(await again)).toEqual(invalidToken)
    const headers = { authorization: `Bearer ${oauth2Token}` }
    expect((await harness.x.fetch('https://api.x.com/2/users/me', { headers })).status).toBe(401)
  })

  it('ends the subscription', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    await callSigned(harness, alice, { method: 'POST', path })
    await harness.flush()
    await alice.post('Nobody hears this')
    expect(await harness.flush()).toEqual([])
  })

  it('wants OAuth 1.0a', async () => {
    const { harness } = createHarness()
    expect(await failureOf(await harness.asApp('POST', path))).toMatchObject({ status: 403, code: 220 })
  })
})
