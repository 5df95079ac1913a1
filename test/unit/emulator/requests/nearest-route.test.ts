import { describe, expect, it } from 'vitest'
import { findNearestRoute } from '../../../../src/emulator/requests/nearest-route.ts'
import { allRoutes } from '../../../../src/emulator/routes/all-routes.ts'

describe('findNearestRoute', () => {
  it.each([
    // A misspelt segment.
    ['GET', '/2/webhook', 'GET /2/webhooks'],
    ['POST', '/2/webhook', 'POST /2/webhooks'],
    ['GET', '/2/account_activty/subscriptions/count', 'GET /2/account_activity/subscriptions/count'],
    ['DELETE', '/2/webhoks/123', 'DELETE /2/webhooks/:webhook_id'],
    // A slash at the end, two slashes, another version, a missing version.
    ['GET', '/2/webhooks/', 'GET /2/webhooks'],
    ['GET', '//2/webhooks', 'GET /2/webhooks'],
    ['GET', '/2/2/webhooks', 'GET /2/webhooks'],
    ['GET', '/1.1/webhooks', 'GET /2/webhooks'],
    ['GET', '/webhooks', 'GET /2/webhooks'],
    // A missing segment, a missing extension.
    [
      'POST',
      '/2/account_activity/webhooks/1/subscriptions',
      'POST /2/account_activity/webhooks/:webhook_id/subscriptions/all',
    ],
    ['GET', '/1.1/account_activity/webhooks', 'GET /1.1/account_activity/webhooks.json'],
    ['POST', '/oauth/request-token', 'POST /oauth/request_token'],
    // Another method.
    ['PATCH', '/2/webhooks', 'POST /2/webhooks'],
  ])('finds for %s %s the route %s', (method, path, expected) => {
    expect(findNearestRoute(allRoutes, method, path)).toBe(expected)
  })

  it.each(['/', '/2', '/2/lists', '/2/lists/by/owner/alice', '/favicon.ico', '/__proto__', '/constructor', '/%00'])(
    'finds nothing for %s',
    (path) => expect(findNearestRoute(allRoutes, 'GET', path)).toBeUndefined(),
  )

  it('does not compare long paths, and is fast with many segments', () => {
    const path = `/2/webhook${'s'.repeat(100_000)}`
    expect(findNearestRoute(allRoutes, 'GET', path)).toBeUndefined()
    expect(findNearestRoute(allRoutes, 'GET', '/a'.repeat(50_000))).toBeUndefined()
  })

  it('finds nothing without routes', () => expect(findNearestRoute([], 'GET', '/2/webhooks')).toBeUndefined())
})
