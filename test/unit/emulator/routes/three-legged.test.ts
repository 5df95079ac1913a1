import { describe, expect, it } from 'vitest'
import { oauth1Header } from '../../../support/emulator-oauth1.ts'
import { callSigned, failureOf, noTokens, unauthenticated } from '../../../support/emulator-v1.ts'
import { World } from '../../../support/emulator-world.ts'

const callback = 'https://app.example.com/back?from=x'

interface RequestToken {
  readonly token: string
  readonly secret: string
}

function createWorld() {
  const world = new World()
  const alice = world.x.addUser({ screenName: 'alice', name: 'Alice' })
  world.x.addUser({ screenName: 'bob', name: 'Bob' })
  return { world, alice }
}

function askForToken(world: World, to: string, query = '', app = world.x.app): Promise<Response> {
  const oauth = { oauth_callback: to, oauth_token: '' }
  return callSigned(world, noTokens, { method: 'POST', path: `/oauth/request_token${query}`, oauth, app })
}

async function requestToken(world: World, to = callback, query = ''): Promise<RequestToken> {
  const form = new URLSearchParams(await (await askForToken(world, to, query)).text())
  return { token: form.get('oauth_token') ?? '', secret: form.get('oauth_token_secret') ?? '' }
}

/** What the browser does: opens the page, and presses a button of its form. */
function open(world: World, path: string): Promise<Response> {
  return world.x.fetch(`https://api.x.com${path}`)
}

function press(world: World, fields: Record<string, string>, path = '/oauth/authorize'): Promise<Response> {
  return world.x.fetch(`https://api.x.com${path}`, { method: 'POST', body: new URLSearchParams(fields) })
}

function accessToken(world: World, { token, secret }: RequestToken, verifier: string): Promise<Response> {
  const tokens = { accessToken: token, accessTokenSecret: secret }
  const oauth = { oauth_verifier: verifier }
  return callSigned(world, tokens, { method: 'POST', path: '/oauth/access_token', oauth })
}

/** The verifier that a browser is sent back with. */
async function authorizeAs(world: World, { token }: RequestToken, screenName: string): Promise<string> {
  const response = await press(world, { oauth_token: token, screen_name: screenName })
  return new URL(response.headers.get('location') ?? '').searchParams.get('oauth_verifier') ?? ''
}

const invalidToken = { status: 401, code: 89, message: 'Invalid or expired token.' }

