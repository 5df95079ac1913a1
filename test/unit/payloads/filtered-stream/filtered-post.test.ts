import { describe, expect, it } from 'vitest'
import { filteredPostBody, withoutTexts } from '../../../../src/payloads/filtered-stream/filtered-post.ts'

describe('filteredPostBody', () => {
  // https://docs.x.com/x-api/webhooks/stream/introduction
  it('has the post, what it includes, and the rules', () => {
    const data = { id: '1', text: 'Rye' }
    const rules = [{ id: '5', tag: 'bread' }, { id: '6' }]
    expect(filteredPostBody({ data, includes: { users: [{ id: '2' }] }, rules })).toStrictEqual({
      data: { id: '1', text: 'Rye' },
      includes: { users: [{ id: '2' }] },
      matching_rules: [{ id: '5', tag: 'bread' }, { id: '6' }],
    })
  })

  it('has no empty includes', () => {
    expect(filteredPostBody({ data: { id: '1' }, includes: {}, rules: [] })).toStrictEqual({
      data: { id: '1' },
      matching_rules: [],
    })
  })
})

describe('withoutTexts', () => {
  it('leaves out the texts of numbers, at any depth', () => {
    const metrics = { like_count: 1, like_count_str: '1' }
    expect(withoutTexts({ id: '1', public_metrics: metrics, list: [{ start: 0, start_str: '0' }] })).toStrictEqual({
      id: '1',
      public_metrics: { like_count: 1 },
      list: [{ start: 0 }],
    })
  })
})
