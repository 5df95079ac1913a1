import { stripVTControlCharacters } from 'node:util'

export interface TerminalImage {
  /** The command line that was run, without the prompt. */
  readonly command: string
  /** What it printed, with ANSI escape sequences for colours. */
  readonly output: string
}

const font = { width: 8.4, lineHeight: 20, size: 14 }
const padding = 20

/** The width of the terminal in characters. */
const mostColumns = 120

const titleBar = 34

/** The 16 colours, chosen for contrast of at least 4.5 : 1 on the background. */
const colors: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  90: '#8b949e',
}

const foreground = '#e6edf3'
const background = '#0d1117'

const escapeSequence = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`)

interface Run {
  readonly text: string
  readonly color: string
  readonly isBold: boolean
}

/** Draws what a terminal shows after a command as an SVG image. */
export function renderTerminal({ command, output }: TerminalImage): string {
  const lines = [`\u001b[32m$\u001b[39m \u001b[1m${command}\u001b[22m`, ...output.trimEnd().split('\n')]
  const columns = Math.min(mostColumns, Math.max(72, ...lines.map((line) => stripVTControlCharacters(line).length)))
  const width = Math.ceil(columns * font.width + 2 * padding)
  const height = titleBar + lines.length * font.lineHeight + 2 * padding
  const texts = lines.map((line, index) => {
    const y = titleBar + padding + index * font.lineHeight + font.size
    return `<text x="${padding}" y="${y}" xml:space="preserve">${cut(toRuns(line)).map(toSpan).join('')}</text>`
  })
  const label = escapeXml(`A terminal that has run: ${command}`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${label}">
<rect width="100%" height="100%" rx="10" fill="${background}"/>
${['#ff5f57', '#febc2e', '#28c840'].map((color, index) => `<circle cx="${22 + index * 20}" cy="19" r="6" fill="${color}"/>`).join('')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${font.size}" fill="${foreground}">
${texts.join('\n')}
</g>
</svg>
`
}

/** Cuts a line that is longer than the terminal is wide. */
function cut(runs: readonly Run[]): Run[] {
  let left = mostColumns
  return runs.flatMap((run) => {
    if (left <= 0) return []
    const text = run.text.length <= left ? run.text : `${run.text.slice(0, left - 1)}…`
    left -= run.text.length
    return [{ ...run, text }]
  })
}

/** Splits a line where its colour or weight changes. */
function toRuns(line: string): Run[] {
  const runs: Run[] = []
  let color = foreground
  let isBold = false
  // The parts with odd numbers are the codes of escape sequences.
  for (const [index, part] of line.split(escapeSequence).entries()) {
    if (index % 2 === 0) {
      if (part !== '') runs.push({ text: part, color, isBold })
      continue
    }
    for (const code of part.split(';').map(Number)) {
      if (code === 0 || code === 39) color = foreground
      if (code === 0 || code === 22) isBold = false
      if (code === 1) isBold = true
      if (code === 2) color = colors[90] ?? foreground
      if (code === 22) color = color === colors[90] ? foreground : color
      color = colors[code] ?? color
    }
  }
  return runs
}

function toSpan({ text, color, isBold }: Run): string {
  const attributes = [color === foreground ? '' : ` fill="${color}"`, isBold ? ' font-weight="600"' : ''].join('')
  return attributes === '' ? escapeXml(text) : `<tspan${attributes}>${escapeXml(text)}</tspan>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