describe('POST /oauth/request_token', () => {
  it('answers a form that is called HTML', async () => {
    const { world } = createWorld()
    const response = await askForToken(world, callback)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toMatch(
      /^oauth_token=[A-Za-z0-9]{27}&oauth_token_secret=[A-Za-z0-9]{32}&oauth_callback_confirmed=true$/,
    )
  })

  it('gives out another one each time', async () => {
    const { world } = createWorld()
    expect(await requestToken(world)).not.toEqual(await requestToken(world))
  })

  it.each([
    ['in the query', { path: `/oauth/request_token?oauth_callback=${encodeURIComponent(callback)}` }],
    ['in a form', { path: '/oauth/request_token', form: { oauth_callback: callback } }],
  ])('takes the callback %s', async (_, call) => {
    const { world } = createWorld()
    const response = await callSigned(world, noTokens, { method: 'POST', ...call, oauth: { oauth_token: '' } })
    expect(response.status).toBe(200)
  })

  it('refuses a wrong secret, and no signature', async () => {
    const { world } = createWorld()
    const app = { ...world.x.app, consumerSecret: 'wrong' }
    expect(await failureOf(await askForToken(world, callback, '', app))).toEqual(unauthenticated)
    expect(await failureOf(await press(world, { oauth_callback: callback }, '/oauth/request_token'))).toEqual(
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
    const { world } = createWorld()
    const call = { method: 'POST', path: '/oauth/request_token', form: { oauth_callback: to } }
    const response = await callSigned(world, noTokens, { ...call, oauth: { oauth_token: '' } })
    expect(await failureOf(response)).toMatchObject({ status: 403, code: 415 })
  })

  it('needs a callback', async () => {
    const { world } = createWorld()
    const call = { method: 'POST', path: '/oauth/request_token', oauth: { oauth_token: '' } }
    expect(await failureOf(await callSigned(world, noTokens, call))).toMatchObject({ status: 400, code: 38 })
  })
})

describe.each(['/oauth/authorize', '/oauth/authenticate'])('GET %s', (path) => {
  it('asks who one is, without scripts', async () => {
    const { world } = createWorld()
    const { token } = await requestToken(world)
    const response = await open(world, `${path}?oauth_token=${token}`)
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
    const { world } = createWorld()
    const { token } = await requestToken(world)
    const page = await (await open(world, `${path}?oauth_token=${token}&${query}`)).text()
    expect(page).toContain(option)
    expect(page.match(/ selected>/g) ?? []).toHaveLength(query === 'force_login=true' ? 0 : 1)
  })

  it('says what the app will be able to do', async () => {
    const { world } = createWorld()
    const read = async (query = '') => {
      const { token } = await requestToken(world, callback, query)
      return (await open(world, `${path}?oauth_token=${token}`)).text()
    }
    expect(await read()).toContain('direct messages')
    expect(await read('?x_auth_access_type=write')).not.toContain('direct messages')
    expect(await read('?x_auth_access_type=write')).toContain('See and change')
    expect(await read('?x_auth_access_type=read')).not.toContain('change')
    world.x.configureApp({ permissions: 'read' })
    expect(await read()).not.toContain('change')
  })

  it.each(['', '?oauth_token=', '?oauth_token=wrong', '?oauth_token=__proto__'])('is over with %j', async (query) => {
    const { world } = createWorld()
    await requestToken(world)
    const response = await open(world, path + query)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('This sign-in is over')
  })

  it.each([
    [{ minutes: 14, seconds: 59, ms: 999 }, 200],
    [{ minutes: 15 }, 403],
  ])('after %j answers %i', async (duration, status) => {
    const { world } = createWorld()
    const { token } = await requestToken(world)
    await world.x.advance(duration)
    expect((await open(world, `${path}?oauth_token=${token}`)).status).toBe(status)
  })
})

describe('what others wrote', () => {
  it('is text on the page', async () => {
    const world = new World()
    const nasty = `<b onclick="x('y')">&amp;`
    world.x.addUser({ screenName: 'mallory', name: nasty })
    const app = world.x.addApp({ name: nasty })
    const to = `https://app.example.com/"><script>alert('x')</script>`
    const form = new URLSearchParams(await (await askForToken(world, to, '', app)).text())
    const page = await (await open(world, `/oauth/authorize?oauth_token=${form.get('oauth_token')}`)).text()
    expect(page).toContain('&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;amp; (@mallory)</option>')
    expect(page).toContain('<title>Let &lt;b onclick')
    expect(page).toContain('app.example.com/&quot;&gt;&lt;script&gt;')
    expect(page).not.toMatch(/<b |<script/)
  })

  it('is text on the page of the PIN', async () => {
    const world = new World()
    world.x.addUser({ screenName: 'alice' })
    const app = world.x.addApp({ name: '<i>' })
    const form = new URLSearchParams(await (await askForToken(world, 'oob', '', app)).text())
    const fields = { oauth_token: form.get('oauth_token') ?? '', screen_name: 'alice' }
    expect(await (await press(world, fields)).text()).not.toContain('<i>')
  })
})

describe('the buttons', () => {
  it('send back to the callback, whose query is kept', async () => {
    const { world } = createWorld()
    const { token } = await requestToken(world)
    const response = await press(world, { oauth_token: token, screen_name: 'alice' })
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toMatch(
      new RegExp(`^https://app\\.example\\.com/back\\?from=x&oauth_token=${token}&oauth_verifier=[A-Za-z0-9]{32}$`),
    )
    expect((await open(world, `/oauth/authorize?oauth_token=${token}`)).status).toBe(403)
    expect((await press(world, { oauth_token: token, screen_name: 'bob' })).status).toBe(403)
  })

  it('send back to an app on a phone', async () => {
    const { world } = createWorld()
    const { token } = await requestToken(world, 'my-app://signed-in')
    const response = await press(world, { oauth_token: token, screen_name: 'alice' })
    expect(response.headers.get('location')).toMatch(/^my-app:\/\/signed-in\?oauth_token=/)
  })

  it('tell that the person said no', async () => {
    const { world } = createWorld()
    const request = await requestToken(world)
    const response = await press(world, { oauth_token: request.token, screen_name: 'alice', cancel: '1' })
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe(`https://app.example.com/back?from=x&denied=${request.token}`)
    expect(await failureOf(await accessToken(world, request, 'any'))).toEqual(invalidToken)
  })

  it('show a page where there is no callback', async () => {
    const { world } = createWorld()
    const { token } = await requestToken(world, 'oob')
    const response = await press(world, { oauth_token: token, cancel: '1' })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Emulated App got no access')
  })

  it.each(['', 'nobody', 'constructor'])('ask again when one is %j', async (screenName) => {
    const { world } = createWorld()
    const { token } = await requestToken(world)
    const response = await press(world, { oauth_token: token, screen_name: screenName })
    expect(response.status).toBe(400)
    const page = await response.text()
    expect(page).toContain('<p class="alert" role="alert">Choose who you are.</p>')
    expect(page).toContain(`value="${token}"`)
  })
})

describe('POST /oauth/access_token', () => {
  it('answers the tokens that the user gave, which work', async () => {
    const { world, alice } = createWorld()
    const request = await requestToken(world)
    const response = await accessToken(world, request, await authorizeAs(world, request, 'alice'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const text = await response.text()
    const { accessToken: token, accessTokenSecret: secret } = alice
    expect(text).toBe(`oauth_token=${token}&oauth_token_secret=${secret}&user_id=${alice.id}&screen_name=alice`)
    const me = await world.asUser(alice, 'GET', '/2/users/me')
    expect(await me.json()).toEqual({ data: { id: alice.id, name: 'Alice', username: 'alice' } })
  })

  it('takes the PIN of 7 digits', async () => {
    const { world } = createWorld()
    const request = await requestToken(world, 'oob')
    const page = await press(world, { oauth_token: request.token, screen_name: 'bob' })
    expect(page.status).toBe(200)
    const [, pin = ''] = /<code class="pin">(\d{7})<\/code>/.exec(await page.text()) ?? []
    expect((await accessToken(world, request, pin)).status).toBe(200)
  })

  it('gives other tokens to one who had taken them back', async () => {
    const { world, alice } = createWorld()
    const before = alice.accessToken
    await alice.revoke()
    const request = await requestToken(world)
    const text = await (await accessToken(world, request, await authorizeAs(world, request, 'alice'))).text()
    expect(new URLSearchParams(text).get('oauth_token')).not.toBe(before)
    expect(alice.accessToken).toBe(new URLSearchParams(text).get('oauth_token'))
  })

  it('works once', async () => {
    const { world } = createWorld()
    const request = await requestToken(world)
    const verifier = await authorizeAs(world, request, 'alice')
    expect((await accessToken(world, request, verifier)).status).toBe(200)
    expect(await failureOf(await accessToken(world, request, verifier))).toEqual(invalidToken)
  })

  it.each(['', 'wrong', '0000000'])('refuses the verifier %j in plain words, and can be tried again', async (wrong) => {
    const { world } = createWorld()
    const request = await requestToken(world)
    const verifier = await authorizeAs(world, request, 'alice')
    const response = await accessToken(world, request, wrong)
    expect(response.status).toBe(401)
    expect(await response.text()).toBe('Error processing your OAuth request: Invalid oauth_verifier parameter')
    expect((await accessToken(world, request, verifier)).status).toBe(200)
  })

  it('refuses a token that nobody has authorised, also without a verifier', async () => {
    const { world } = createWorld()
    const request = await requestToken(world)
    for (const verifier of ['', 'undefined']) {
      expect((await accessToken(world, request, verifier)).status).toBe(401)
    }
  })

  it.each([
    ['its own secret', (request: RequestToken) => request.secret, 200],
    ['no secret, as in X’s own examples', () => '', 200],
    ['another secret', () => 'wrong', 401],
  ])('is signed with %s', async (_, secretOf, status) => {
    const { world } = createWorld()
    const request = await requestToken(world)
    const verifier = await authorizeAs(world, request, 'alice')
    const response = await accessToken(world, { ...request, secret: secretOf(request) }, verifier)
    expect(response.status).toBe(status)
  })

  it('is not signed at all in X’s own examples', async () => {
    const { world } = createWorld()
    const request = await requestToken(world)
    const oauth_verifier = await authorizeAs(world, request, 'alice')
    const fields = { oauth_token: request.token, oauth_verifier }
    expect((await press(world, fields, '/oauth/access_token')).status).toBe(200)
  })

  it('refuses the token of another app, and one that is too old', async () => {
    const { world } = createWorld()
    const request = await requestToken(world)
    const verifier = await authorizeAs(world, request, 'alice')
    const other = world.x.addApp()
    const url = 'https://api.x.com/oauth/access_token'
    const keys = { ...other, accessToken: request.token, accessTokenSecret: request.secret }
    const at = { timestamp: Math.floor(world.time / 1000), nonce: 'other', oauth: { oauth_verifier: verifier } }
    const authorization = oauth1Header({ method: 'POST', url }, keys, at)
    expect(await failureOf(await world.x.fetch(url, { method: 'POST', headers: { authorization } }))).toEqual(
      invalidToken,
    )
    await world.x.advance({ minutes: 15 })
    expect(await failureOf(await accessToken(world, request, verifier))).toEqual(invalidToken)
  })

  it.each([
    ['?x_auth_access_type=read', 'read'],
    ['?x_auth_access_type=write', 'read-write'],
    ['', 'read-write-directmessages'],
    ['?x_auth_access_type=__proto__', 'read-write-directmessages'],
  ])('with %j gives the level %s', async (query, level) => {
    const { world } = createWorld()
    const request = await requestToken(world, callback, query)
    const text = await (await accessToken(world, request, await authorizeAs(world, request, 'alice'))).text()
    const form = new URLSearchParams(text)
    const tokens = {
      accessToken: form.get('oauth_token') ?? '',
      accessTokenSecret: form.get('oauth_token_secret') ?? '',
    }
    const me = await world.asUser(tokens, 'GET', '/2/users/me')
    expect(me.status).toBe(200)
    expect(me.headers.get('x-access-level')).toBe(level)
  })
})

describe.each(['/1.1/oauth/invalidate_token', '/1.1/oauth/invalidate_token.json'])('POST %s', (path) => {
  it('ends the tokens that it is signed with', async () => {
    const { world, alice } = createWorld()
    const { accessToken: token, accessTokenSecret, oauth2Token } = alice
    const response = await callSigned(world, alice, { method: 'POST', path })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ access_token: token })
    const again = callSigned(world, { accessToken: token, accessTokenSecret }, { method: 'POST', path })
    expect(await failureOf(await again)).toEqual(invalidToken)
    const headers = { authorization: `Bearer ${oauth2Token}` }
    expect((await world.x.fetch('https://api.x.com/2/users/me', { headers })).status).toBe(401)
  })

  it('ends the subscription', async () => {
    const world = new World()
    const [alice] = await world.subscribed('alice')
    await callSigned(world, alice, { method: 'POST', path })
    await world.flush()
    await alice.post('Nobody hears this')
    expect(await world.flush()).toEqual([])
  })

  it('wants OAuth 1.0a', async () => {
    const { world } = createWorld()
    expect(await failureOf(await world.asApp('POST', path))).toMatchObject({ status: 403, code: 220 })
  })
})
