import { describe, expect, it } from 'vitest'
import { parseReplayDate } from 'x-account-activity/replay'

const now = new Date('2026-11-21T12:00:00Z')

describe('parseReplayDate', () => {
  it.each([
    ['202611210930', '2026-11-21T09:30:00.000Z'],
    ['202402290000', '2024-02-29T00:00:00.000Z'],
    ['202612312359', '2026-12-31T23:59:00.000Z'],
    ['000001010000', '0000-01-01T00:00:00.000Z'],
  ])('parses %s as UTC', (text, iso) => {
    expect(parseReplayDate(text).toISOString()).toBe(iso)
  })

  it.each([
    '',
    '20261121093',
    '2026112109300',
    '2026-11-21T09:30',
    '202602290000',
    '202602300000',
    '202604310000',
    '202600100000',
    '202613010000',
    '202611000000',
    '202611320000',
    '202611212400',
    '202611212360',
    '20261121093o',
    ' 202611210930',
    '202611210930\n',
    '٢٠٢٦١١٢١٠٩٣٠',
    '+20261121093',
    'NaN',
  ])('refuses %j', (text) => {
    expect(() => parseReplayDate(text)).toThrow(RangeError)
  })

  it.each([undefined, null, 202611210930, now, {}])('refuses %j, which is not a string', (text) => {
    expect(() => parseReplayDate(text as never)).toThrow(TypeError)
  })
})
