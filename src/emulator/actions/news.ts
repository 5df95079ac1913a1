import { assertText } from '../../internal/assert.ts'
import { newsPayload } from '../../payloads/x-activity/payloads.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import { assertKeys } from '../options/assert-options.ts'
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
    payload: () =>
      newsPayload({
        id,
        at: platform.clock.now(),
        headline,
        hook: headline,
        summary: headline,
        topics: [],
        organizations: [],
        postIds: [],
      }),
  })
  return { id }
}
