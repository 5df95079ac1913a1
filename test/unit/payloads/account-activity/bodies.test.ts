import { describe, expect, it } from 'vitest'
import {
  blockBody,
  followBody,
  muteBody,
  postDeleteBody,
  replayJobStatusBody,
  userRevokeBody,
} from '../../../../src/payloads/account-activity/bodies.ts'
import type { UserProfile } from '../../../../src/payloads/user-profile.ts'

// The forms are those of https://docs.x.com/x-api/account-activity/introduction, with invented people.

const at = Date.UTC(2026, 10, 21, 9, 30, 0, 250)

function user(id: string, screenName: string): UserProfile {
  return {
    id,
    screenName,
    name: screenName,
    description: '',
    location: '',
    url: '',
    profileImage: '',
    banner: '',
    protected: false,
    verified: false,
    createdAt: 0,
    counts: { followers: 1, following: 2, likes: 3, posts: 4 },
  }
}

describe('the body', () => {
  it('of a deletion', () => {
    expect(postDeleteBody({ id: '34', authorId: '12' }, at)).toStrictEqual({
      tweet_delete_events: [{ status: { id: '34', user_id: '12' }, timestamp_ms: '1795253400250' }],
    })
  })

  it('of a revocation', () => {
    expect(userRevokeBody({ at, userId: '12', appId: '7' })).toStrictEqual({
      user_event: {
        revoke: { date_time: '2026-11-21T09:30:00+00:00', target: { app_id: '7' }, source: { user_id: '12' } },
      },
    })
  })

  it.each([
    [true, 'Complete', 'Job completed successfully'],
    [false, 'Incomplete', 'Job failed to deliver all events, please retry your replay job'],
  ])('of a replay job that has ended: complete is %s', (isComplete, job_state, job_state_description) => {
    expect(replayJobStatusBody({ webhookId: '1', jobId: '2', isComplete })).toStrictEqual({
      replay_job_status: { webhook_id: '1', job_state, job_state_description, job_id: '2' },
    })
  })

  it.each([
    ['follow', followBody('follow', { at, source: user('1', 'mira'), target: user('2', 'tomas') }).follow_events],
    ['unfollow', followBody('unfollow', { at, source: user('1', 'mira'), target: user('2', 'tomas') }).follow_events],
    ['block', blockBody('block', { at, source: user('1', 'mira'), target: user('2', 'tomas') }).block_events],
    ['unblock', blockBody('unblock', { at, source: user('1', 'mira'), target: user('2', 'tomas') }).block_events],
    ['mute', muteBody('mute', { at, source: user('1', 'mira'), target: user('2', 'tomas') }).mute_events],
    ['unmute', muteBody('unmute', { at, source: user('1', 'mira'), target: user('2', 'tomas') }).mute_events],
  ])('of what a user did to another one: %s', (type, events) => {
    expect(events).toMatchObject([
      {
        type,
        created_timestamp: '1795253400250',
        target: { id: '2', screen_name: 'tomas', followers_count: 1, friends_count: 2 },
        source: { id: '1', screen_name: 'mira', favourites_count: 3, statuses_count: 4 },
      },
    ])
  })
})
