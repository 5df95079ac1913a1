import { describe, expect, it } from 'vitest'
import { formatTable, widthOf } from '../../../../src/cli/output/table.ts'

const columns = [
  { header: 'name', cell: ({ name }: Row) => name },
  { header: 'count', cell: ({ count }: Row) => String(count), align: 'right' as const },
]

interface Row {
  readonly name: string
  readonly count: number
}

describe('formatTable', () => {
  it('aligns columns, and leaves no spaces at the ends of lines', () => {
    const rows = [
      { name: 'a', count: 1 },
      { name: 'longer', count: 1000 },
    ]
    expect(formatTable(columns, rows)).toBe('name    count\na           1\nlonger   1000')
  })

  it('is empty without rows', () => expect(formatTable(columns, [])).toBe(''))

  it('aligns characters that fill two columns', () => {
    const rows = [
      { name: '日本', count: 1 },
      { name: 'abcd', count: 2 },
    ]
    expect(formatTable(columns, rows)).toBe('name  count\n日本      1\nabcd      2')
  })

  it('cuts lines to the width of the terminal', () => {
    const rows = [{ name: 'a'.repeat(30), count: 1 }]
    const lines = formatTable(columns, rows, { width: 10 }).split('\n')
    expect(lines[1]).toBe(`${'a'.repeat(9)}…`)
    expect(lines.every((line) => line.length <= 10)).toBe(true)
  })
})

/** Widths by https://www.unicode.org/reports/tr11/ */
it.each([
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['日本', 4],
  ['👩‍👩‍👧', 2],
  ['\u001b[31mred\u001b[39m', 3],
  ['', 0],
])('%j fills %i columns', (text, width) => expect(widthOf(text)).toBe(width))
