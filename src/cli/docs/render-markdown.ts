import type { Style } from '../output/style.ts'

/** Renders a guide for a terminal: headings are bold, code is indented, and links show where they lead. */
export function renderMarkdown(markdown: string, style: Style): string {
  let isCode = false
  return markdown
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      if (/^\s*```/.test(line)) {
        isCode = !isCode
        return []
      }
      return [isCode ? style('cyan', line === '' ? '' : `    ${line}`) : renderLine(line, style)]
    })
    .join('\n')
}

function renderLine(line: string, style: Style): string {
  const heading = /^#+ (.+)$/.exec(line)?.[1]
  if (heading !== undefined) return style('bold', renderText(heading))
  return renderText(line)
}

function renderText(text: string): string {
  return text
    .replaceAll(/\[([^\]]+)\]\((https?:[^)]+)\)/g, '$1 ($2)')
    .replaceAll(/\[([^\]]+)\]\((?:\.\/)?([\w-]+)\.md(?:#[^)]*)?\)/g, '$1 (docs $2)')
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*([^*]+)\*\*/g, '$1')
}
