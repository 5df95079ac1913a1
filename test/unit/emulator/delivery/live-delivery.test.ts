import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from 'x-account-activity/emulator'
import { EmulatorHarness, start } from '../../../support/emulator-harness.ts'

const second = 1000

const minute = 60 * second

const hour = 60 * minute

/** A harness whose receiver answers 503, after one failed delivery. */
async function failing(options: EmulatorOptions = {}) {
  const harness = new EmulatorHarness(options)
  const [alice] = await harness.subscribed('alice')
  harness.onDelivery = () => new Response(null, { status: 503 })
  await alice.post('Hello')
  await harness.x.idle()
  return { harness, alice }
}

/** The time of each attempt, in milliseconds after the first. */
function attemptsOf({ x }: EmulatorHarness): number[] {
  return x.deliveries.map(({ at }) => at - start)
}

async function webhookId(harness: EmulatorHarness): Promise<string> {
  const list = (await (await harness.asApp('GET', '/2/webhooks')).json()) as { data: { id: string }[] }
  return list.data[0]?.id ?? ''
}

describe('a failed delivery', () => {
  it('is attempted again for four hours, with growing gaps', async () => {
    const { harness } = await failing()
    await harness.x.advance({ days: 1 })
    const attempts = attemptsOf(harness)
    expect(attempts.at(-1)).toBe(4 * hour)
    const gaps = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0))
    expect(gaps.length).toBeGreaterThan(3)
    for (const [index, gap] of gaps.slice(1).entries()) expect(gap).toBeGreaterThan(gaps[index] ?? 0)
    expect(harness.x.deliveries.map(({ attempt }) => attempt)).toEqual(attempts.map((_, index) => index + 1))
    expect(harness.x.deliveries.map(({ retryAt }) => retryAt)).toEqual([
      ...harness.x.deliveries.slice(1).map(({ at }) => at),
      undefined,
    ])
  })

  it('has the same body and the same signature each time', async () => {
    const { harness } = await failing()
    await harness.x.advance({ hours: 4 })
    const [first, ...others] = harness.received
    expect(others.length).toBeGreaterThan(0)
    for (const other of others) {
      expect(other.body).toBe(first?.body)
      expect(other.headers.get('x-twitter-webhooks-signature')).toBe(first?.headers.get('x-twitter-webhooks-signature'))
    }
  })

  it('is not attempted again after it was received', async () => {
    const { harness } = await failing()
    await harness.x.advance({ minutes: 2 })
    harness.onDelivery = undefined
    await harness.x.advance({ days: 1 })
    expect(harness.x.deliveries.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'delivered'])
    expect(harness.x.deliveries.at(-1)).not.toHaveProperty('retryAt')
  })

  it('is never attempted again on the sandbox tier', async () => {
    const { harness } = await failing({ tier: 'sandbox' })
    await harness.x.advance({ days: 1 })
    expect(attemptsOf(harness)).toEqual([0])
    expect(harness.x.deliveries[0]).not.toHaveProperty('retryAt')
  })

  it('follows the policy of v1.1 enterprise', async () => {
    const { harness } = await failing({ retries: 'five-minutes' })
    await harness.x.advance({ days: 1 })
    expect(attemptsOf(harness)).toEqual([0, 3 * second, 30 * second, 272 * second])
  })

  it('is attempted by idle() when the base clock has moved', async () => {
    const { harness } = await failing({ retries: [60] })
    harness.time += 10 * minute
    await harness.x.idle()
    expect(attemptsOf(harness)).toEqual([0, minute])
  })

  it.each([
    ['a call', (harness: EmulatorHarness) => harness.asApp('GET', '/2/webhooks')],
    ['an action', (harness: EmulatorHarness) => harness.x.addUser({ screenName: 'bob' }).post('Hello')],
  ])('is attempted late, with %s, when the base clock has moved', async (_, look) => {
    const { harness } = await failing({ retries: [60] })
    harness.time += 10 * minute
    await look(harness)
    expect(attemptsOf(harness)).toEqual([0, 10 * minute])
    await harness.x.idle()
  })

  it('skips an attempt while the webhook is invalid', async () => {
    const { harness } = await failing({ retries: [60, 60, 60] })
    const id = await webhookId(harness)
    harness.onCrc = () => Response.json({})
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    await harness.x.advance({ seconds: 130 })
    expect(attemptsOf(harness)).toEqual([0])
    harness.onCrc = undefined
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    await harness.x.advance({ hours: 1 })
    expect(harness.x.deliveries.map(({ at, attempt }) => [at - start, attempt])).toEqual([
      [0, 1],
      [180 * second, 4],
    ])
  })

  it.each([
    [
      'the subscription was deleted',
      (id: string, userId: string) => `/2/account_activity/webhooks/${id}/subscriptions/${userId}/all`,
    ],
    ['the webhook was deleted', (id: string) => `/2/webhooks/${id}`],
  ])('is not attempted again when %s', async (_, path) => {
    const { harness, alice } = await failing()
    const response = await harness.asApp('DELETE', path(await webhookId(harness), alice.id))
    expect(response.status).toBe(200)
    await harness.x.advance({ days: 1 })
    expect(attemptsOf(harness)).toEqual([0])
  })

  it('is attempted in the order of the deliveries, many at the same time', async () => {
    const { harness, alice } = await failing({ retries: [60] })
    for (let count = 0; count < 200; count += 1) await alice.post(`Post ${count}`)
    await harness.flush()
    await harness.x.advance({ minutes: 2 })
    const texts = (await harness.flush()).map(({ json }) => json.tweet_create_events[0].text)
    expect(texts).toEqual(['Hello', ...Array.from({ length: 200 }, (_, count) => `Post ${count}`)])
  })
})

describe('the same seed', () => {
  /** A day with an outage. */
  async function play(): Promise<unknown[]> {
    const { harness, alice } = await failing({ seed: 'a' })
    await harness.x.advance({ minutes: 20 })
    await alice.post('Later')
    await harness.x.advance({ hours: 1 })
    harness.onDelivery = undefined
    await harness.x.advance({ hours: 28 })
    return [harness.x.deliveries, harness.challenges.map(({ url }) => url)]
  }

  it('gives the same deliveries and challenges', async () => expect(await play()).toEqual(await play()))
})
