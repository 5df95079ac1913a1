import { describe, expect, it } from 'vitest'
import { signBody } from 'x-account-activity/webhook'

const body = '{"for_user_id":"2244994945","follow_events":[]}'
// Printed by `printf '%s' "$body" | openssl dgst -sha256 -hmac consumer-secret -binary | base64`.
const signature = 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY='
const secret = 'consumer-secret'

describe('signBody', () => {
  it('signs a text and its bytes as X does', () => {
    expect(signBody(body, secret)).toBe(signature)
    expect(signBody(new TextEncoder().encode(body), secret)).toBe(signature)
    // The same with `-hmac client-secret`.
    expect(signBody(body, 'client-secret')).toBe('sha256=5Bg4ljGblYRlSUh1r3Q/d52TsG7GmNV53cCzrrquwcw=')
  })

  it.each([
    [{ for_user_id: '2244994945' }, secret, TypeError, '"body" must be a string or a Uint8Array of the raw bytes'],
    [undefined, secret, TypeError, '"body" must be a string or a Uint8Array of the raw bytes, got undefined'],
    [body, undefined, TypeError, '"secret" must be a string, got undefined'],
    [body, '', RangeError, '"secret" must not be empty'],
    [body, ' secret', RangeError, '"secret" must not begin or end with white space'],
  ])('throws on the body %j with the secret %j', (text, key, type, message) => {
    expect(() => signBody(text as never, key as never)).toThrow(type)
    expect(() => signBody(text as never, key as never)).toThrow(message)
  })
})
