/** A piece of TypeScript in a document or a docstring. */
export interface CodeBlock {
  /** The file, from the root of the repository. */
  readonly file: string
  /** The line of its first line of code in that file, from 1. */
  readonly line: number
  readonly code: string
}

/** The ```` ```ts ```` blocks of a Markdown text. Blocks in any other language are skipped. */
export function markdownBlocks(file: string, text: string): CodeBlock[] {
  return fencedBlocks(text.split('\n')).map(({ line, code }) => ({ file, line, code }))
}

/** The `@example` blocks of the docstrings in a source file, with or without a fence around them. */
export function exampleBlocks(file: string, text: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  for (const comment of text.matchAll(/\/\*\*.*?\*\//gs)) {
    const firstLine = text.slice(0, comment.index).split('\n').length
    for (const { line, code } of examplesOf(comment[0])) blocks.push({ file, line: firstLine + line - 1, code })
  }
  return blocks
}

/**
 * The code spans in the prose of a Markdown text that are TypeScript a reader may copy: calls with arguments, function
 * expressions and object literals. Names, calls such as `close()` and requests such as `GET /2/webhooks` are skipped.
 */
export function inlineCode(file: string, text: string): CodeBlock[] {
  const prose = text.replace(/^( *)```.*?^ *```$/gms, (block) => block.replace(/[^\n]/g, ''))
  return [...prose.matchAll(/`([^`]+)`/g)]
    .filter(([, code = '']) => /[\w.]\([^()\s]|=>|^\{.*\}$/s.test(code) && !/…|\$ /.test(code))
    .map(({ index, 1: code = '' }) => ({
      file,
      line: prose.slice(0, index).split('\n').length,
      code: code.replace(/\s*\n\s*/g, ' '),
    }))
}

type Piece = Omit<CodeBlock, 'file'>

function examplesOf(comment: string): Piece[] {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*\/?( |$)/, '').replace(/\s*\*\/$/, ''))
  const starts = lines.flatMap((line, index) => (line.startsWith('@example') ? [index + 1] : []))
  return starts.flatMap((start) => {
    const length = lines.slice(start).findIndex((line) => /^@[a-z]/i.test(line))
    const body = lines.slice(start, length < 0 ? undefined : start + length)
    if (!body.some((line) => line.startsWith('```'))) return [{ line: start + 1, code: body.join('\n') }]
    return fencedBlocks(body).map(({ line, code }) => ({ line: start + line, code }))
  })
}

function fencedBlocks(lines: readonly string[]): Piece[] {
  const blocks: Piece[] = []
  let open: { line: number; isTypeScript: boolean; indent: number } | undefined
  for (const [index, text] of lines.entries()) {
    const fence = /^( *)```(\w*)/.exec(text)
    if (fence === null) continue
    if (open === undefined) {
      open = { line: index + 1, isTypeScript: fence[2] === 'ts', indent: fence[1]?.length ?? 0 }
      continue
    }
    const { line, isTypeScript, indent } = open
    const code = lines.slice(line, index).map((one) => one.slice(indent))
    if (isTypeScript) blocks.push({ line: line + 1, code: code.join('\n') })
    open = undefined
  }
  return blocks
}
