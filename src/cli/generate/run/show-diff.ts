import { createTwoFilesPatch } from 'diff'
import { printable } from '../../output/printable.ts'
import type { Style } from '../../output/style.ts'

/** The difference of two texts as a unified diff. */
export function showDiff(path: string, before: string, after: string, style: Style): string {
  const patch = createTwoFilesPatch(path, path, before, after, 'yours', 'generated', { context: 3 })
  return patch
    .split('\n')
    .filter((line) => !line.startsWith('===='))
    .map((line) => colored(printable(line), style))
    .join('\n')
    .trimEnd()
}

function colored(line: string, style: Style): string {
  if (line.startsWith('+')) return style('green', line)
  if (line.startsWith('-')) return style('red', line)
  return line.startsWith('@@') ? style('cyan', line) : line
}
