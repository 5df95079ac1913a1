import { describe, expect, it } from 'vitest'
import type { AppSettings } from 'x-account-activity/emulator'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

describe('configureApp', () => {
  it('adds and removes the OAuth 2.0 client secret', () => {
    const { x } = new EmulatorHarness()
    expect(x.app.clientSecret).toBeUndefined()
    x.configureApp({ oauth2: true })
    const { clientSecret } = x.app
    expect(clientSecret).toMatch(/^[A-Za-z0-9]{50}$/)
    x.configureApp({ enrolled: false })
    expect(x.app.clientSecret).toBe(clientSecret)
    x.configureApp({ oauth2: false })
    expect(x.app.clientSecret).toBeUndefined()
    expect(x.addApp({ oauth2: true }).clientSecret).toMatch(/^[A-Za-z0-9]{50}$/)
  })

  it.each<[unknown, typeof TypeError | typeof RangeError]>([
    [undefined, TypeError],
    [null, TypeError],
    ['read', TypeError],
    [{ permissions: 'write' }, RangeError],
    [{ permissions: '__proto__' }, RangeError],
    [{ permissions: 1 }, TypeError],
    [{ enrolled: 'no' }, TypeError],
    [{ oauth2: 1 }, TypeError],
    [{ deniedUsers: 'alice' }, TypeError],
    [{ deniedUsers: ['alice'] }, TypeError],
    [{ deniedUsers: [{ id: '1' }] }, RangeError],
    [{ permission: 'read' }, RangeError],
    [{ name: 'Other' }, RangeError],
  ])('refuses %j', (settings, error) => {
    const { x } = new EmulatorHarness()
    expect(() => x.configureApp(settings as AppSettings)).toThrow(error)
  })

  it('changes nothing and adds no app when a setting is refused', async () => {
    const harness = new EmulatorHarness()
    const bad = { permissions: 'read', enrolled: 'no' } as unknown as AppSettings
    expect(() => harness.x.configureApp(bad)).toThrow(TypeError)
    expect(() => harness.x.addApp(bad)).toThrow(TypeError)
    harness.x.regenerateTokens()
    const response = await harness.asUser(harness.x.app, 'GET', '/2/users/me')
    expect(response.headers.get('x-access-level')).toBe('read-write-directmessages')
    expect(harness.x.addApp().id).toBe(String(Number(harness.x.app.id) + 1))
  })

  it('refuses an unknown app', () => {
    const { x } = new EmulatorHarness()
    expect(() => x.configureApp({}, { id: '1' })).toThrow(RangeError)
    expect(() => x.regenerateTokens({ id: '__proto__' })).toThrow(RangeError)
    expect(() => x.addApp({ name: '' })).toThrow(RangeError)
    expect(() => x.addApp({ name: 5 } as unknown as AppSettings)).toThrow(TypeError)
  })
})
