import { beforeEach, describe, expect, it } from 'vitest'
import { planWebhook } from 'x-account-activity/sync'
import { AppWebhooks, url } from '../../support/app-webhooks.ts'

let x: AppWebhooks
beforeEach(() => {
  x = new AppWebhooks()
})

describe('planWebhook', () => {
  it('plans nothing when the webhook is valid', async () => {
    const webhook = x.add(url)
    x.add('https://example.com/other')
    expect(await planWebhook(x.client, { url })).toMatchObject({ webhook, actions: [] })
    expect(x.calls).toEqual(['list'])
  })

  it('plans the calls that are needed, and makes none of them', async () => {
    x.add('https://example.com/other')
    expect((await planWebhook(x.client, { url, prune: true })).actions).toEqual([
      { type: 'create', url },
      { type: 'delete', url: 'https://example.com/other', webhookId: '1' },
    ])
    expect(x.calls).toEqual(['list'])
  })

  it('finds a URL in another notation', async () => {
    x.add('https://EXAMPLE.com:443/x')
    x.add('not a URL')
    expect((await planWebhook(x.client, { url })).actions).toEqual([])
  })

  it('distinguishes URLs with another scheme, path or case', async () => {
    for (const other of ['http://example.com/x', 'https://example.com/x/', 'https://example.com/X']) x.add(other)
    expect((await planWebhook(x.client, { url })).actions).toEqual([{ type: 'create', url }])
  })
})
