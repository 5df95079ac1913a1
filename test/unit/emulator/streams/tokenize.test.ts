import { expect, it } from 'vitest'
import { tokenize } from '../../../../src/emulator/streams/tokenize.ts'

it.each<[string, string[]]>([
  // https://docs.x.com/x-api/posts/filtered-stream/integrate/build-a-rule
  ['I like coca-cola', ['i', 'like', 'coca', 'cola']],
  ['#NBA @XDevelopers', ['nba', 'xdevelopers']],
  ['cats🐱🐱', ['cats', '🐱', '🐱']],
  ['Cafe\u0301', ['café']],
  ['日本語', ['日本語']],
  ['', []],
  ['…', []],
])('splits "%s" into words', (text, words) => {
  expect(tokenize(text)).toEqual(words)
})
