import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Endpoint } from '../../../src/errors/reasons.ts'
import { mapFailure } from '../../../src/http/map-failure.ts'

const now = Date.UTC(2026, 10, 21, 12)

interface Failure {
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Record<string, string>
}

function fail(endpoint: Endpoint, { status = 400, json, text, headers }: Failure, secrets: readonly string[] = []) {
  const response = { status, headers: new Headers(headers), text: text ?? JSON.stringify(json) }
  return mapFailure(response, { endpoint, secrets, now })
}

const problem = {
  title: 'Invalid Request',
  detail: 'One or more…',
  type: 'https://api.twitter.com/2/problems/invalid-request',
}

describe('every documented reason has a message and a hint', () => {
  test.each<readonly [Endpoint, string]>([
    ['webhooks.create', 'CrcValidationFailed'],
    ['webhooks.create', 'UrlValidationFailed'],
    ['webhooks.create', 'DuplicateUrlFailed'],
    ['webhooks.create', 'WebhookLimitExceeded'],
    ['webhooks.validate', 'WebhookIdInvalid'],
    ['webhooks.validate', 'CrcValidationFailed'],
    ['webhooks.delete', 'WebhookIdInvalid'],
    ['subscriptions.create', 'WebhookIdInvalid'],
    ['subscriptions.create', 'DuplicateSubscriptionFailed'],
    ['subscriptions.create', 'SubscriptionLimitExceeded'],
    ['subscriptions.check', 'WebhookIdInvalid'],
    ['subscriptions.list', 'WebhookIdInvalid'],
    ['subscriptions.delete', 'SubscriptionNotFound'],
    ['subscriptions.delete', 'WebhookIdInvalid'],
    ['replay.create', 'QueryParamInvalid'],
    ['replay.create', 'CrcValidationFailed'],
    ['replay.create', 'ReplayConflictError'],
    ['replay.create', 'WebhookIdInvalid'],
  ])('of %s: %s', (endpoint, reason) => {
    const error = fail(endpoint, { json: { ...problem, errors: [{ message: `${reason}: whatever` }] } })
    expect(error.reason).toBe(reason)
    expect(error.message).toBe(`The call ${endpoint} failed: ${reason} (HTTP 400). whatever. ${error.hint}`)
  })
})

describe('reasonsByCode', () => {
  const response = (code: number, message = 'no') => ({
    status: 404,
    headers: new Headers(),
    text: JSON.stringify({ errors: [{ code, message }] }),
  })
  const read = (code: number, message?: string) =>
    mapFailure(response(code, message), {
      endpoint: 'webhooks.validate',
      secrets: [],
      now,
      reasonsByCode: { 34: 'WebhookIdInvalid', 214: 'CrcValidationFailed' },
    })

  test.each([
    [34, 'WebhookIdInvalid'],
    [214, 'CrcValidationFailed'],
    [32, 'Unauthorized'],
    [9999, 'NotFound'],
  ])('maps code %s to %s', (code, reason) => {
    expect(read(code).reason).toBe(reason)
  })

  test('are not used if X states a reason, and neither is the hint of the code', () => {
    expect(read(34, 'CrcValidationFailed: no')).toMatchObject({
      reason: 'CrcValidationFailed',
      hint: expect.stringContaining('response_token'),
    })
  })
})

