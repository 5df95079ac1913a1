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

  it('says what it does without room: it probes the new URL before it deletes anything', async () => {
    x.add('https://example.com/a')
    x.add('https://example.com/invalid', false)
    const plan = await planWebhook(x.client, { url, prune: true })
    expect(plan.actions.map(({ type }) => type)).toEqual(['create', 'delete', 'delete'])
    expect(plan.actionsWithoutRoom).toEqual([
      { type: 'probe', url },
      { type: 'delete', url: 'https://example.com/invalid', webhookId: '2' },
      { type: 'create', url },
      { type: 'delete', url: 'https://example.com/a', webhookId: '1' },
    ])
  })

  it.each([
    ['the webhook exists', () => x.add(url), true],
    ['the app has no other webhook', () => undefined, true],
    ['the others are kept', () => x.add('https://example.com/a'), false],
  ])('does not plan to make room when %s', async (_, prepare, prune) => {
    prepare()
    expect(await planWebhook(x.client, { url, prune })).not.toHaveProperty('actionsWithoutRoom')
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
