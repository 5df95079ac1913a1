import { describe, expect, it } from 'vitest'
import { ActivityFeed, type SentActivity } from '../../../../src/emulator/delivery/activity-feed.ts'

const sent = { body: '{}' } as SentActivity

describe('ActivityFeed', () => {
  it('passes each event to all listeners', () => {
    const feed = new ActivityFeed()
    const heard: string[] = []
    feed.listen(({ body }) => heard.push(`a ${body}`))
    feed.listen(({ body }) => heard.push(`b ${body}`))
    feed.emit(sent)
    expect(heard).toEqual(['a {}', 'b {}'])
  })

  it('passes no event to a listener that was removed, also while it emits', () => {
    const feed = new ActivityFeed()
    const heard: string[] = []
    const stop = feed.listen(() => stop())
    feed.listen(() => heard.push('b'))
    feed.emit(sent)
    feed.emit(sent)
    expect(heard).toEqual(['b', 'b'])
  })
})