describe('a body that is not JSON', () => {
  test.each([
    ['empty', 502, '', 'ServerError', []],
    ['white space', 502, ' \n', 'ServerError', []],
    [
      'an HTML page',
      503,
      '<!DOCTYPE html><html><head><title>Over\ncapacity</title></head></html>',
      'ServerError',
      [{ message: 'Over\ncapacity' }],
    ],
    ['HTML without a title', 403, '<h1>Forbidden</h1>', 'Forbidden', []],
    [
      'XML',
      403,
      // Reported in https://github.com/arunagw/omniauth-twitter/issues/144
      `<?xml version='1.0' encoding='UTF-8'?><errors><error code="415">Callback URL not\napproved</error></errors>`,
      'Forbidden',
      [{ code: 415, message: 'Callback URL not\napproved' }],
    ],
    [
      'XML with two errors',
      401,
      '<errors>\n  <error code="32">a</error>\n  <error code="89"> b </error>\n</errors>',
      'Unauthorized',
      [
        { code: 32, message: 'a' },
        { code: 89, message: 'b' },
      ],
    ],
    ['invalid XML', 403, '<error code="x">a</error>', 'Forbidden', []],
    ['plain text', 429, 'Rate limit exceeded\n', 'RateLimited', [{ message: 'Rate limit exceeded' }]],
    ['JSON cut short', 400, '{"errors":[{"mess', 'Unknown', [{ message: '{"errors":[{"mess' }]],
  ])('%s', (_, status, text, reason, problems) => {
    const error = fail('webhooks.list', { status, text })
    expect(error).toMatchObject({ status, reason, problems })
    expect(error.body).toBe(text)
    expect(error.message).not.toContain('\n')
  })

  test('of any length gives a message of one short line', () => {
    const error = fail('webhooks.list', { status: 502, text: 'no '.repeat(100_000) })
    expect(error.message.length).toBeLessThan(600)
  })
})

