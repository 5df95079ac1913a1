import { format } from 'node:util'
import type { Report } from '../package/report.ts'

/** What a client does with the emulator. Each name is the expected result. */
export type Scenarios = Readonly<Record<string, () => Promise<void>>>

const timeoutMs = 20_000
const cleanupTasks: (() => unknown)[] = []

/** Runs a task after the current scenario, even if it fails. */
export function afterScenario(task: () => unknown): void {
  cleanupTasks.push(task)
}

/** Runs scenarios one after another. */
export async function runScenarios(report: Report, client: string, scenarios: Scenarios): Promise<void> {
  report.section(client)
  for (const [name, scenario] of Object.entries(scenarios)) await report.check(name, () => runScenario(scenario))
}

async function runScenario(scenario: () => Promise<void>): Promise<void> {
  const printed: string[] = []
  const restore = captureConsole(printed)
  try {
    await withTimeout(scenario())
  } catch (error) {
    throw withOutput(error, printed)
  } finally {
    for (const task of cleanupTasks.splice(0).reverse()) await task()
    restore()
  }
}

/** Captures what a client prints. It is shown only if the scenario fails. */
function captureConsole(printed: string[]): () => void {
  const { log, warn, error } = console
  const write = (...values: unknown[]) => void printed.push(format(...values))
  Object.assign(console, { log: write, warn: write, error: write })
  return () => void Object.assign(console, { log, warn, error })
}

function withOutput(error: unknown, printed: readonly string[]): unknown {
  if (error instanceof Error && printed.length > 0) error.message += `\nIt printed:\n${printed.join('\n')}`
  return error
}

async function withTimeout(task: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The scenario did not finish within ${timeoutMs} ms.`)), timeoutMs)
  })
  await Promise.race([task, timeout]).finally(() => clearTimeout(timer))
}
