import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'
import {
  callback,
  callRequestToken,
  createSignInHarness,
  getRequestToken,
  openPage,
  submitForm,
} from '../../../support/emulator-sign-in.ts'

describe.each(['/oauth/authorize', '/oauth/authenticate'])('GET %s', (path) => {
  it('asks for the user, without scripts', async () => {
    const { harness } = createSignInHarness()
    const { token } = await getRequestToken(harness)
    const response = await openPage(harness, `${path}?oauth_token=${token}`)
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
    ['screen_name=unknown', '<option value="alice" selected>'],
    ['screen_name=__proto__', '<option value="alice" selected>'],
  ])('preselects a user with %s', async (query, option) => {
    const { harness } = createSignInHarness()
    const { token } = await getRequestToken(harness)
    const page = await (await openPage(harness, `${path}?oauth_token=${token}&${query}`)).text()
    expect(page).toContain(option)
    expect(page.match(/ selected>/g) ?? []).toHaveLength(query === 'force_login=true' ? 0 : 1)
  })

  it('shows what the app will be able to do', async () => {
    const { harness } = createSignInHarness()
    const read = async (query = '') => {
      const { token } = await getRequestToken(harness, callback, query)
      return (await openPage(harness, `${path}?oauth_token=${token}`)).text()
    }
    expect(await read()).toContain('direct messages')
    expect(await read('?x_auth_access_type=write')).not.toContain('direct messages')
    expect(await read('?x_auth_access_type=write')).toContain('See and change')
    expect(await read('?x_auth_access_type=read')).not.toContain('change')
    harness.x.configureApp({ permissions: 'read' })
    expect(await read()).not.toContain('change')
  })

  it.each(['', '?oauth_token=', '?oauth_token=wrong', '?oauth_token=__proto__'])(
    'shows that the sign-in has ended with %j',
    async (query) => {
      const { harness } = createSignInHarness()
      await getRequestToken(harness)
      const response = await openPage(harness, path + query)
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('This sign-in is over')
    },
  )

  it.each([
    [{ minutes: 14, seconds: 59, ms: 999 }, 200],
    [{ minutes: 15 }, 403],
  ])('after %j answers %i', async (duration, status) => {
    const { harness } = createSignInHarness()
    const { token } = await getRequestToken(harness)
    await harness.x.advance(duration)
    expect((await openPage(harness, `${path}?oauth_token=${token}`)).status).toBe(status)
  })
})

describe('a name with HTML', () => {
  it('is text on the page', async () => {
    const harness = new EmulatorHarness()
    const nasty = `<b onclick="x('y')">&amp;`
    harness.x.addUser({ screenName: 'mallory', name: nasty })
    const app = harness.x.addApp({ name: nasty })
    const to = `https://app.example.com/"><script>alert('x')</script>`
    const form = new URLSearchParams(await (await callRequestToken(harness, to, '', app)).text())
    const page = await (await openPage(harness, `/oauth/authorize?oauth_token=${form.get('oauth_token')}`)).text()
    expect(page).toContain('&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;amp; (@mallory)</option>')
    expect(page).toContain('<title>Let &lt;b onclick')
    expect(page).toContain('app.example.com/&quot;&gt;&lt;script&gt;')
    expect(page).not.toMatch(/<b |<script/)
  })

  it('is text on the page with the PIN', async () => {
    const harness = new EmulatorHarness()
    harness.x.addUser({ screenName: 'alice' })
    const app = harness.x.addApp({ name: '<i>' })
    const form = new URLSearchParams(await (await callRequestToken(harness, 'oob', '', app)).text())
    const fields = { oauth_token: form.get('oauth_token') ?? '', screen_name: 'alice' }
    expect(await (await submitForm(harness, fields)).text()).not.toContain('<i>')
  })
})
