import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions, refusal } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/webhooks/stream/introduction, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const create = (fields: unknown) =>
  createClient(patientOptions()).filteredStream.links.create(id, { fields: fields as object })

describeV2(x, 'filteredStream.links.create', {
  call: (client, options) => client.filteredStream.links.create(id, options),
  sends: `POST /2/tweets/search/webhooks/${id}`,
  accepts: [
    [{ json: { data: { provisioned: true } } }, undefined],
    [{ status: 201, json: { data: { provisioned: 'yes' } } }, undefined],
    [{ json: {} }, undefined],
    [empty, undefined],
  ],
  rejects: [
    [{ json: { data: { provisioned: false } } }, ['data.provisioned']],
    [htmlPage, ['']],
  ],
  ids: { webhookId: (client, invalid) => client.filteredStream.links.create(invalid) },
})

describe('filteredStream.links.create', () => {
  test('sends the fields in the query', async () => {
    x.answers({ json: { data: { provisioned: true } } })
    await create({
      'tweet.fields': ['created_at', 'entities'],
      expansions: ['author_id', 'referenced_tweets.id.author_id'],
      'user.fields': undefined,
      'post.fields': ['note_post'],
    })
    expect(x.requests[0]?.path).toBe(
      `/2/tweets/search/webhooks/${id}?tweet.fields=created_at%2Centities&expansions=author_id%2Creferenced_tweets.id.author_id&post.fields=note_post`,
    )
  })

  test.each<readonly [unknown, typeof TypeError | typeof RangeError, RegExp]>([
    [null, TypeError, /"fields" must be an object/],
    [['created_at'], TypeError, /"fields" must be an object/],
    [{ tweetFields: ['created_at'] }, RangeError, /"fields" must have parameters of X/],
    [{ 'tweet.fields': 'created_at' }, TypeError, /"fields.tweet.fields" must be an array, got string/],
    [{ expansions: [] }, RangeError, /"fields.expansions" must not be empty/],
    [{ expansions: ['author_id,attachments'] }, RangeError, /"fields.expansions" must hold names of fields/],
    [{ expansions: [1] }, RangeError, /"fields.expansions" must hold names of fields/],
  ])('refuses the fields %j and sends nothing', async (fields, Expected, message) => {
    const call = create(fields)
    await expect(call).rejects.toThrow(Expected)
    await expect(call).rejects.toThrow(message)
    expect(x.requests).toEqual([])
  })

  test.each([
    ['WebhookIdInvalid', refusal('WebhookIdInvalid: no such webhook'), /List the webhooks/],
    ['Forbidden', { status: 403, json: { reason: 'client-not-enrolled' } }, /in no project/],
  ])('rejects with reason %s', async (reason, response, hint) => {
    x.answers(response)
    await expect(create({})).rejects.toMatchObject({ name: 'ApiError', reason, hint: expect.stringMatching(hint) })
  })
})
