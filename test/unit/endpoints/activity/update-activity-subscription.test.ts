import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import type { ActivitySubscriptionChanges } from '../../../../src/endpoints/activity/update-activity-subscription.ts'
import { subscription, subscriptionId, wireSubscription } from '../../../support/activity-values.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions, refusal, type Script } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const update = (changes: object) =>
  createClient(patientOptions()).activity.subscriptions.update(subscriptionId, changes as ActivitySubscriptionChanges)

describeV2(x, 'activity.subscriptions.update', {
  call: (client, options) => client.activity.subscriptions.update(subscriptionId, { tag: 't', webhookId: id }, options),
  sends: `PUT /2/activity/subscriptions/${subscriptionId}`,
  body: { tag: 't', webhook_id: id },
  accepts: [
    [{ json: { data: { subscription: wireSubscription, total_subscriptions: 4 } } }, subscription],
    [{ json: { data: wireSubscription, meta: { total_subscriptions: 4 } } }, subscription],
    [{ json: { data: [wireSubscription] } }, subscription],
  ],
  rejects: [
    [htmlPage, ['']],
    [{ json: { data: { subscription_id: subscriptionId } } }, ['event_type']],
  ],
  ids: {
    id: (client, invalid) => client.activity.subscriptions.update(invalid, { tag: 't' }),
    webhookId: (client, invalid) =>
      client.activity.subscriptions.update(subscriptionId, { tag: 't', webhookId: invalid ?? null }),
  },
})

describe('activity.subscriptions.update', () => {
  test('looks the subscription up if the response has none', async () => {
    x.answers(empty, { json: { data: [{ ...wireSubscription, subscription_id: '1' }, wireSubscription] } })
    expect(await update({ tag: 't' })).toEqual(subscription)
  })

  test('rejects with a ResponseError if it is not in the list', async () => {
    x.answers(empty, { json: { data: [] } })
    await expect(update({ tag: 't' })).rejects.toMatchObject({
      name: 'ResponseError',
      endpoint: 'activity.subscriptions.update',
      issues: [{ path: ['data'], message: 'must have a subscription' }],
    })
  })

  test.each<readonly [string, Script, RegExp]>([
    ['SubscriptionNotFound', refusal('SubscriptionNotFound: no such subscription'), /no such subscription/],
    ['WebhookIdInvalid', refusal('WebhookIdInvalid: no such webhook'), /List the webhooks/],
    ['NotFound', { status: 404 }, /no activity subscription with this id/],
  ])('rejects with reason %s', async (reason, response, hint) => {
    x.answers(response)
    await expect(update({ tag: 't' })).rejects.toMatchObject({
      name: 'ApiError',
      reason,
      hint: expect.stringMatching(hint),
    })
  })

  test.each<readonly [unknown, typeof TypeError | typeof RangeError, RegExp]>([
    [undefined, TypeError, /"changes" must be an object/],
    [{}, TypeError, /"changes" must have "tag" or "webhookId"/],
    [{ filter: {} }, TypeError, /the event type and the filter cannot change/],
    [{ tag: '' }, RangeError, /"tag" must not be empty/],
    [{ tag: 't'.repeat(201) }, RangeError, /"tag" must have at most 200 characters/],
  ])('refuses %j and sends nothing', async (changes, Expected, message) => {
    const call = update(changes as object)
    await expect(call).rejects.toThrow(Expected)
    await expect(call).rejects.toThrow(message)
    expect(x.requests).toEqual([])
  })

  test('sends only what changes', async () => {
    x.answers({ json: { data: wireSubscription } })
    await update({ tag: 't'.repeat(200) })
    expect(JSON.parse(x.requests[0]?.body ?? '')).toEqual({ tag: 't'.repeat(200) })
  })
})
