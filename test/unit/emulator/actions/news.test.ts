import { describe, expect, it } from 'vitest'
import { activityWorld, parsed, subscriptionsPath } from '../../../support/emulator-activity.ts'

describe('news', () => {
  it('reach the subscriptions to the keyword, in the form of X', async () => {
    const { harness, webhookId } = await activityWorld([])
    for (const keyword of ['Tea', 'coffee']) {
      const body = { event_type: 'news.new', filter: { keyword }, tag: keyword, webhook_id: webhookId }
      await harness.asApp('POST', subscriptionsPath, body)
    }
    const { id } = await harness.x.news({ keyword: 'tea', headline: 'Tea is up' })
    const [received, ...more] = await harness.flush()
    expect(more).toEqual([])
    // https://docs.x.com/x-api/activity/introduction
    expect(received?.json).toEqual({
      data: {
        event_uuid: id,
        filter: { keyword: 'Tea' },
        event_type: 'news.new',
        tag: 'Tea',
        payload: {
          id,
          name: 'Tea is up',
          category: 'News',
          hook: 'Tea is up',
          summary: 'Tea is up',
          disclaimer: expect.any(String),
          updated_at: '2026-11-21T09:30:00.250Z',
          contexts: {
            topics: [],
            entities: { events: [], organizations: [], people: [], places: [], products: [] },
            finance: { tickers: [] },
            sports: { teams: [] },
          },
          cluster_posts_results: [],
        },
      },
    })
    expect(parsed(received)).toMatchObject({ type: 'news.new', tag: 'Tea' })
    expect(harness.x.deliveries.at(-1)).not.toHaveProperty('forUserId')
  })

  it.each<[string, object, string]>([
    ['no keyword', { headline: 'x' }, '"keyword" must be a string, got undefined'],
    ['an empty headline', { keyword: 'x', headline: '' }, '"headline" must not be empty'],
    ['an unknown member', { keyword: 'x', headline: 'x', tag: 'x' }, '"news" must not have a member "tag"'],
  ])('are refused with %s', async (_, news, message) => {
    const { harness } = await activityWorld([])
    await expect(harness.x.news(news as { keyword: string; headline: string })).rejects.toThrow(message)
  })
})
