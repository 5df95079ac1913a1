import { describe, expect, test } from 'vitest'
import { createLineSplitter, type StreamLine } from '../../../../src/http/stream/split-lines.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function split(chunks: readonly Uint8Array[], maxLineBytes = 1_000): StreamLine[] {
  const splitter = createLineSplitter(maxLineBytes)
  return [...chunks.flatMap((chunk) => [...splitter.split(chunk)]), ...splitter.end()]
}

/** The text in chunks of a size. */
function cut(text: string, size: number): Uint8Array[] {
  const all = bytes(text)
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.subarray(index * size, (index + 1) * size),
  )
}

describe('lines', () => {
  const text = '{"text":"😀 é 漢"}\r\n\r\n{"a":1}\n{"b":2}'
  const lines = ['{"text":"😀 é 漢"}', '', '{"a":1}', '{"b":2}']

  test.each(Array.from({ length: bytes(text).length }, (_, index) => index + 1))(
    'are the same in chunks of %s bytes',
    (size) => {
      expect(split(cut(text, size)).map((line) => 'text' in line && line.text)).toEqual(lines)
    },
  )

  test('may be empty chunks, and nothing at all', () => {
    expect(split([])).toEqual([])
    expect(split([bytes(''), bytes('a'), bytes(''), bytes('\n')])).toEqual([{ text: 'a', bytes: 1 }])
  })

  test('have no byte order mark, and U+FFFD for bytes that are not UTF-8', () => {
    expect(split([Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0x0a, 0xff, 0x62, 0x0a)])).toEqual([
      { text: 'a', bytes: 4 },
      { text: '\ufffdb', bytes: 2 },
    ])
  })

  test('do not change when the chunk is used again', () => {
    const splitter = createLineSplitter(100)
    const chunk = bytes('abc')
    expect([...splitter.split(chunk)]).toEqual([])
    chunk.fill(0x7a)
    expect([...splitter.split(bytes('d\n'))]).toEqual([{ text: 'abcd', bytes: 4 }])
  })

  test.each([
    [9, { text: 'a'.repeat(9), bytes: 9 }],
    [10, { text: 'a'.repeat(10), bytes: 10 }],
    [11, { tooLongBytes: 11 }],
    [1_000, { tooLongBytes: 1_000 }],
  ])('of %s bytes, with a limit of 10', (length, line) => {
    for (const size of [1, 7, 2_000]) {
      expect(split(cut(`${'a'.repeat(length)}\nb\n`, size), 10)).toEqual([line, { text: 'b', bytes: 1 }])
    }
  })
})
