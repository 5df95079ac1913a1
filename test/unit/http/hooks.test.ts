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
