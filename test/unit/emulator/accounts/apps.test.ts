import { afterEach, describe, expect, it, vi } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

afterEach(() => void vi.unstubAllGlobals())

describe('an app', () => {
  it('has keys in the format of X, different for each app', () => {
    const { x } = new EmulatorHarness()
    expect(x.app).toEqual({
      id: expect.stringMatching(/^\d+$/),
      name: expect.any(String),
      consumerKey: expect.stringMatching(/^[A-Za-z0-9]{25}$/),
      consumerSecret: expect.stringMatching(/^[A-Za-z0-9]{50}$/),
      clientId: expect.stringMatching(/^[A-Za-z0-9]{34}$/),
      bearerToken: expect.stringMatching(/^A{21}[A-Za-z0-9%]+$/),
      accessToken: expect.stringMatching(/^\d{19}-[A-Za-z0-9]{40}$/),
      accessTokenSecret: expect.stringMatching(/^[A-Za-z0-9]{45}$/),
    })
    const other = x.addApp({ name: 'Other' })
    expect(other.name).toBe('Other')
    const values = [x.app, other].flatMap(({ name: _, clientSecret: __, ...keys }) => Object.values(keys))
    expect(new Set(values).size).toBe(values.length)
  })
})
