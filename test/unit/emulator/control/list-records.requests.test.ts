import { describe, expect, it } from 'vitest'
import { ControlClient } from '../../../support/emulator-control.ts'

/** A client whose emulator has answered five requests. */
async function createCalled() {
  const client = new ControlClient({ onUnknownRequest: 'ignore' })
  const { harness } = client
  await harness.asApp('GET', '/2/webhooks')
  await harness.asApp('GET', '/2/webhook')
  await harness.x.fetch('https://api.x.com/2/webhooks')
  await harness.asApp('POST', '/2/webhooks', {})
  await harness.asApp('GET', '/2/webhooks')
  return client
}

const numbersOf = ({ requests, next }: { requests: { number: number }[]; next: number }) => [
  requests.map(({ number }) => number),
  next,
]

describe('GET /emulator/requests', () => {
  it('returns the records of x.requests', async () => {
    const client = await createCalled()
    expect(await client.get('/requests')).toEqual({
      requests: JSON.parse(JSON.stringify(client.harness.x.requests)),
      next: 6,
    })
  })

  it('returns pages, and the number to continue from', async () => {
    const client = await createCalled()
    expect(numbersOf(await client.get('/requests?limit=2'))).toEqual([[1, 2], 3])
    expect(numbersOf(await client.get('/requests?limit=2&from=3'))).toEqual([[3, 4], 5])
    expect(numbersOf(await client.get('/requests?from=6'))).toEqual([[], 6])
  })

  it.each([
    ['method=POST', [4]],
    ['status=401', [3]],
    ['failedCheck=route', [2]],
    ['route=GET%20/2/webhooks', [1, 3, 5]],
    ['route=GET%20/2/webhooks&status=200', [1, 5]],
    ['status=5', []],
    ['method=__proto__', []],
  ])('filters: %s', async (query, numbers) => {
    expect(numbersOf(await (await createCalled()).get(`/requests?${query}`))).toEqual([numbers, 6])
  })

  it('refuses an unknown filter', async () => {
    expect(await new ControlClient().failure('GET', '/requests?path=x')).toEqual([
      400,
      '"query" must not have a member "path". Its members are from, limit, method, route, status, failedCheck.',
    ])
  })
})
