import { stripVTControlCharacters } from 'node:util'

/** A column of a table. */
export interface TableColumn<Row> {
  readonly header: string
  readonly cell: (row: Row) => string
  /** @defaultValue `left` */
  readonly align?: 'left' | 'right'
}

export interface TableOptions {
  /** Styles the header line. */
  readonly header?: (text: string) => string
  /** The width of the terminal. Lines are not cut where it is not known. */
  readonly width?: number | undefined
}

const gap = '  '

/** Formats rows as lines of aligned columns, with a header. Without rows it is empty. */
export function formatTable<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  { header = (text) => text, width }: TableOptions = {},
): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)))
  const headers = columns.map((column) => column.header)
  const widths = headers.map((text, index) =>
    Math.max(...[headers, ...cells].map((line) => widthOf(line[index] ?? text))),
  )
  const toLine = (line: readonly string[]) =>
    cut(
      line
        .map((text, index) => pad(text, widths[index] ?? 0, columns[index]?.align))
        .join(gap)
        .trimEnd(),
      width,
    )
  return [header(toLine(headers)), ...cells.map(toLine)].join('\n')
}

/** How many columns of a terminal a text fills. Wide characters, such as those of Chinese, fill two. */
export function widthOf(text: string): number {
  const plain = stripVTControlCharacters(text)
  let width = 0
  for (const grapheme of graphemesOf(plain)) width += isWide(grapheme) ? 2 : 1
  return width
}

/** The characters of a text as a person sees them. Making a segmenter takes milliseconds, so only tables make one. */
function* graphemesOf(text: string): Iterable<string> {
  segmenter ??= new Intl.Segmenter()
  for (const { segment } of segmenter.segment(text)) yield segment
}

let segmenter: Intl.Segmenter | undefined

/** East Asian wide and full-width characters, and emoji: https://www.unicode.org/reports/tr11/ */
function isWide(grapheme: string): boolean {
  return /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}|\ufe0f/u.test(
    grapheme,
  )
}

function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return align === 'right' ? space + text : text + space
}

/** Shortens a line without styles to the width of the terminal. */
function cut(line: string, width: number | undefined): string {
  if (width === undefined || widthOf(line) <= width || line !== stripVTControlCharacters(line)) return line
  let shortened = ''
  let filled = 0
  for (const grapheme of graphemesOf(line)) {
    filled += widthOf(grapheme)
    if (filled > width - 1) break
    shortened += grapheme
  }
  return `${shortened}…`
}
