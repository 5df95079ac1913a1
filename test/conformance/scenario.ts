import { format } from 'node:util'
import type { Report } from '../package/report.ts'

/** What a client does against the emulator, by a name that says what comes of it. */
export type Scenarios = Readonly<Record<string, () => Promise<void>>>

const timeoutMs = 20_000
const endings: (() => unknown)[] = []

/** Leaves something to be done when the scenario is over, however it ends. */
export function atEnd(task: () => unknown): void {
  endings.push(task)
}

/** Plays scenarios one after another. */
export async function play(report: Report, client: string, scenarios: Scenarios): Promise<void> {
  report.section(client)
  for (const [name, scenario] of Object.entries(scenarios)) await report.check(name, () => perform(scenario))
}

async function perform(scenario: () => Promise<void>): Promise<void> {
  const printed: string[] = []
  const restore = listenIn(printed)
  try {
    await inTime(scenario())
  } catch (error) {
    throw withOutput(error, printed)
  } finally {
    for (const task of endings.splice(0).reverse()) await task()
    restore()
  }
}

/** Clients print what they do. Nobody wants to read it, unless something fails. */
function listenIn(printed: string[]): () => void {
  const { log, warn, error } = console
  const write = (...values: unknown[]) => void printed.push(format(...values))
  Object.assign(console, { log: write, warn: write, error: write })
  return () => void Object.assign(console, { log, warn, error })
}

function withOutput(error: unknown, printed: readonly string[]): unknown {
  if (error instanceof Error && printed.length > 0) error.message += `\nIt printed:\n${printed.join('\n')}`
  return error
}

async function inTime(task: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Not done after ${timeoutMs} ms`)), timeoutMs)
  })
  await Promise.race([task, late]).finally(() => clearTimeout(timer))
}
