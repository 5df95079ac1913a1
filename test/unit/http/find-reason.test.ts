import { describe, expect, test } from 'vitest'
import type { Endpoint } from '../../../src/errors/reasons.ts'
import { findReason } from '../../../src/http/find-reason.ts'
import { readProblems } from '../../../src/http/read-problems.ts'

interface Failure {
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
}

function read(endpoint: Endpoint, { status = 400, json, text = JSON.stringify(json) }: Failure): string {
  return findReason(endpoint, status, readProblems(text))
}

const problem = {
  title: 'Invalid Request',
  detail: 'One or more…',
  type: 'https://api.twitter.com/2/problems/invalid-request',
}

describe('a reason that X states', () => {
  test.each<readonly [string, unknown]>([
    ['reason', { ...problem, reason: 'WebhookLimitExceeded' }],
    ['errors[].reason', { ...problem, errors: [{ message: 'no', reason: 'WebhookLimitExceeded' }] }],
    ['errors[].message', { ...problem, errors: [{ message: 'WebhookLimitExceeded: Too many' }] }],
    ['errors[].message without details', { ...problem, errors: [{ message: 'WebhookLimitExceeded: ' }] }],
    ['errors[].message, no colon', { ...problem, errors: [{ message: 'WebhookLimitExceeded' }] }],
    ['errors[].detail', { ...problem, errors: [{ detail: 'WebhookLimitExceeded: Too many' }] }],
    ['errors[].title', { ...problem, errors: [{ title: 'WebhookLimitExceeded' }] }],
    ['detail', { ...problem, detail: 'WebhookLimitExceeded: Too many' }],
    ['title', { ...problem, title: 'WebhookLimitExceeded' }],
    ['message', { message: 'WebhookLimitExceeded: Too many', code: 400 }],
    ['errors that are strings', { errors: ['WebhookLimitExceeded: Too many'] }],
    ['errors that are a string', { errors: 'WebhookLimitExceeded: Too many' }],
    ['error', { error: 'WebhookLimitExceeded: Too many' }],
    ['the whole body', 'WebhookLimitExceeded: Too many'],
    ['a list of problems', [{ message: 'WebhookLimitExceeded: Too many' }]],
    ['the second of two', { errors: [{ message: 'Hm' }, { message: 'WebhookLimitExceeded: Too many' }] }],
  ])('is found in %s', (_, json) => {
    expect(read('webhooks.create', { json })).toBe('WebhookLimitExceeded')
  })

  test('is found in plain text', () => {
    expect(read('webhooks.create', { text: 'UrlValidationFailed: no port' })).toBe('UrlValidationFailed')
  })

  test('is searched in this order', () => {
    const words = {
      reason: 'WebhookLimitExceeded',
      errors: [{ message: 'DuplicateUrlFailed: a', reason: 'UrlValidationFailed' }],
      detail: 'CrcValidationFailed: b',
    }
    const readBody = (json: unknown) => read('webhooks.create', { json })
    expect(readBody(words)).toBe('WebhookLimitExceeded')
    expect(readBody({ ...words, reason: undefined })).toBe('UrlValidationFailed')
    expect(readBody({ errors: [{ message: 'DuplicateUrlFailed: a' }], detail: words.detail })).toBe(
      'DuplicateUrlFailed',
    )
    expect(readBody({ detail: words.detail })).toBe('CrcValidationFailed')
  })

  test.each([
    ['a reason of another endpoint', 'SubscriptionNotFound: no'],
    ['a reason that X does not document', 'WebhookPaused: no'],
    ['a reason in the middle of a text', 'It is WebhookLimitExceeded: no'],
    ['a prototype key', 'constructor: no'],
    ['a general reason', 'RateLimited: no'],
  ])('is not %s', (_, message) => {
    expect(read('webhooks.create', { json: { errors: [{ message }] } })).toBe('Unknown')
  })
})

