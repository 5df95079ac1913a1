import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Writes colours only to a terminal, and only if NO_COLOR is not set. */
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

const arrows = { outgoing: '→', incoming: '←', none: '·' } as const
const colours = { outgoing: 'green', incoming: 'yellow', none: 'magenta' } as const

/** Prints one event, as its handler got it. */
export function event(type: string, direction: 'outgoing' | 'incoming' | undefined, text: string): void {
  const way = direction ?? 'none'
  console.log(`   ${paint(colours[way], arrows[way])} ${paint('bold', type.padEnd(31))} ${text}`)
}

/** Prints a table of numbers. A number that differs from the expected one is red. */
export function table(rows: readonly { label: string; value: number; expected?: number }[]): void {
  const line = (left: string, right: string) => `   ${left}${'─'.repeat(18)}┬${'─'.repeat(7)}${right}`
  console.log(line('┌', '┐'))
  for (const { label, value, expected } of rows) {
    const number = String(value).padStart(5)
    const shown = expected === undefined ? number : paint(value === expected ? 'green' : 'red', number)
    console.log(`   │ ${label.padEnd(16)} │ ${shown} │`)
  }
  console.log(line('└', '┘').replace('┬', '┴'))
}

export function result(isCorrect: boolean, text: string): void {
  console.log(`\n${paint(isCorrect ? 'green' : 'red', `${isCorrect ? '✔' : '✘'} ${text}`)}\n`)
}