describe('the error has', () => {
  test('every problem as X wrote it, the entries before the body that contains them', () => {
    const errors = [{ message: 'a', parameters: { url: ['x'] } }, { code: 214, message: 'b' }, 'c', 7, null, ['d']]
    const error = fail('webhooks.create', { json: { ...problem, errors } })
    expect(error.problems).toEqual([...errors.slice(0, 2), { message: 'c' }, problem])
  })

  test.each([
    [{ errors: [{ code: 32 }, { code: 215 }, { code: 32 }] }, [32, 215]],
    [{ code: 0, message: 'internal' }, [0]],
    [{ errors: [{ code: '214' }] }, [214]],
    [{ errors: [{ code: '' }, { code: null }, { code: true }, { code: 1.5 }, { code: 'x1' }, {}] }, []],
  ])('the numeric codes of %j, without duplicates', (json, platformCodes) => {
    expect(fail('webhooks.list', { json }).platformCodes).toEqual(platformCodes)
  })

  test('the rate limit, and the time of its reset in the message', () => {
    const headers = {
      'x-rate-limit-limit': '450',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': `${now / 1000 + 600}`,
    }
    const error = fail('webhooks.list', { status: 429, text: '', headers })
    expect(error.rateLimit).toEqual({ limit: 450, remaining: 0, resetAt: new Date(now + 600_000) })
    expect(error.message).toContain('2026-11-21T12:10:00.000Z')
  })

  test('the limit that refused the call, and when X accepts it again', () => {
    const reset = now / 1000 + 7200
    const headers = {
      'x-rate-limit-remaining': '449',
      'x-rate-limit-reset': `${now / 1000 + 50}`,
      'x-user-limit-24hour-limit': '25',
      'x-user-limit-24hour-remaining': '0',
      'x-user-limit-24hour-reset': `${reset}`,
    }
    const error = fail('webhooks.list', { status: 429, text: '', headers })
    expect(error).toMatchObject({
      reason: 'RateLimited',
      limitedBy: 'user_24_hours',
      retryAt: new Date(reset * 1000),
      rateLimit: { limit: 25, remaining: 0, resetAt: new Date(reset * 1000) },
      hint: 'The limit of the user for 24 hours is used up and resets at 2026-11-21T14:00:00.000Z. Wait until then.',
    })
  })

  test.each(['UsageCapExceeded', 'SpendCapReached'])('no time for a cap of the plan: %s', (title) => {
    const headers = { 'x-rate-limit-remaining': '449', 'x-rate-limit-reset': `${now / 1000 + 50}` }
    const error = fail('webhooks.list', { status: 429, json: { title }, headers })
    expect(error).toMatchObject({ limitedBy: 'usage_cap', hint: expect.stringContaining('cap of the plan') })
    expect(error).not.toHaveProperty('retryAt')
  })

  // https://github.com/tryethernal/ethernal/issues/1324 has a 402 of X.
  test.each<readonly [number, object]>([
    [402, { title: 'CreditsDepleted', type: 'https://api.x.com/2/problems/credits' }],
    [402, { detail: 'Your enrolled account [1] does not have any credits to fulfill this request.' }],
    [402, {}],
    [403, { title: 'SpendCapReached' }],
    [403, { errors: [{ type: 'https://api.twitter.com/2/problems/usage-capped', period: 'Monthly' }] }],
    [429, { title: 'Too Many Requests', detail: 'Usage cap exceeded: Monthly product cap' }],
    [200, { errors: [{ title: 'UsageCapExceeded' }] }],
  ])('the cap of the plan with HTTP %s: %j', (status, json) => {
    for (const endpoint of ['webhooks.list', 'subscriptions.create', 'replay.create'] as const) {
      const error = fail(endpoint, { status, json })
      expect(error).toMatchObject({
        reason: 'RateLimited',
        limitedBy: 'usage_cap',
        hint: expect.stringContaining('cap'),
      })
      expect(error).not.toHaveProperty('retryAt')
    }
  })

  test.each([
    { detail: 'The number of subscriptions has reached its cap.' },
    { title: 'Forbidden', detail: 'This app may not use credits.' },
  ])('no cap of the plan: %j', (json) => {
    expect(fail('webhooks.list', { status: 403, json })).not.toHaveProperty('limitedBy')
  })

  test('the time of Retry-After', () => {
    const error = fail('webhooks.list', { status: 503, text: '', headers: { 'retry-after': '30' } })
    expect(error.retryAt).toEqual(new Date(now + 30_000))
    expect(error).not.toHaveProperty('limitedBy')
  })

  test.each(['<title', '<title>', '<error code="1">', '<error code="', '{"errors":[', '[[', ' ', 'CRC '])(
    'a short message and body, in linear time, for a long body of %j',
    (unit) => {
      const time = (length: number) => {
        const start = performance.now()
        const error = fail('webhooks.create', { status: 400, text: unit.repeat(length / unit.length) })
        expect(error.message.length).toBeLessThanOrEqual(1_000)
        expect(error.body.length).toBeLessThanOrEqual(100_000)
        return performance.now() - start
      }
      time(10_000)
      expect(time(2_000_000)).toBeLessThan(2_000)
    },
  )

  test('no rate limit without headers', () => {
    expect(fail('webhooks.list', { status: 429, text: '' }).rateLimit).toBeUndefined()
  })

  test('no values from prototype keys', () => {
    const text = '{"errors":[{"message":"x","__proto__":{"reason":"CrcValidationFailed"}}],"__proto__":{"code":32}}'
    const error = fail('webhooks.create', { text })
    expect(error.reason).toBe('Unknown')
    expect(error.platformCodes).toEqual([])
    expect(({} as { code?: unknown }).code).toBeUndefined()
  })

  test.each([{ errors: {} }, { errors: [[]] }, { errors: null, error: 7 }, { title: 7, detail: {} }, { type: [] }])(
    'the reason Unknown for %j',
    (json) => {
      expect(fail('webhooks.create', { json })).toMatchObject({ reason: 'Unknown', status: 400 })
    },
  )
})

