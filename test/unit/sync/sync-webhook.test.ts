import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError, type ReasonOf, type Webhook } from 'x-account-activity'
import {
  planWebhook,
  syncWebhook,
  type WebhookHealth,
  type WebhookSyncClient,
  watchWebhook,
} from 'x-account-activity/recovery'
import { VirtualTime } from '../../support/virtual-time.ts'

const url = 'https://example.com/x'

/** The webhooks of an app. */
class Hooks {
  webhooks: Webhook[] = []
  readonly calls: string[] = []
  limit = 5
  /** Happens before a call is answered. */
  before: (call: string) => void = () => {}
  #ids = 0

  add(of: string, valid = true): Webhook {
    this.#ids += 1
    const webhook = { id: String(this.#ids), url: of, valid }
    this.webhooks.push(webhook)
    return webhook
  }

  get client(): WebhookSyncClient {
    const call = (text: string) => {
      this.before(text)
      this.calls.push(text)
    }
    return {
      webhooks: {
        list: async () => {
          call('list')
          return [...this.webhooks]
        },
        create: async (of) => {
          call(`create ${of}`)
          if (this.webhooks.some((known) => known.url === of)) throw refusal('DuplicateUrlFailed')
          if (this.webhooks.length >= this.limit) throw refusal('WebhookLimitExceeded')
          return this.add(of)
        },
        validate: async (id) => {
          call(`validate ${id}`)
          this.webhooks = this.webhooks.map((known) => (known.id === id ? { ...known, valid: true } : known))
          return { attempted: true }
        },
        delete: async (id) => {
          call(`delete ${id}`)
          this.webhooks = this.webhooks.filter((known) => known.id !== id)
        },
      },
    }
  }
}

function refusal(reason: ReasonOf<'webhooks.create'>) {
  return new ApiError({ endpoint: 'webhooks.create', reason, status: 400 })
}

let x: Hooks
beforeEach(() => {
  x = new Hooks()
})

describe('the plan', () => {
  it('is empty where all is well', async () => {
    const webhook = x.add(url)
    x.add('https://example.com/other')
    expect(await planWebhook(x.client, { url })).toMatchObject({ webhook, actions: [] })
    expect(x.calls).toEqual(['list'])
  })

  it('tells what is to be done, and does nothing', async () => {
    x.add('https://example.com/other')
    expect((await planWebhook(x.client, { url, prune: true })).actions).toEqual([
      { type: 'create', url },
      { type: 'delete', url: 'https://example.com/other', webhookId: '1' },
    ])
    expect(x.calls).toEqual(['list'])
  })

  it('knows a URL however it is written', async () => {
    x.add('https://EXAMPLE.com:443/x')
    x.add('no URL')
    expect((await planWebhook(x.client, { url })).actions).toEqual([])
  })

  it('tells apart what is not the same', async () => {
    for (const other of ['http://example.com/x', 'https://example.com/x/', 'https://example.com/X']) x.add(other)
    expect((await planWebhook(x.client, { url })).actions).toEqual([{ type: 'create', url }])
  })
})

describe('syncing a webhook', () => {
  it('takes one call where all is well', async () => {
    const webhook = x.add(url)
    expect(await syncWebhook(x.client, { url })).toEqual(webhook)
    expect(x.calls).toEqual(['list'])
  })

  it('creates it', async () => {
    expect(await syncWebhook(x.client, { url })).toEqual({ id: '1', url, valid: true })
    expect(x.calls).toEqual(['list', `create ${url}`])
  })

  it('has it validated, and tells what came of that', async () => {
    x.add(url, false)
    expect(await syncWebhook(x.client, { url })).toEqual({ id: '1', url, valid: true })
    expect(x.calls).toEqual(['list', 'validate 1', 'list'])
  })

  it('deletes the others only when that is asked for, and last', async () => {
    x.add('https://example.com/a')
    x.add('https://example.com/b')
    await syncWebhook(x.client, { url })
    expect(x.webhooks).toHaveLength(3)
    await syncWebhook(x.client, { url: 'https://example.com/c', prune: true })
    expect(x.calls.slice(2)).toEqual(['list', 'create https://example.com/c', 'delete 1', 'delete 2', 'delete 3'])
  })

  it('makes room first, where there is none and the others are to go', async () => {
    x.limit = 1
    x.add('https://example.com/old')
    expect(await syncWebhook(x.client, { url, prune: true })).toMatchObject({ url })
    expect(x.calls).toEqual(['list', `create ${url}`, 'list', 'delete 1', `create ${url}`])
  })

  it.each(['DuplicateUrlFailed', 'WebhookLimitExceeded'] as const)(
    'uses the one that somebody else has made meanwhile: %s',
    async (reason) => {
      x.before = (call) => {
        if (!call.startsWith('create')) return
        x.add(url)
        throw refusal(reason)
      }
      expect(await syncWebhook(x.client, { url })).toEqual({ id: '1', url, valid: true })
      expect(x.calls).toEqual(['list', 'list'])
    },
  )

  it.each(['DuplicateUrlFailed', 'WebhookLimitExceeded', 'CrcValidationFailed', 'UrlValidationFailed'] as const)(
    'rejects with what X says: %s',
    async (reason) => {
      x.before = (call) => {
        if (call.startsWith('create')) throw refusal(reason)
      }
      await expect(syncWebhook(x.client, { url })).rejects.toMatchObject({ code: 'api', reason })
      expect(x.webhooks).toEqual([])
    },
  )

  it('deletes nothing when the new one could not be made', async () => {
    x.add('https://example.com/old')
    x.before = (call) => {
      if (call.startsWith('create')) throw refusal('CrcValidationFailed')
    }
    await expect(syncWebhook(x.client, { url, prune: true })).rejects.toThrow('CrcValidationFailed')
    expect(x.webhooks).toHaveLength(1)
  })

  it('does not mind that one to be deleted is gone', async () => {
    x.add(url)
    x.add('https://example.com/old')
    x.before = (call) => {
      if (call === 'delete 2')
        throw new ApiError({ endpoint: 'webhooks.delete', reason: 'WebhookIdInvalid', status: 400 })
    }
    expect(await syncWebhook(x.client, { url, prune: true })).toMatchObject({ id: '1' })
  })

  it('shows the plan first', async () => {
    const shown: unknown[] = []
    await syncWebhook(x.client, { url, onPlan: ({ actions }) => shown.push(actions, [...x.calls]) })
    expect(shown).toEqual([[{ type: 'create', url }], ['list']])
  })

  it.each([
    ['no client', undefined, { url }, TypeError],
    ['a client without webhooks', {}, { url }, TypeError],
    ['no options', new Hooks().client, undefined, TypeError],
    ['no URL', new Hooks().client, {}, TypeError],
    ['a path', new Hooks().client, { url: '/x' }, RangeError],
    ['a URL of another kind', new Hooks().client, { url: 'ftp://example.com' }, RangeError],
    ['a text to prune', new Hooks().client, { url, prune: 'yes' }, TypeError],
  ])('refuses %s', async (_, client, options, type) => {
    await expect(syncWebhook(client as never, options as never)).rejects.toThrow(type)
  })
})

describe('watching a webhook', () => {
  let now = 0
  const time = new VirtualTime({
    now: () => now,
    advance: async ({ ms = 0 }) => {
      now += ms
    },
    idle: async () => {},
  })

  it('has it validated on a schedule whenever it is invalid', async () => {
    const { id } = x.add(url)
    const told: WebhookHealth[] = []
    const stop = watchWebhook(x.client, { webhookId: id, sleep: time.sleep, onCheck: (health) => told.push(health) })
    await time.pass(15)
    expect(x.calls).toEqual(['list', 'list'])
    x.webhooks = [{ id, url, valid: false }]
    await time.pass(10)
    expect(x.calls.slice(2)).toEqual(['list', `validate ${id}`, 'list'])
    expect(told.map(({ wasValid, isValid }) => [wasValid, isValid])).toEqual([
      [true, true],
      [true, true],
      [false, true],
    ])
    await stop()
    await time.pass(60)
    expect(x.calls).toHaveLength(5)
  })

  it('goes on after a look that failed, and tells of it', async () => {
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

  it('tells of a CRC that failed, without an end', async () => {
    const { id } = x.add(url, false)
    const told: WebhookHealth[] = []
    x.before = (call) => {
      if (call.startsWith('validate')) {
        throw new ApiError({ endpoint: 'webhooks.validate', reason: 'CrcValidationFailed', status: 400 })
      }
    }
    const stop = watchWebhook(x.client, { webhookId: id, sleep: time.sleep, onCheck: (health) => told.push(health) })
    await time.pass(25)
    await stop()
    expect(told).toHaveLength(3)
    expect(told[0]).toMatchObject({ isValid: false, error: { reason: 'CrcValidationFailed' } })
  })

  it.each([
    ['no client', undefined, { webhookId: '1' }, TypeError],
    ['no options', new Hooks().client, undefined, TypeError],
    ['no webhook id', new Hooks().client, {}, TypeError],
    ['an id that is none', new Hooks().client, { webhookId: 'x' }, RangeError],
    ['no time between two looks', new Hooks().client, { webhookId: '1', everyMs: 0 }, RangeError],
    ['NaN between two looks', new Hooks().client, { webhookId: '1', everyMs: Number.NaN }, RangeError],
    ['more than timers take', new Hooks().client, { webhookId: '1', everyMs: 2 ** 31 }, RangeError],
    ['a sleep that is none', new Hooks().client, { webhookId: '1', sleep: 1 }, TypeError],
    ['an onCheck that is none', new Hooks().client, { webhookId: '1', onCheck: 1 }, TypeError],
    ['an onError that is none', new Hooks().client, { webhookId: '1', onError: 1 }, TypeError],
  ])('throws on %s', (_, client, options, type) => {
    expect(() => watchWebhook(client as never, options as never)).toThrow(type)
  })
})
