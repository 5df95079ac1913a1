import { describe, expect, it } from 'vitest'
import { ApiError, ResponseError, TransportError } from 'x-account-activity'
import { planSubscriptions, syncSubscriptions } from 'x-account-activity/sync'
import {
  createScriptedClient,
  createUsers,
  noon,
  refusedSubscription,
  webhookId,
} from '../../support/subscription-world.ts'

describe('the calls of a subscription sync', () => {
  it.each([1, 3, 8])('are at most %i at a time', async (concurrency) => {
    const { client, calls } = createScriptedClient(() => {})
    await syncSubscriptions(client, { webhookId, users: createUsers(50), concurrency })
    expect(calls).toMatchObject({ create: 50, most: concurrency })
  })

  it('count as done when another process has made the change', async () => {
    const { client } = createScriptedClient(() => {
      throw refusedSubscription('DuplicateSubscriptionFailed')
    }, () => {
      throw new ApiError({ endpoint: 'subscriptions.delete', reason: 'SubscriptionNotFound', status: 400 })
    }, ['7'])
    const result = await syncSubscriptions(client, { webhookId, users: createUsers(1), prune: true })
    expect(result).toEqual({ subscribed: ['0'], unsubscribed: ['7'], failed: [], skipped: [] })
  })

  it('all wait until a rate limit resets', async () => {
    const at: number[] = []
    const time = { now: noon, slept: [] as number[] }
    const { client, calls } = createScriptedClient((call) => {
      at.push(time.now)
      if (call === 3) throw refusedSubscription('RateLimited', noon + 600_000)
    })
    const sleep = async (ms: number) => {
      time.slept.push(ms)
      time.now = Math.max(time.now, noon + 600_000)
    }
    const result = await syncSubscriptions(client, {
      webhookId,
      users: createUsers(10),
      concurrency: 2,
      now: () => time.now,
      sleep,
    })
    expect(result.failed).toEqual([])
    expect(calls.create).toBe(11)
    expect(time.slept).toContain(600_000)
    expect(at.filter((time) => time === noon).length).toBeLessThanOrEqual(4)
  })

  it('wait for more than a window of 15 minutes when X does not say when a rate limit resets', async () => {
    let now = noon
    const { client, calls } = createScriptedClient(() => {
      throw refusedSubscription('RateLimited')
    })
    const sleep = async (ms: number) => {
      now += ms
    }
    const result = await syncSubscriptions(client, { webhookId, users: createUsers(1), now: () => now, sleep })
    expect(result.failed).toMatchObject([{ userId: '0', reason: 'RateLimited' }])
    expect({ calls: calls.create, waited: now - noon }).toEqual({ calls: 6, waited: 1_800_000 })
  })

  it.each(['usage_cap', 'far'])('end when waiting does not help: %s', async (kind) => {
    const { client, calls } = createScriptedClient(() => {
      throw new ApiError({
        endpoint: 'subscriptions.create',
        reason: 'RateLimited',
        status: 429,
        ...(kind === 'far' ? { retryAt: new Date(noon + 40 * 86_400_000) } : { limitedBy: 'usage_cap' }),
      })
    })
    const sleep = () => expect.fail('there is nothing to wait for')
    const users = createUsers(24)
    const result = await syncSubscriptions(client, { webhookId, users, now: () => noon, sleep })
    expect(result.failed).toHaveLength(24)
    expect(result.failed[23]?.reason).toBe(kind === 'far' ? 'RateLimited' : 'UsageCapped')
    expect(calls.create).toBeLessThanOrEqual(8)
  })

  it('end when the webhook does not exist', async () => {
    const { client, calls } = createScriptedClient(() => {
      throw refusedSubscription('WebhookIdInvalid')
    })
    const result = await syncSubscriptions(client, { webhookId, users: createUsers(20), concurrency: 1 })
    expect(calls.create).toBe(1)
    expect(result.failed).toHaveLength(20)
  })

  it.each([
    ['timeout', new TransportError({ reason: 'timeout', message: 'none', attempts: 4 })],
    ['InvalidResponse', new ResponseError({ endpoint: 'subscriptions.create', status: 200, issues: [] })],
    ['Forbidden', refusedSubscription('Forbidden')],
  ])('report the reason of a failure: %s', async (reason, error) => {
    const { client } = createScriptedClient((call) => {
      if (call === 1) throw error
    })
    const result = await syncSubscriptions(client, { webhookId, users: createUsers(2), concurrency: 1 })
    expect(result).toEqual({
      subscribed: ['1'],
      unsubscribed: [],
      failed: [{ userId: '0', action: 'subscribe', reason, error }],
      skipped: [],
    })
  })

  it('end with an error that does not come from a call', async () => {
    const { client, calls } = createScriptedClient(() => {
      throw new TypeError('a defect')
    })
    const run = syncSubscriptions(client, { webhookId, users: createUsers(20), concurrency: 1 })
    await expect(run).rejects.toThrow(new TypeError('a defect'))
    expect(calls.create).toBe(1)
  })

  it('continue when onProgress throws', async () => {
    const { client } = createScriptedClient(() => {})
    const onProgress = () => {
      throw new Error('handler failed')
    }
    expect((await syncSubscriptions(client, { webhookId, users: createUsers(3), onProgress })).subscribed).toHaveLength(
      3,
    )
  })

  it.each([1, 100])('accept a concurrency of %d', async (concurrency) => {
    const { client } = createScriptedClient(() => {})
    const plan = await planSubscriptions(client, { webhookId, users: [] })
    await expect(plan.apply({ concurrency })).resolves.toBeDefined()
  })

  it.each([0, 101, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuse a concurrency of %d', async (concurrency) => {
    const { client } = createScriptedClient(() => {})
    const plan = await planSubscriptions(client, { webhookId, users: [] })
    await expect(async () => plan.apply({ concurrency })).rejects.toThrow(
      new RangeError(`"concurrency" must be an integer from 1 to 100, got ${concurrency}`),
    )
  })

  it.each(['onProgress', 'now', 'sleep'])('refuse %s that is not a function', async (name) => {
    const { client } = createScriptedClient(() => {})
    const plan = await planSubscriptions(client, { webhookId, users: [] })
    await expect(async () => plan.apply({ [name]: 1 })).rejects.toThrow(
      new TypeError(`"${name}" must be a function, got number`),
    )
  })
})