describe('the hint', () => {
  test.each<readonly [string, Endpoint, Failure, RegExp]>([
    [
      'comes from a code before the general reason',
      'webhooks.create',
      { status: 403, json: { errors: [{ code: 261, message: 'no' }] } },
      /Read, Write and Direct Messages/,
    ],
    [
      'comes from the first known code',
      'webhooks.list',
      { status: 401, json: { errors: [{ code: 9999 }, { code: 32 }] } },
      /clock/,
    ],
    [
      'explains an app without a plan',
      'webhooks.list',
      {
        status: 403,
        json: {
          title: 'Client Forbidden',
          reason: 'client-not-enrolled',
          type: 'https://api.twitter.com/2/problems/client-forbidden',
          registration_url: 'https://developer.x.com',
        },
      },
      /developer portal/,
    ],
    [
      'explains a cap',
      'webhooks.list',
      {
        status: 429,
        json: { title: 'UsageCapExceeded', period: 'Monthly', type: 'https://api.x.com/2/problems/usage-capped' },
      },
      /cap of the plan/,
    ],
    [
      // https://developer.x.com/en/support/x-api/error-troubleshooting lists 64 and 326.
      'explains a suspended account',
      'subscriptions.create',
      { status: 403, json: { errors: [{ code: 64, message: 'Your account is suspended.' }] } },
      /suspended the account/,
    ],
    [
      'explains a suspended account without a code',
      'subscriptions.create',
      {
        status: 403,
        json: { ...problem, detail: 'Your account is suspended and is not permitted to access this feature.' },
      },
      /suspended the account/,
    ],
    [
      'explains a locked account',
      'subscriptions.create',
      { status: 403, json: { errors: [{ code: 326, message: 'locked' }] } },
      /locked the account/,
    ],
    [
      'explains a locked account without a code',
      'subscriptions.create',
      { status: 403, json: { ...problem, detail: 'To protect our users, this account is temporarily locked.' } },
      /locked the account/,
    ],
    [
      'explains the page of a proxy',
      'webhooks.list',
      { status: 403, text: '<html>Blocked</html>' },
      /a proxy, a firewall/,
    ],
    [
      'explains a page with 401',
      'webhooks.list',
      { status: 401, text: '<!doctype html>' },
      /nothing about the credentials/,
    ],
    [
      'names both secrets after a failed CRC',
      'webhooks.create',
      { json: { errors: [{ message: 'CrcValidationFailed: no' }] } },
      /consumer secret.*client secret/,
    ],
    [
      'names both secrets after a failed CRC of v1.1',
      'webhooks.create',
      { status: 403, json: { errors: [{ code: 214, message: 'Invalid CRC token or json response format.' }] } },
      /consumer secret.*client secret/,
    ],
    ['explains a redirect', 'webhooks.list', { status: 301, text: '' }, /base URL/],
    ['explains a redirect in a browser', 'webhooks.list', { status: 0, text: '' }, /base URL/],
    ['comes from the general reason', 'webhooks.list', { status: 500, text: '' }, /Try again later/],
  ])('%s', (_, endpoint, failure, hint) => {
    const error = fail(endpoint, failure)
    expect(error.hint).toMatch(hint)
    expect(error.message).toContain(error.hint)
  })

  test('is absent for a failure without specific advice', () => {
    expect(fail('webhooks.list', { status: 400, json: problem }).hint).toBeUndefined()
  })
})

describe('secrets are redacted', () => {
  const token = 'AAAAbt5Rk%2FyU%3D'

  test.each<readonly [string, unknown]>([
    ['a message', { errors: [{ message: `Bad token ${token}` }] }],
    ['a decoded message', { errors: [{ message: 'Bad token AAAAbt5Rk/yU=' }] }],
    ['a field', { errors: [{ message: 'no', value: [{ deep: token }] }] }],
    ['a key', { [token]: 1, title: 'no' }],
    ['a text', `Bearer ${token}`],
  ])('in %s', (_, json) => {
    const error = fail('webhooks.list', { status: 401, json }, [token])
    const shown = [inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error), error.message, error.body]
    for (const text of shown) expect(text).not.toMatch(/AAAAbt5Rk/)
    expect(error.body).toContain('[redacted]')
  })
})
