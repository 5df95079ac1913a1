/** A text without its escapes, and where its parts were in the escaped text. */
export interface UnescapedText {
  readonly text: string
  /** The part of the escaped text that a part of `text` was written as. */
  toSource(range: readonly [start: number, end: number]): readonly [start: number, end: number]
}

/** Percent encoding, HTML entities, and the escapes of JSON and JavaScript. */
const escapes =
  /(?:%[0-9a-f]{2})+|%u[0-9a-f]{4}|&#x0*[0-9a-f]{1,6};?|&#0*[0-9]{1,7};?|&[a-z]{2,7};|\\u[0-9a-f]{4}|\\u\{0*[0-9a-f]{1,6}\}|\\x[0-9a-f]{2}|\\[^ux]/gi

/** The named entities of the characters that a credential may contain. */
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  ast: '*',
  bsol: '\\',
  colon: ':',
  comma: ',',
  commat: '@',
  dash: '-',
  dollar: '$',
  equals: '=',
  excl: '!',
  gt: '>',
  hyphen: '-',
  lowbar: '_',
  lpar: '(',
  lt: '<',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quot: '"',
  rpar: ')',
  semi: ';',
  sol: '/',
}

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** Replaces every escape in a text once. `undefined` if there is none. The time is proportional to the length. */
export function unescapeText(source: string): UnescapedText | undefined {
  const pieces: string[] = []
  const segments: Segment[] = []
  let length = 0
  let done = 0
  const add = (piece: string, start: number, end: number, isEscape: boolean) => {
    if (piece === '') return
    segments.push({ at: length, start, end, isEscape })
    pieces.push(piece)
    length += piece.length
  }
  for (const match of source.matchAll(escapes)) {
    const [written] = match
    add(source.slice(done, match.index), done, match.index, false)
    done = match.index
    for (const [char, width] of unescapeOne(written)) {
      add(char, done, done + width, char !== written)
      done += width
    }
  }
  if (!segments.some(({ isEscape }) => isEscape)) return undefined
  add(source.slice(done), done, source.length, false)
  const toSource: UnescapedText['toSource'] = ([start, end]) => {
    const first = segmentAt(segments, start)
    const last = segmentAt(segments, end - 1)
    return [
      first.isEscape ? first.start : first.start + start - first.at,
      last.isEscape ? last.end : last.start + end - last.at,
    ]
  }
  return { text: pieces.join(''), toSource }
}

/** A part of the unescaped text: one escape, or text without escapes. */
interface Segment {
  /** Where it begins in the unescaped text. */
  readonly at: number
  /** Where it begins and ends in the escaped text. */
  readonly start: number
  readonly end: number
  readonly isEscape: boolean
}

function segmentAt(segments: readonly Segment[], index: number): Segment {
  let low = 0
  let high = segments.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((segments[middle] as Segment).at <= index) low = middle
    else high = middle - 1
  }
  return segments[low] as Segment
}

/** The characters of an escape, each with the length that it was written in. */
function unescapeOne(written: string): [char: string, width: number][] {
  if (/^%[0-9a-f]{2}/i.test(written)) return percentDecode(written)
  return [[unescapeChar(written) ?? written, written.length]]
}

function unescapeChar(written: string): string | undefined {
  const hex = /^(?:%u|&#x|\\u\{?|\\x)([0-9a-f]+)/i.exec(written)?.[1]
  if (hex !== undefined) return fromCode(Number.parseInt(hex, 16))
  const decimal = /^&#([0-9]+)/.exec(written)?.[1]
  if (decimal !== undefined) return fromCode(Number(decimal))
  const name = written.slice(1, written.startsWith('&') ? -1 : undefined)
  if (written.startsWith('&'))
    return Object.hasOwn(entities, name.toLowerCase()) ? entities[name.toLowerCase()] : undefined
  return Object.hasOwn(controls, name) ? controls[name] : name
}

function fromCode(code: number): string | undefined {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined
}

/** Reads percent-encoded UTF-8. A byte that is not part of a character stays one character. */
function percentDecode(run: string): [char: string, width: number][] {
  const bytes = Array.from({ length: run.length / 3 }, (_, index) =>
    Number.parseInt(run.slice(index * 3 + 1, index * 3 + 3), 16),
  )
  const chars: [string, number][] = []
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number
    const size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    const rest = bytes.slice(at + 1, at + size)
    const isComplete = rest.length === size - 1 && rest.every((byte) => byte >> 6 === 2)
    const code = rest.reduce(
      (high, byte) => (high << 6) | (byte & 0x3f),
      size === 1 ? lead : lead & (0xff >> (size + 1)),
    )
    const used = isComplete ? size : 1
    chars.push([(isComplete ? fromCode(code) : undefined) ?? String.fromCharCode(lead), used * 3])
    at += used
  }
  return chars
}
