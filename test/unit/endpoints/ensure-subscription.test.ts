import { describe, expect, test } from 'vitest'
import { createClient } from '../../../src/client/create-client.ts'
import { createEnterprise, createPremium } from '../../support/describe-endpoint.ts'
import { alice, mockXApi, patientOptions, refusal } from '../../support/x-api.ts'

// Responses: https://docs.x.com/x-api/account-activity/quickstart

const x = mockXApi()
const id = '1146654567674912769'

describe('in v2', () => {
  const ensure = (options?: object) => createClient(patientOptions()).subscriptions.ensure(id, options)

  test('is present, and nothing is created, if the user is subscribed', async () => {
    x.answers({ json: { data: { subscribed: true } } })
    expect(await ensure()).toBe('present')
    expect(x.requests.map(({ method }) => method)).toEqual(['GET'])
  })

  test.each([
    ['a 404 without a body', { status: 404 }],
    ['subscribed: false', { json: { data: { subscribed: false } } }],
  ])('is created after %s', async (_, check) => {
    x.answers(check, { json: { data: { subscribed: true } } })
    expect(await ensure()).toBe('created')
    expect(x.requests.map(({ method }) => method)).toEqual(['GET', 'POST'])
  })

  test('is present if another process creates it after the check', async () => {
    x.answers({ status: 404 }, refusal('DuplicateSubscriptionFailed: Subscription already exists'))
    expect(await ensure()).toBe('present')
  })

  test('acts for the user of the call in both requests', async () => {
    x.answers({ status: 404 }, { status: 204 })
    await ensure({ user: { bearerToken: 'AAAAuser' } })
    expect(x.requests.map(({ authorization }) => authorization)).toEqual(['Bearer AAAAuser', 'Bearer AAAAuser'])
  })

  test('rejects with the error of the call that failed', async () => {
    x.answers({ status: 404 }, refusal('SubscriptionLimitExceeded: no more'))
    await expect(ensure()).rejects.toMatchObject({
      endpoint: 'subscriptions.create',
      reason: 'SubscriptionLimitExceeded',
    })
    x.answers({ status: 401 })
    await expect(ensure()).rejects.toMatchObject({ endpoint: 'subscriptions.check', reason: 'Unauthorized' })
  })
})

describe.each([
  ['premium', createPremium],
  ['enterprise', createEnterprise],
])('in the %s API', (_, create) => {
  test('is present, or created', async () => {
    x.answers({ status: 204 })
    expect(await create().subscriptions.ensure(id, { user: alice })).toBe('present')
    x.answers(
      { status: 404, json: { errors: [{ code: 34, message: 'Sorry, that page does not exist.' }] } },
      { status: 204 },
    )
    expect(await create().subscriptions.ensure(id)).toBe('created')
  })

  test('of another user, through `as`', async () => {
    x.answers({ status: 204 })
    await create().as({ accessToken: 'bob-token', accessTokenSecret: 'bob-secret' }).subscriptions.ensure(id)
    expect(x.requests[0]?.authorization).toContain('oauth_token="bob-token"')
  })
})
