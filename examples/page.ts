import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Colours go only where they show: not into a pipe, nor where NO_COLOR is set. */
const paint = (style: Style, text: string) => styleText(style, text, { stream: process.stdout })

export function title(text: string): void {
  console.log(`\n${paint('bold', text)}`)
}

let steps = 0

export function step(text: string): void {
  steps += 1
  console.log(`\n${paint(['bold', 'cyan'], `${steps}  ${text}`)}`)
}

export function note(label: string, text: string): void {
  console.log(`   ${label.padEnd(13)} ${paint('dim', text)}`)
}

const marks = { outgoing: '→', incoming: '←', none: '·' } as const
const colours = { outgoing: 'green', incoming: 'yellow', none: 'magenta' } as const

/** One event, as its handler saw it. */
export function event(type: string, direction: 'outgoing' | 'incoming' | undefined, text: string): void {
  const way = direction ?? 'none'
  console.log(`   ${paint(colours[way], marks[way])} ${paint('bold', type.padEnd(31))} ${text}`)
}

/** A table of numbers; those that have to be another one are red. */
export function table(rows: readonly { label: string; value: number; wanted?: number }[]): void {
  const line = (left: string, right: string) => `   ${left}${'─'.repeat(18)}┬${'─'.repeat(7)}${right}`
  console.log(line('┌', '┐'))
  for (const { label, value, wanted } of rows) {
    const number = String(value).padStart(5)
    const shown = wanted === undefined ? number : paint(value === wanted ? 'green' : 'red', number)
    console.log(`   │ ${label.padEnd(16)} │ ${shown} │`)
  }
  console.log(line('└', '┘').replace('┬', '┴'))
}

export function verdict(isRight: boolean, text: string): void {
  console.log(`\n${paint(isRight ? 'green' : 'red', `${isRight ? '✔' : '✘'} ${text}`)}\n`)
}
