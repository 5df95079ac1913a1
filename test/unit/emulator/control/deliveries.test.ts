import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

/** An emulator, and a program that knows it by HTTP alone. */
class Outside {
  readonly harness: EmulatorHarness

  constructor(options: ConstructorParameters<typeof EmulatorHarness>[0] = {}) {
    this.harness = new EmulatorHarness(options)
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const isJson = body !== undefined && { 'content-type': 'application/json' }
    return this.harness.x.fetch(`http://127.0.0.1:4000/emulator${path}`, {
      method,
      headers: { ...isJson, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }

  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind.
  async get(path: string): Promise<any> {
    return (await this.send('GET', path)).json()
  }

  /** Does something that must work. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind.
  async post(path: string, body: unknown = {}, method = 'POST'): Promise<any> {
    const response = await this.send(method, path, body)
    if (response.status !== 200) throw new Error(await response.text())
    return response.json()
  }

  async failure(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    const response = await this.send(method, path, body, headers)
    return [response.status, ((await response.json()) as { error: string }).error]
  }
}

describe('GET /emulator/deliveries', () => {
  async function logged() {
    const outside = new Outside()
    const [alice, bob] = await outside.harness.subscribed('alice', 'bob')
    outside.harness.onDelivery = (request) => new Response(null, { status: request.url.includes('?') ? 500 : 200 })
    for (let count = 0; count < 5; count += 1) await alice.post(`Hello @bob, ${count}`)
    await outside.harness.x.idle()
    return { outside, alice, bob }
  }

  const numbers = ({ deliveries, next }: { deliveries: { number: number }[]; next: number }) => [
    deliveries.map(({ number }) => number),
    next,
  ]

  it('returns pages, and the number to continue from', async () => {
    const { outside, alice } = await logged()
    expect(numbers(await outside.get('/deliveries?limit=4'))).toEqual([[1, 2, 3, 4], 5])
    expect(numbers(await outside.get('/deliveries?limit=4&from=5'))).toEqual([[5, 6, 7, 8], 9])
    expect(numbers(await outside.get('/deliveries?limit=4&from=9'))).toEqual([[9, 10], 11])
    expect(numbers(await outside.get('/deliveries?from=11'))).toEqual([[], 11])
    await alice.post('News')
    await outside.post('/idle')
    expect(numbers(await outside.get('/deliveries?from=11'))).toEqual([[11], 12])
  })

  it('filters', async () => {
    const { outside, bob } = await logged()
    const mine = await outside.get(`/deliveries?forUserId=${bob.id}&kind=live&outcome=delivered&limit=2`)
    expect(numbers(mine)).toEqual([[2, 4], 5])
    expect(numbers(await outside.get('/deliveries?outcome=failed'))).toEqual([[], 11])
    expect(numbers(await outside.get('/deliveries?kind=replay'))).toEqual([[], 11])
    expect(numbers(await outside.get('/deliveries?webhookId=1'))).toEqual([[], 11])
  })

  it('is empty at first', async () => {
    expect(await new Outside().get('/deliveries')).toEqual({ deliveries: [], next: 1 })
    expect(await new Outside().get('/deliveries?from=7')).toEqual({ deliveries: [], next: 7 })
  })

  it.each([
    ['limit=0', '"limit" must be a whole number from 1 to 1000'],
    ['limit=1001', '"limit" must be a whole number from 1 to 1000'],
    ['limit=', '"limit" must be a whole number from 1 to 1000'],
    ['limit=1e2', '"limit" must be a whole number from 1 to 1000'],
    ['from=0', '"from" must be a whole number from 1 to 9007199254740991'],
    ['from=-1', '"from" must be a whole number from 1 to 9007199254740991'],
    ['from=NaN', '"from" must be a whole number from 1 to 9007199254740991'],
    [
      'form=1',
      '"query" must not have a member "form". Its members are from, limit, kind, outcome, webhookId, forUserId.',
    ],
    [
      '__proto__=1',
      '"query" must not have a member "__proto__". Its members are from, limit, kind, outcome, webhookId, forUserId.',
    ],
    ['from=1&from=2', '"query" must not have a parameter twice'],
  ])('refuses the query %s', async (query, error) => {
    expect(await new Outside().failure('GET', `/deliveries?${query}`)).toEqual([400, error])
  })
})
