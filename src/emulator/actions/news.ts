import { assertText } from '../../internal/assert.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import { assertKeys } from '../options/assert-options.ts'
import { v2Date } from '../payloads/dates.ts'
import type { Platform } from '../platform.ts'

/** The options of `x.news()`. */
export interface NewsOptions {
  /** The keyword of the subscriptions that receive the story, in upper or lower case. */
  readonly keyword: string
  /** The title of the story. */
  readonly headline: string
}

/** A story in the news of the emulator. */
export interface NewsStory {
  /** The id of the story: 19 digits. */
  readonly id: string
}

/** Publishes a story. X sends it to the subscriptions to its keyword. */
export function publishNews(platform: Platform, options: NewsOptions): NewsStory {
  assertKeys(options, ['keyword', 'headline'], 'news')
  const { keyword, headline } = options
  assertText(keyword, 'keyword')
  assertText(headline, 'headline')
  const id = platform.nextId()
  publishActivity(platform, {
    eventType: 'news.new',
    targets: [{ keyword }],
    uuid: id,
    payload: () => ({
      id,
      name: headline,
      category: 'News',
      hook: headline,
      summary: headline,
      disclaimer:
        'This story is a summary of posts on X and may evolve over time. Grok can make mistakes, verify its outputs.',
      updated_at: v2Date(platform.clock.now()),
      contexts: {
        topics: [],
        entities: { events: [], organizations: [], people: [], places: [], products: [] },
        finance: { tickers: [] },
        sports: { teams: [] },
      },
      cluster_posts_results: [],
    }),
  })
  return { id }
}