describe('without a stated reason, the reason comes from', () => {
  test.each<readonly [string, Endpoint, number, unknown, string]>([
    ['wording', 'subscriptions.create', 400, { detail: 'Subscription already exists' }, 'DuplicateSubscriptionFailed'],
    ['wording', 'subscriptions.create', 403, { detail: 'Subscription already exists.' }, 'DuplicateSubscriptionFailed'],
    ['wording', 'webhooks.create', 400, { detail: 'This URL already exists' }, 'DuplicateUrlFailed'],
    [
      'wording',
      'webhooks.create',
      400,
      { errors: [{ code: 214, message: 'Too many resources already created.' }] },
      'WebhookLimitExceeded',
    ],
    [
      'wording',
      'webhooks.create',
      403,
      { errors: [{ code: 214, message: 'High latency on CRC GET request.' }] },
      'CrcValidationFailed',
    ],
    [
      'wording',
      'webhooks.create',
      400,
      { errors: [{ code: 214, message: 'Webhook URL does not meet the requirements.' }] },
      'UrlValidationFailed',
    ],
    [
      'wording',
      'webhooks.create',
      403,
      // Reported in https://github.com/saadmanrafat/twitivity/issues/1
      {
        errors: [
          {
            code: 214,
            message: 'Webhook URL does not meet the requirements. Invalid CRC token or json response format.',
          },
        ],
      },
      'CrcValidationFailed',
    ],
    ['wording', 'replay.create', 400, { detail: 'A job is already running' }, 'ReplayConflictError'],
    ['status, not the wording', 'subscriptions.create', 500, { detail: 'Something already exists' }, 'ServerError'],
    ['status, not the wording', 'subscriptions.create', 401, { detail: 'A session already exists' }, 'Unauthorized'],
    [
      'code',
      'subscriptions.create',
      409,
      { errors: [{ code: 355, message: 'Conflict.' }] },
      'DuplicateSubscriptionFailed',
    ],
    ['code', 'replay.create', 409, { errors: [{ code: 355, message: 'Conflict.' }] }, 'ReplayConflictError'],
    ['code', 'replay.create', 400, { errors: [{ code: 356, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'replay.create', 400, { errors: [{ code: 357, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'replay.create', 400, { errors: [{ code: 358, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'replay.create', 400, { errors: [{ code: 360, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'replay.create', 400, { errors: [{ code: 368, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'webhooks.list', 400, { errors: [{ code: 32, message: 'Could not authenticate you' }] }, 'Unauthorized'],
    ['code', 'webhooks.list', 400, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, 'RateLimited'],
    ['code', 'webhooks.list', 400, { errors: [{ code: '89', message: 'Invalid token' }] }, 'Unauthorized'],
    ['code', 'webhooks.list', 403, { errors: [{ code: 200, message: 'Forbidden.' }] }, 'Forbidden'],
    [
      'code',
      'webhooks.delete',
      404,
      { errors: [{ code: 34, message: 'Sorry, that page does not exist.' }] },
      'NotFound',
    ],
    ['code', 'webhooks.list', 503, { errors: [{ code: 67, message: 'down' }] }, 'ServerError'],
    [
      'status',
      'webhooks.list',
      401,
      { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
      'Unauthorized',
    ],
    ['status', 'webhooks.list', 403, {}, 'Forbidden'],
    ['status', 'webhooks.list', 404, [], 'NotFound'],
    ['status', 'webhooks.list', 429, null, 'RateLimited'],
    ['status', 'webhooks.list', 500, { title: 'Internal Server Error' }, 'ServerError'],
    ['status', 'webhooks.list', 599, 7, 'ServerError'],
    ['status', 'webhooks.list', 400, problem, 'Unknown'],
    ['status', 'webhooks.list', 418, {}, 'Unknown'],
    ['status', 'webhooks.list', 302, {}, 'Unknown'],
    ['status', 'subscriptions.create', 409, {}, 'DuplicateSubscriptionFailed'],
    ['status', 'webhooks.create', 409, {}, 'DuplicateUrlFailed'],
    ['status', 'replay.create', 409, {}, 'ReplayConflictError'],
    ['status', 'webhooks.list', 409, {}, 'Unknown'],
    ['status of the problem', 'webhooks.list', 200, { errors: [{ status: 403, title: 'Forbidden' }] }, 'Forbidden'],
    [
      'type',
      'webhooks.list',
      200,
      { errors: [{ type: 'https://api.twitter.com/2/problems/usage-capped' }] },
      'RateLimited',
    ],
    [
      'type',
      'webhooks.list',
      200,
      { errors: [{ type: 'https://api.x.com/2/problems/client-forbidden' }] },
      'Forbidden',
    ],
    ['type', 'webhooks.list', 200, { errors: [{ type: 'https://api.x.com/2/problems/constructor' }] }, 'Unknown'],
  ])('the %s: %s, HTTP %s, %j', (_, endpoint, status, json, reason) => {
    expect(read(endpoint, { status, json })).toBe(reason)
  })
})
