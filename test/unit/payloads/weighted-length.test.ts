import { describe, expect, it } from 'vitest'
import { weightedLength } from '../../../src/payloads/weighted-length.ts'

describe('weightedLength', () => {
  // https://docs.x.com/fundamentals/counting-characters, and validate.yml of https://github.com/twitter/twitter-text
  it.each([
    ['', 0],
    ['a'.repeat(280), 280],
    ['á', 1],
    ['\u0061\u0301', 1],
    ['é\u1100', 3],
    ['\u10ff', 1],
    ['\u1100', 2],
    ['\u200d', 1],
    ['\u200e', 2],
    ['\u2037', 1],
    ['\u2038', 2],
    ['故', 2],
    ['故'.repeat(140), 280],
    ['👾', 2],
    ['🙋🏽', 2],
    ['👨‍🎤', 2],
    ['👨‍👩‍👧‍👦', 2],
    ['🇩🇪', 2],
    ['https://example.com', 23],
    [`https://example.com/${'a'.repeat(500)}`, 23],
    ['http://a.b and http://c.d', 51],
    ['See https://example.com/a.', 28],
    ['a < b & c', 9],
  ])('counts %j as X does', (text, length) => {
    expect(weightedLength(text)).toBe(length)
  })
})
