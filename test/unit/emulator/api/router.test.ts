import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

describe('an unknown path or method', () => {
  it.each(['/', '/2', '/2/webhooks/', '/2/webhooks/1/2', '/2/lists', '/2xwebhooks', '/__proto__'])(
    'answers 404 for the path %s',
    async (path) => {
      const response = await new EmulatorHarness({ onUnknownRequest: 'ignore' }).asApp('GET', path)
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual({
        title: 'Not Found',
        type: 'about:blank',
        status: 404,
        detail: 'Not Found',
      })
    },
  )

  it.each([
    ['PATCH', '/2/webhooks', 'POST, GET'],
    ['GET', '/2/webhooks/1', 'PUT, DELETE'],
    ['DELETE', '/2/account_activity/webhooks/1/subscriptions/all', 'POST, GET'],
    ['GET', '/oauth2/token', 'POST'],
  ])('answers 405 with the allowed methods for %s %s', async (method, path, allow) => {
    const response = await new EmulatorHarness({ onUnknownRequest: 'ignore' }).asApp(method, path)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allow)
  })
})
