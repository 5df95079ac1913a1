import { expect, it } from 'vitest'
import { printable } from '../../../../src/cli/output/printable.ts'

it.each([
  ['a colour', 'a\u001b[31mred', 'a\ufffd[31mred'],
  ['a title of the window', 'a\u001b]0;x\u0007', 'a\ufffd]0;x\ufffd'],
  ['a control character of ISO 8859', 'a\u009b31m', 'a\ufffd31m'],
  ['a carriage return', 'good\rbad', 'good bad'],
  ['lines', 'one\n\ttwo', 'one two'],
  ['a change of direction', 'a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
  ['characters that are not visible', 'a\u200bb\ufeff', 'a\ufffdb\ufffd'],
])('makes %s harmless', (_, text, expected) => expect(printable(text)).toBe(expected))

it.each(['Straße', '日本語', 'عربي', '👩‍👩‍👧', 'a b'])('leaves %s alone', (text) => expect(printable(text)).toBe(text))
