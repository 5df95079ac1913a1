import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { plainPost } from '../../../../src/events/account-activity/plain-post.ts'
import { postSchema } from '../../../../src/events/account-activity/schemas.ts'
import { posts } from '../../../support/deliveries.ts'

describe('plainPost', () => {
  it.each(Object.entries(posts))('reads a %s', (_, post) => {
    expect(plainPost(post)).toEqual({ postId: post.id_str, userId: post.user?.id_str })
  })

  const user = { id: 12, id_str: '12' }
  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{}],
    [{ id: 1, id_str: '1' }],
    [{ id: 1, id_str: '1', user: null }],
    [{ id: 1, id_str: '1', user: [user] }],
    [{ id: 1, user }],
    [{ id_str: '1', user }],
    [{ id: 1, id_str: '', user }],
    [{ id: 1, id_str: 1, user }],
    [{ id: '1', id_str: '1', user }],
    [{ id: 1, id_str: '1', user: { id: 12 } }],
  ])('leaves %j to the schema', (value) => {
    expect(plainPost(value)).toBeUndefined()
  })

  it('reads nothing that the schema would refuse, or read otherwise', () => {
    const odd = fc.oneof(fc.constantFrom(1, '1', '', null), fc.jsonValue({ maxDepth: 1 }))
    const mostly = <T>(usual: fc.Arbitrary<T>) =>
      fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: odd })
    const ids = { id: mostly(fc.constantFrom(1, 2 ** 60)), id_str: mostly(fc.constantFrom('1', '2')) }
    const withSome = (model: Record<string, fc.Arbitrary<unknown>>) =>
      fc.oneof(fc.record(model), fc.record(model, { requiredKeys: [] }))
    const post = withSome({ ...ids, user: mostly(withSome(ids)) })
    let read = 0
    fc.assert(
      fc.property(post, (value) => {
        const plain = plainPost(value)
        if (plain === undefined) return
        read += 1
        expect(z.safeParse(postSchema, value)).toEqual({ success: true, data: plain })
      }),
      { numRuns: 2_000 },
    )
    expect(read).toBeGreaterThan(20)
  })
})
