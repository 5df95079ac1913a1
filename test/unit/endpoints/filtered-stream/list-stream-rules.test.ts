import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { collect } from '../../../support/activity-values.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/posts/filtered-stream/introduction, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const rule = { id: '120897978112909812', value: 'coffee -is:retweet', tag: 'Non-retweeted coffee Posts' }
const sent = '2026-11-28T10:00:00.000Z'

describeV2(x, 'filteredStream.rules.list', {
  call: (client, options) => collect(() => client.filteredStream.rules.list(options)),
  sends: 'GET /2/tweets/search/stream/rules?max_results=1000',
  accepts: [
    [{ json: { data: [rule], meta: { sent, result_count: 1 } } }, [rule]],
    [{ json: { data: [{ id: 1, value: 'a', tag: '' }], meta: { result_count: '1' } } }, [{ id: '1', value: 'a' }]],
    [{ json: { meta: { sent, result_count: 0 } } }, []],
  ],
  rejects: [
    [empty, ['']],
    [htmlPage, ['']],
    [{ json: { data: [{ id: '1' }] } }, ['data.0.value']],
  ],
})

describe('filteredStream.rules.list', () => {
  test('requests the next page when it is needed', async () => {
    const page = (id: string, next_token?: string) => ({ json: { data: [{ ...rule, id }], meta: { next_token } } })
    x.answers(page('1', 'aaaaaaaaaaaaaaaa'), page('2'))
    const rules = await collect(() => createClient(patientOptions()).filteredStream.rules.list({ pageSize: 1 }))
    expect(rules.map(({ id }) => id)).toEqual(['1', '2'])
    expect(x.requests[1]?.path).toBe('/2/tweets/search/stream/rules?max_results=1&pagination_token=aaaaaaaaaaaaaaaa')
  })

  test.each([0, 1001, Number.NaN])('refuses a page size of %s', (pageSize) => {
    expect(() => createClient(patientOptions()).filteredStream.rules.list({ pageSize })).toThrow(/"pageSize" must/)
  })
})
