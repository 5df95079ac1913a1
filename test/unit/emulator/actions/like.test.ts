import { describe, expect, it } from 'vitest'
import {
  type Action,
  createCast,
  expectBlocked,
  expectRefusal,
  expectSecondTimeRefused,
} from '../../../support/emulator-cast.ts'

describe('like', () => {
  it('sends an event with an id of 32 hexadecimal digits and a numeric time', async () => {
    const { harness, alice, bob, post } = await createCast()
    await bob.like(post)
    const [own, incoming] = await harness.flush()
    const [event] = own?.json.favorite_events ?? []
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      created_at: 'Sat Nov 21 09:30:00 +0000 2026',
      timestamp_ms: 1_795_253_400_250,
      favorited_status: expect.objectContaining({ id_str: post, favorite_count: 1 }),
      user: expect.objectContaining({ id_str: bob.id, favourites_count: 1 }),
    })
    expect(event.favorited_status).not.toHaveProperty('timestamp_ms')
    expect(incoming?.json).toEqual({ for_user_id: alice.id, favorite_events: [event] })
  })

  it.each<[string, Action, typeof TypeError | typeof RangeError, string]>([
    [
      'a deleted post',
      ({ bob, deletedPost }) => bob.like(deletedPost),
      RangeError,
      '"post" must not be a deleted post',
    ],
    ['an unknown post', ({ bob }) => bob.like('__proto__'), RangeError, '"post" must be a post of this emulator'],
    ['undefined', ({ bob }) => bob.like(undefined as never), TypeError, '"post" must be an object, got undefined'],
    [
      'a numeric id',
      ({ bob }) => bob.like({ id_str: 5 } as never),
      TypeError,
      '"post.id_str" must be a string, got number',
    ],
  ])('refuses %s', (_, action, kind, message) => expectRefusal(action, kind, message))

  it('is refused the second time', () =>
    expectSecondTimeRefused(({ bob, post }) => bob.like(post), '@bob already likes this post.'))

  it('is refused to a blocked user', () => expectBlocked(({ bob, post }) => bob.like(post)))
})
