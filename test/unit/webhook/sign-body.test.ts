import { describe, expect, it } from 'vitest'
import { signBody } from 'x-account-activity/webhook'

const body = '{"for_user_id":"2244994945","follow_events":[]}'
const signature = 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY='
const secret = 'consumer-secret'

describe('signBody', () => {
  it('signs as X does', () => {
    expect(signBody(body, secret)).toBe(signature)
    expect(signBody(new TextEncoder().encode(body), secret)).toBe(signature)
    expect(signBody(body, 'client-secret')).toBe('sha256=5Bg4ljGblYRlSUh1r3Q/d52TsG7GmNV53cCzrrquwcw=')
  })
})
