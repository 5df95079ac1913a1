import { describe, expect, it } from 'vitest'
import { ControlClient } from '../../../support/emulator-control.ts'

describe('GET /emulator/deliveries', () => {
  async function logged() {
    const client = new ControlClient()
    const [alice, bob] = await client.harness.subscribed('alice', 'bob')
    client.harness.onDelivery = (request) => new Response(null, { status: request.url.includes('?') ? 500 : 200 })
    for (let count = 0; count < 5; count += 1) await alice.post(`Hello @bob, ${count}`)
    await client.harness.x.idle()
    return { client, alice, bob }
  }

  const numbers = ({ deliveries, next }: { deliveries: { number: number }[]; next: number }) => [
    deliveries.map(({ number }) => number),
    next,
  ]

  it('returns pages, and the number to continue from', async () => {
    const { client, alice } = await logged()
    expect(numbers(await client.get('/deliveries?limit=4'))).toEqual([[1, 2, 3, 4], 5])
    expect(numbers(await client.get('/deliveries?limit=4&from=5'))).toEqual([[5, 6, 7, 8], 9])
    expect(numbers(await client.get('/deliveries?limit=4&from=9'))).toEqual([[9, 10], 11])
    expect(numbers(await client.get('/deliveries?from=11'))).toEqual([[], 11])
    await alice.post('News')
    await client.post('/idle')
    expect(numbers(await client.get('/deliveries?from=11'))).toEqual([[11], 12])
  })

  it('filters', async () => {
    const { client, bob } = await logged()
    const mine = await client.get(`/deliveries?forUserId=${bob.id}&kind=live&outcome=delivered&limit=2`)
    expect(numbers(mine)).toEqual([[2, 4], 5])
    expect(numbers(await client.get('/deliveries?outcome=failed'))).toEqual([[], 11])
    expect(numbers(await client.get('/deliveries?kind=replay'))).toEqual([[], 11])
    expect(numbers(await client.get('/deliveries?webhookId=1'))).toEqual([[], 11])
  })

  it('is empty at first', async () => {
    expect(await new ControlClient().get('/deliveries')).toEqual({ deliveries: [], next: 1 })
    expect(await new ControlClient().get('/deliveries?from=7')).toEqual({ deliveries: [], next: 7 })
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
      '"query" must not have a member "form". Its members are from, limit, kind, api, outcome, webhookId, forUserId.',
    ],
    [
      '__proto__=1',
      '"query" must not have a member "__proto__". Its members are from, limit, kind, api, outcome, webhookId, forUserId.',
    ],
    ['from=1&from=2', '"query" must not have a parameter twice'],
  ])('refuses the query %s', async (query, error) => {
    expect(await new ControlClient().failure('GET', `/deliveries?${query}`)).toEqual([400, error])
  })
})
