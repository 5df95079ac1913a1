import { expect, test } from 'vitest'
import { ReplayWindowError } from '../../../../src/errors/replay-window-error.ts'
import { commonFailures, createEnterprise, describeEndpoint, noSuchPage } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id, job, wireJob } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests, responses and codes: https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in
// https://github.com/xdevplatform/docs at commit 4c1aae9c.

const x = mockXApi()
const window = { from: '202611180600', to: '202611180800' }
const path = `/1.1/account_activity/replay/webhooks/${id}/subscriptions/all.json`
const create = (at = window) => createEnterprise().replay.create(id, at)

describeEndpoint(x, 'replay.create', createEnterprise, {
  call: (client, options) => client.replay.create(id, window, options),
  sends: `POST ${path}?from_date=202611180600&to_date=202611180800`,
  accepts: [[{ status: 202, json: wireJob }, job]],
  rejects: [
    [empty, ['']],
    [htmlPage, ['']],
  ],
  fails: [
    [400, 214, 'Webhook has been marked as invalid.', 'CrcValidationFailed', /response_token/],
    [400, 357, 'from_date: parameter required.', 'QueryParamInvalid', /enterpriseReplayRules/],
    [400, 358, 'Unable to parse the parameter.', 'QueryParamInvalid', /checkReplayWindow/],
    [400, 360, 'from_date: must be greater than or equal to 0.', 'QueryParamInvalid', /UTC/],
    [400, 368, 'from_date: must be in the past.', 'QueryParamInvalid', /UTC/],
    [400, 356, 'from_date must be before to_date.', 'QueryParamInvalid', /UTC/],
    [401, 61, 'Client is not permitted to perform this action.', 'Unauthorized', /Ask X to enable it/],
    [404, 34, noSuchPage, 'WebhookIdInvalid', /List the webhooks/],
    [409, 355, 'A job is already in progress.', 'ReplayConflictError', /replay_job_status/],
    ...commonFailures,
  ],
  ids: { webhookId: (client, invalid) => client.replay.create(invalid, window) },
})

test('does not check the age of a window, but refuses an invalid window', async () => {
  x.answers({ status: 202, json: wireJob })
  await create({ from: '200001010000', to: '200001010001' })
  expect(x.requests[0]?.path).toBe(`${path}?from_date=200001010000&to_date=200001010001`)
  await expect(create({ from: '202611180800', to: '202611180600' })).rejects.toThrow(ReplayWindowError)
  await expect(createEnterprise().replay.create('../all', window)).rejects.toThrow(RangeError)
  await expect(create('202611180600' as never)).rejects.toThrow(TypeError)
  expect(x.requests).toHaveLength(1)
})
