import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

describe('State', () => {
  it('has private members that follow from the tables only', () => {
    const source = readFileSync(new URL('../../../../src/emulator/state/state.ts', import.meta.url), 'utf8')
    const members = [...source.slice(source.indexOf('class State')).matchAll(/^ {2}(?:readonly )?(#\w+)\b(?!.*\{$)/gm)]
    // When you add one: a member that does not follow from the tables belongs in `Tables`, which are saved.
    expect(members.map(([, name]) => name)).toEqual([
      '#userIds',
      '#appsByKey',
      '#grantsByToken',
      '#subscribedTo',
      '#recentPosts',
      '#activitySubscriptionsOf',
    ])
  })
})
