import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, invalidIds } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/posts/filtered-stream/introduction, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const remove = (ids: unknown) => createClient(patientOptions()).filteredStream.rules.delete(ids as string[])
const meta = (summary: object) => ({ sent: '2026-11-28T10:00:00.000Z', summary })

describeV2(x, 'filteredStream.rules.delete', {
  call: (client, options) => client.filteredStream.rules.delete(['1', '2'], options),
  sends: 'POST /2/tweets/search/stream/rules',
  body: { delete: { ids: ['1', '2'] } },
  accepts: [
    [{ json: { meta: meta({ deleted: 2, not_deleted: 0 }) } }, { deleted: 2, notDeleted: 0 }],
    [
      { status: 201, json: { meta: meta({ deleted: '2' }) } },
      { deleted: 2, notDeleted: 0 },
    ],
    // A partial success has errors and no data.
    [
      {
        json: {
          meta: meta({ deleted: 1, not_deleted: 1 }),
          errors: [{ title: 'Invalid Request', type: 'https://api.x.com/2/problems/invalid-request' }],
        },
      },
      { deleted: 1, notDeleted: 1 },
    ],
    [{ json: {} }, { deleted: 2, notDeleted: 0 }],
    [empty, { deleted: 2, notDeleted: 0 }],
  ],
  rejects: [
    [htmlPage, ['']],
    [{ json: { meta: meta({ deleted: 'two' }) } }, ['meta.summary.deleted']],
  ],
})

describe('filteredStream.rules.delete', () => {
  test('sends nothing without ids, and an id that is there twice once', async () => {
    expect(await remove([])).toEqual({ deleted: 0, notDeleted: 0 })
    x.answers(empty)
    expect(await remove(['1', '1'])).toEqual({ deleted: 1, notDeleted: 0 })
    expect(x.requests.map(({ body }) => JSON.parse(body))).toEqual([{ delete: { ids: ['1'] } }])
  })

  test.each(invalidIds)('refuses an id that is %s and sends nothing', async (_, invalid, Expected) => {
    const call = remove(['1', invalid])
    await expect(call).rejects.toThrow(Expected)
    await expect(call).rejects.toThrow(/"ids\[1\]" must/)
    expect(x.requests).toEqual([])
  })

  test('refuses a text instead of a list', async () => {
    await expect(remove('1')).rejects.toThrow(/"ids" must be an array, got string/)
  })
})
