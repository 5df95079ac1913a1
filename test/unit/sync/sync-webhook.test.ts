import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError } from 'x-account-activity'
import { syncWebhook } from 'x-account-activity/sync'
import { AppWebhooks, refusedWebhook, url } from '../../support/app-webhooks.ts'

const noUrl = '"url" must be an absolute http or https URL with a valid host and port'

let x: AppWebhooks
beforeEach(() => {
  x = new AppWebhooks()
})

describe('syncWebhook', () => {
  it('makes one call when the webhook is valid', async () => {
    const webhook = x.add(url)
    expect(await syncWebhook(x.client, { url })).toEqual(webhook)
    expect(x.calls).toEqual(['list'])
  })

  it('creates the webhook', async () => {
    expect(await syncWebhook(x.client, { url })).toEqual({ id: '1', url, valid: true })
    expect(x.calls).toEqual(['list', `create ${url}`])
  })

  it('has X validate an invalid webhook, and returns the result', async () => {
    x.add(url, false)
    expect(await syncWebhook(x.client, { url })).toEqual({ id: '1', url, valid: true })
    expect(x.calls).toEqual(['list', 'validate 1', 'list'])
  })

  it('deletes the others with prune: true, after creating the new one', async () => {
    x.add('https://example.com/a')
    x.add('https://example.com/b')
    await syncWebhook(x.client, { url })
    expect(x.webhooks).toHaveLength(3)
    await syncWebhook(x.client, { url: 'https://example.com/c', prune: true })
    expect(x.calls.slice(2)).toEqual(['list', 'create https://example.com/c', 'delete 1', 'delete 2', 'delete 3'])
  })

  it('keeps a webhook that still has subscriptions with prune: true, and reports it', async () => {
    const inUse = x.add('https://example.com/a')
    x.add('https://example.com/b')
    x.subscribers.set(inUse.id, ['12', '13'])
    const kept = [{ webhook: inUse, userIds: ['12', '13'], activitySubscriptionIds: [], isLinked: false }]
    expect(
      await syncWebhook(x.client, { url, prune: true, onPlan: (plan) => expect(plan.kept).toEqual(kept) }),
    ).toEqual({
      id: '3',
      url,
      valid: true,
      kept,
    })
    expect(x.webhooks.map(({ id }) => id)).toEqual(['1', '3'])
  })

  it('keeps a webhook with activity subscriptions, or with a link of the filtered stream', async () => {
    x.add('https://example.com/a')
    x.add('https://example.com/b')
    x.add('https://example.com/c')
    const client = {
      ...x.client,
      activity: {
        subscriptions: {
          async *list() {
            yield { id: '7', eventType: 'post.create', filter: { userId: '12' }, webhookId: '1' }
            yield { id: '8', eventType: 'post.create', filter: { userId: '12' } }
          },
        },
      },
      filteredStream: { links: { list: async () => [{ webhookId: '2' }] } },
    }
    const { kept } = await syncWebhook(client as never, { url, prune: true })
    expect(kept).toMatchObject([
      { webhook: { id: '1' }, activitySubscriptionIds: ['7'], isLinked: false },
      { webhook: { id: '2' }, activitySubscriptionIds: [], isLinked: true },
    ])
    expect(x.webhooks.map(({ id }) => id)).toEqual(['1', '2', '4'])
  })

  it('prunes for an app without access to the X Activity API', async () => {
    x.add('https://example.com/a')
    const list = () => {
      throw new ApiError({ endpoint: 'activity.subscriptions.list', reason: 'Forbidden', status: 403 })
    }
    await syncWebhook({ ...x.client, activity: { subscriptions: { list } } }, { url, prune: true })
    expect(x.webhooks.map(({ id }) => id)).toEqual(['2'])
    const fails = () => {
      throw new ApiError({ endpoint: 'activity.subscriptions.list', reason: 'ServerError', status: 503 })
    }
    const pruning = syncWebhook({ ...x.client, activity: { subscriptions: { list: fails } } }, { url, prune: true })
    await expect(pruning).resolves.toMatchObject({ id: '2' })
    x.add('https://example.com/b')
    const failing = syncWebhook({ ...x.client, activity: { subscriptions: { list: fails } } }, { url, prune: true })
    await expect(failing).rejects.toMatchObject({ reason: 'ServerError' })
    expect(x.webhooks).toHaveLength(2)
  })

  it('deletes no webhook that has subscriptions to make room, and names moveWebhook', async () => {
    x.limit = 1
    x.subscribers.set(x.add('https://example.com/old').id, ['12'])
    await expect(syncWebhook(x.client, { url, prune: true })).rejects.toMatchObject({
      reason: 'WebhookLimitExceeded',
      hint: expect.stringContaining(
        '"prune" keeps webhooks that still have subscriptions: https://example.com/old. To move the subscriptions to the new URL and delete the old webhook, call "moveWebhook".',
      ),
    })
    expect(x.webhooks).toHaveLength(1)
  })

  it('deletes the others first when the limit of X leaves no room', async () => {
    x.limit = 1
    x.add('https://example.com/old')
    expect(await syncWebhook(x.client, { url, prune: true })).toMatchObject({ url })
    expect(x.calls).toEqual(['list', `create ${url}`, 'list', 'delete 1', `create ${url}`])
  })

  it('keeps the others while X lists the webhook as invalid after its validation', async () => {
    x.add(url, false)
    x.add('https://example.com/old')
    const { webhooks } = x.client
    const client = { ...x.client, webhooks: { ...webhooks, validate: async () => ({ attempted: true }) } }
    expect(await syncWebhook(client, { url, prune: true })).toMatchObject({ url, valid: false })
    expect(x.webhooks).toHaveLength(2)
    expect(await syncWebhook(x.client, { url, prune: true })).toMatchObject({ url, valid: true })
    expect(x.webhooks).toHaveLength(1)
  })

  it('keeps the others when X creates the webhook as invalid', async () => {
    x.add('https://example.com/old')
    const { webhooks } = x.client
    const create = async (of: string) => ({ ...(await webhooks.create(of)), valid: false })
    await syncWebhook({ ...x.client, webhooks: { ...webhooks, create } }, { url, prune: true })
    expect(x.webhooks).toHaveLength(2)
  })

  it('deletes no more than it must before the new one exists', async () => {
    x.limit = 2
    x.add('https://example.com/a')
    x.add('https://example.com/b')
    await syncWebhook(x.client, { url, prune: true })
    expect(x.calls.slice(2)).toEqual(['list', 'delete 1', `create ${url}`, 'delete 2'])
  })

  it('deletes one after the other while X refuses because of its limit', async () => {
    x.add('https://example.com/a')
    x.add('https://example.com/b')
    x.limit = 1
    await syncWebhook(x.client, { url, prune: true })
    expect(x.calls.slice(3)).toEqual(['delete 1', `create ${url}`, 'delete 2', `create ${url}`])
  })

  it('registers a webhook that worked again, and says what is gone, when X refuses the new one', async () => {
    x.limit = 2
    x.add('https://example.com/a')
    x.add('https://example.com/b')
    let creations = 0
    x.before = (call) => {
      if (call === `create ${url}` && ++creations === 2) throw refusedWebhook('CrcValidationFailed')
    }
    await expect(syncWebhook(x.client, { url, prune: true })).rejects.toMatchObject({
      reason: 'CrcValidationFailed',
      hint: expect.stringContaining(
        'deleted with all their subscriptions: 1. The URL https://example.com/a is registered again',
      ),
    })
    expect(x.webhooks.map((known) => known.url)).toEqual(['https://example.com/b', 'https://example.com/a'])
  })

  it('says that an old URL could not be registered again', async () => {
    x.limit = 1
    x.add('https://example.com/old')
    let creations = 0
    x.before = (call) => {
      if (call.startsWith('create') && ++creations > 1) throw refusedWebhook('CrcValidationFailed')
    }
    await expect(syncWebhook(x.client, { url, prune: true })).rejects.toMatchObject({
      message: expect.stringContaining('The URL https://example.com/old could not be registered again.'),
    })
  })

  it('keeps the new webhook when an old one cannot be deleted after it', async () => {
    x.limit = 2
    x.add('https://example.com/a')
    x.add('https://example.com/b')
    x.before = (call) => {
      if (call === 'delete 2') throw new ApiError({ endpoint: 'webhooks.delete', reason: 'ServerError', status: 503 })
    }
    await expect(syncWebhook(x.client, { url, prune: true })).rejects.toMatchObject({ reason: 'ServerError' })
    expect(x.webhooks.map((known) => known.url)).toEqual(['https://example.com/b', url])
  })

  it.each(['DuplicateUrlFailed', 'WebhookLimitExceeded'] as const)(
    'returns the webhook that another process has created in the meantime: %s',
    async (reason) => {
      x.before = (call) => {
        if (!call.startsWith('create')) return
        x.add(url)
        throw refusedWebhook(reason)
      }
      expect(await syncWebhook(x.client, { url })).toEqual({ id: '1', url, valid: true })
      expect(x.calls).toEqual(['list', 'list'])
    },
  )

  it.each(['DuplicateUrlFailed', 'WebhookLimitExceeded', 'CrcValidationFailed', 'UrlValidationFailed'] as const)(
    'rejects with the reason of X: %s',
    async (reason) => {
      x.before = (call) => {
        if (call.startsWith('create')) throw refusedWebhook(reason)
      }
      await expect(syncWebhook(x.client, { url })).rejects.toMatchObject({ code: 'api', reason })
      expect(x.webhooks).toEqual([])
    },
  )

  it('deletes nothing when X refuses the new webhook', async () => {
    x.add('https://example.com/old')
    x.before = (call) => {
      if (call.startsWith('create')) throw refusedWebhook('CrcValidationFailed')
    }
    await expect(syncWebhook(x.client, { url, prune: true })).rejects.toThrow('CrcValidationFailed')
    expect(x.webhooks).toHaveLength(1)
  })

  it('accepts that a webhook is already deleted', async () => {
    x.add(url)
    x.add('https://example.com/old')
    x.before = (call) => {
      if (call === 'delete 2')
        throw new ApiError({ endpoint: 'webhooks.delete', reason: 'WebhookIdInvalid', status: 400 })
    }
    expect(await syncWebhook(x.client, { url, prune: true })).toMatchObject({ id: '1' })
  })

  it('calls onPlan before it applies the plan', async () => {
    const shown: unknown[] = []
    await syncWebhook(x.client, { url, onPlan: ({ actions }) => shown.push(actions, [...x.calls]) })
    expect(shown).toEqual([[{ type: 'create', url }], ['list']])
  })

  it('applies nothing when onPlan throws', async () => {
    const onPlan = () => {
      throw new Error('not approved')
    }
    await expect(syncWebhook(x.client, { url, onPlan })).rejects.toThrow(new Error('not approved'))
    expect(x.calls).toEqual(['list'])
  })

  const { client } = new AppWebhooks()
  it.each<[string, unknown, unknown, Error]>([
    ['no client', undefined, { url }, new TypeError('"client" must be an object, got undefined')],
    ['a client without webhooks', {}, { url }, new TypeError('"client.webhooks" must be an object, got undefined')],
    ['no options', client, undefined, new TypeError('"options" must be an object, got undefined')],
    ['no URL', client, {}, new TypeError('"url" must be a string, got undefined')],
    ['a path', client, { url: '/x' }, new RangeError(noUrl)],
    ['another scheme', client, { url: 'ftp://example.com' }, new RangeError(noUrl)],
    ['a string as prune', client, { url, prune: 'yes' }, new TypeError('"prune" must be a boolean, got string')],
    [
      'a number as clientSecret',
      client,
      { url, clientSecret: 1 },
      new TypeError('"clientSecret" must be a string, got number'),
    ],
    ['a string as onPlan', client, { url, onPlan: 'yes' }, new TypeError('"onPlan" must be a function, got string')],
  ])('refuses %s, before any call', async (_, given, options, error) => {
    await expect(syncWebhook(given as never, options as never)).rejects.toThrow(error)
  })
})
