import { describe, expect, it, vi } from 'vitest'
import { createSecretProvider } from '../../../src/receiver/secrets.ts'

const body = '{"for_user_id":"2244994945","follow_events":[]}'
// Printed by `printf '{"for_user_id":"2244994945","follow_events":[]}' | openssl dgst -sha256 -hmac <secret> -binary | base64`.
const bySecret = {
  'consumer-secret': 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY=',
  'client-secret': 'sha256=5Bg4ljGblYRlSUh1r3Q/d52TsG7GmNV53cCzrrquwcw=',
}

const caching = { ttlMs: 0, timeoutMs: 1_000, now: Date.now }

describe('createSecretProvider', () => {
  it.each([
    ['a text', 'consumer-secret', [true, false]],
    ['an array', ['client-secret', 'consumer-secret'], [true, true]],
  ])('knows the secret of %s without waiting', async (_, source, expected) => {
    const provider = createSecretProvider(source, 'consumerSecret', caching)
    const secrets = provider.current()
    expect(secrets?.first).toBe([source].flat()[0])
    expect(Object.values(bySecret).map((signature) => secrets?.check(body, signature))).toEqual(expected)
    expect(await provider.fetch()).toBe(secrets)
  })

  it('keeps a copy of an array', async () => {
    const source = ['consumer-secret']
    const provider = createSecretProvider(source, 'consumerSecret', caching)
    source[0] = 'client-secret'
    expect(provider.current()?.first).toBe('consumer-secret')
  })

  it('calls a function each time it is fetched, and prepares a secret again only when it has changed', async () => {
    const source = vi.fn<() => Promise<string | string[]>>(async () => 'consumer-secret')
    const provider = createSecretProvider(source, 'consumerSecret', caching)
    expect(source).not.toHaveBeenCalled()
    expect(provider.current()).toBeUndefined()
    const first = await provider.fetch()
    source.mockResolvedValueOnce(['consumer-secret'])
    expect(await provider.fetch()).toBe(first)
    source.mockResolvedValueOnce(['client-secret', 'consumer-secret'])
    const next = await provider.fetch()
    expect(next.first).toBe('client-secret')
    expect(next.check(body, bySecret['client-secret'])).toBe(true)
    expect(source).toHaveBeenCalledTimes(3)
  })

  it.each([
    ['undefined', undefined, new TypeError('"consumerSecret" must be a string, an array of strings or a function')],
    ['a number', 1, new TypeError('"consumerSecret" must be a string, an array of strings or a function')],
    ['an empty text', '', new RangeError('"consumerSecret" must not be empty')],
    ['an empty array', [], new RangeError('"consumerSecret" must hold at least one secret')],
    ['a line break', 'secret\n', new RangeError('"consumerSecret" must not begin or end with white space')],
    ['undefined in an array', ['a', undefined], new TypeError('"consumerSecret" must be a string, got undefined')],
  ])('refuses %s, given directly and returned by a function', async (_, source, error) => {
    expect(() => createSecretProvider(source as never, 'consumerSecret', caching)).toThrow(error)
    const provider = createSecretProvider((() => source) as never, 'consumerSecret', caching)
    await expect(provider.fetch()).rejects.toThrow(error)
  })
})
