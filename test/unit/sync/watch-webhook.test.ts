import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError } from 'x-account-activity'
import { type WebhookHealth, watchWebhook } from 'x-account-activity/sync'
import { AppWebhooks, url } from '../../support/app-webhooks.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { VirtualTime } from '../../support/virtual-time.ts'

const notAFunction = (name: string) => new TypeError(`"${name}" must be a function, got string`)

let x: AppWebhooks
beforeEach(() => {
  x = new AppWebhooks()
})

describe('watchWebhook', () => {
  const clock = createManualClock()
  const time = new VirtualTime({
    now: clock.now,
    advance: async ({ ms = 0 }) => clock.advance(ms),
    idle: async () => {},
  })

  it('has X validate the webhook at each check that finds it invalid', async () => {
    const { id } = x.add(url)
    const results: WebhookHealth[] = []
    const stop = watchWebhook(x.client, { webhookId: id, sleep: time.sleep, onCheck: (health) => results.push(health) })
    await time.pass(15)
    expect(x.calls).toEqual(['list', 'list'])
    x.webhooks = [{ id, url, valid: false }]
    await time.pass(10)
    expect(x.calls.slice(2)).toEqual(['list', `validate ${id}`, 'list'])
    expect(results.map(({ wasValid, isValid }) => [wasValid, isValid])).toEqual([
      [true, true],
      [true, true],
      [false, true],
    ])
    await stop()
    await time.pass(60)
    expect(x.calls).toHaveLength(5)
  })

  it('reports a check that failed, and continues', async () => {
    const { id } = x.add(url)
    const errors: unknown[] = []
    const controller = new AbortController()
    x.before = () => {
      if (errors.length < 2) throw new Error('offline')
    }
    watchWebhook(x.client, {
      webhookId: id,
      everyMs: 60_000,
      sleep: time.sleep,
      onError: (error) => errors.push(error),
      signal: controller.signal,
    })
    await time.pass(3)
    expect(errors).toEqual([new Error('offline'), new Error('offline')])
    expect(x.calls).toEqual(['list', 'list'])
    controller.abort()
    await time.pass(10)
    expect(x.calls).toHaveLength(2)
  })

  it('reports a CRC that failed, and continues', async () => {
    const { id } = x.add(url, false)
    const results: WebhookHealth[] = []
    x.before = (call) => {
      if (call.startsWith('validate')) {
        throw new ApiError({ endpoint: 'webhooks.validate', reason: 'CrcValidationFailed', status: 400 })
      }
    }
    const stop = watchWebhook(x.client, { webhookId: id, sleep: time.sleep, onCheck: (health) => results.push(health) })
    await time.pass(25)
    await stop()
    expect(results).toHaveLength(3)
    expect(results[0]).toMatchObject({ isValid: false, error: { reason: 'CrcValidationFailed' } })
  })

  const { client } = new AppWebhooks()
  it.each<[string, unknown, unknown, Error]>([
    ['no client', undefined, { webhookId: '1' }, new TypeError('"client" must be an object, got undefined')],
    ['no options', client, undefined, new TypeError('"options" must be an object, got undefined')],
    ['no webhook id', client, {}, new TypeError('"webhookId" must be a string, got undefined')],
    ['a malformed id', client, { webhookId: 'x' }, new RangeError('"webhookId" must be an id of 1 to 19 digits')],
    ['a string as sleep', client, { webhookId: '1', sleep: 'x' }, notAFunction('sleep')],
    ['a string as onCheck', client, { webhookId: '1', onCheck: 'x' }, notAFunction('onCheck')],
    ['a string as onError', client, { webhookId: '1', onError: 'x' }, notAFunction('onError')],
  ])('refuses %s', (_, given, options, error) => {
    expect(() => watchWebhook(given as never, options as never)).toThrow(error)
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('refuses an interval of %d ms', (everyMs) => {
    expect(() => watchWebhook(client, { webhookId: '1', everyMs })).toThrow(
      new RangeError(`"everyMs" must be an integer from 1 to 2147483647, got ${everyMs}`),
    )
  })
})
