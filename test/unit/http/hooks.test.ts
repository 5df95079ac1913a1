import { describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../src/client/create-client.ts'
import { mockXApi, patientOptions, type Script } from '../../support/x-api.ts'

const x = mockXApi()
const id = '1146654567674912769'
const hook = { id, url: 'https://example.com/hook', valid: true }
const listed: Script = { json: { data: [hook] } }

function setup(more: Partial<Parameters<typeof createClient>[0]> = {}) {
  const { waits, ...options } = patientOptions()
  return { waits, client: createClient({ ...options, ...more }) }
}

describe('hooks', () => {
  test('are called with every request, without secrets', async () => {
    const reports: unknown[] = []
    const log = (name: string) => (report: object) => void reports.push({ name, ...report })
    const hooks = { onRequest: log('request'), onResponse: log('response'), onRetry: log('retry') }
    const { client } = setup({ hooks })
    x.answers({ status: 503 }, { network: 'lost' }, listed)
    await client.webhooks.list()
    const endpoint = 'webhooks.list'
    expect(reports).toEqual([
      { name: 'request', endpoint, attempt: 1 },
      { name: 'response', endpoint, attempt: 1, outcome: 503, durationMs: 0 },
      { name: 'retry', endpoint, attempt: 1, outcome: 503, durationMs: 0, waitMs: 250 },
      { name: 'request', endpoint, attempt: 2 },
      { name: 'response', endpoint, attempt: 2, outcome: 'network', durationMs: 0 },
      { name: 'retry', endpoint, attempt: 2, outcome: 'network', durationMs: 0, waitMs: 500 },
      { name: 'request', endpoint, attempt: 3 },
      { name: 'response', endpoint, attempt: 3, outcome: 200, durationMs: 0 },
    ])
  })

  // The responses in the OpenAPI description of X 2.167 have `errors` beside `data`: https://github.com/xdevplatform/docs
  const partial = {
    title: 'Not Found Error',
    detail: 'Could not find webhook with id: [1].',
    type: 'https://api.x.com/2/problems/resource-not-found',
  }

  test('are called with the errors beside the data of a success, which resolves', async () => {
    const onPartialErrors = vi.fn()
    const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
    const { client } = setup({ hooks: { onPartialErrors }, logger })
    const headers = { 'x-transaction-id': '5a3e' }
    x.answers({ status: 503 }, { json: { data: [hook], errors: [partial, { message: 'second' }] }, headers })
    expect(await client.webhooks.list()).toMatchObject([{ id }])
    const problems = [partial, { message: 'second' }]
    const report = { endpoint: 'webhooks.list', attempt: 2, status: 200, transactionId: '5a3e', problems }
    expect(onPartialErrors.mock.calls).toEqual([[report]])
    expect(logger.warn).toHaveBeenLastCalledWith(
      'The call webhooks.list got HTTP 200 with 2 errors beside the data: Could not find webhook with id: [1].',
    )
  })

  test.each<[string, unknown]>([
    ['no errors', { data: [hook] }],
    ['an empty list', { data: [hook], errors: [] }],
    ['another member', { data: [hook], errors: null }],
    ['errors that are text', { data: [hook], errors: 'none' }],
  ])('are not called with partial errors for %s', async (_, json) => {
    const onPartialErrors = vi.fn()
    const { client } = setup({ hooks: { onPartialErrors } })
    x.answers({ json })
    await client.webhooks.list()
    expect(onPartialErrors).not.toHaveBeenCalled()
  })

  test('get partial errors without secrets, and at most 100 of them', async () => {
    const onPartialErrors = vi.fn()
    const { client } = setup({ hooks: { onPartialErrors }, bearerToken: 'AAAA%2Fsecret' })
    const errors = Array.from({ length: 150 }, () => ({ message: 'token AAAA%2Fsecret', value: ['AAAA/secret'] }))
    x.answers({ json: { data: [hook], errors } })
    await client.webhooks.list()
    const [[{ problems }]] = onPartialErrors.mock.calls as [[{ problems: unknown[] }]]
    expect(problems).toHaveLength(100)
    expect(JSON.stringify(problems)).not.toContain('secret')
  })

  test('that throw or reject do not affect the call', async () => {
    const hooks = {
      onRequest: vi.fn(() => {
        throw new Error('log is full')
      }),
      onResponse: vi.fn(async () => Promise.reject(new Error('log is gone'))),
    }
    const { client } = setup({ hooks })
    x.answers(listed)
    expect(await client.webhooks.list()).toHaveLength(1)
    expect(hooks.onRequest).toHaveBeenCalledOnce()
    expect(hooks.onResponse).toHaveBeenCalledOnce()
  })

  test('can be methods of an object', async () => {
    class Counter {
      count = 0
      onRequest() {
        this.count += 1
      }
    }
    const counter = new Counter()
    const { client } = setup({ hooks: counter })
    x.answers(listed)
    await client.webhooks.list()
    expect(counter.count).toBe(1)
  })
})
