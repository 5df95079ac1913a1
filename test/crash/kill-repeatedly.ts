import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'

/** A program that is killed and started again many times. */
export interface KilledProgram {
  /** Gets `args` and the number of its run, and prints lines for `onLine`. */
  readonly program: URL
  /** The first word of a line that shows that the program works. The time until a kill begins with it. */
  readonly workingLine: string
  readonly args: readonly string[]
  readonly kills: number
  /** How many processes run at a time. */
  readonly processes: number
  readonly random: () => number
  readonly onLine: (line: string) => void
}

/** The longest time from the first working line to the kill, in milliseconds. */
const longestRunMs = 80

/** The longest time from the start to the kill for one run of ten, in milliseconds: some end before they work. */
const longestStartMs = 150

/** How long to wait for the first working line, in milliseconds. On a busy machine it takes a while. */
const workingWithinMs = 5_000

/** How long the last run may take, in milliseconds. If nothing is lost, it takes far less. */
const lastRunMs = 60_000

/** Starts the program, kills it at a random moment, and starts it again, until it was killed often enough. */
export async function killRepeatedly(program: KilledProgram): Promise<void> {
  let run = 0
  const runAndKill = async () => {
    while (run < program.kills) {
      run += 1
      await runUntilKilled(program, run)
    }
  }
  await Promise.all(Array.from({ length: program.processes }, runAndKill))
}

/** Runs the program as run 0 until it ends by itself. Resolves to whether it did, in time and without an error. */
export async function runToTheEnd({ program, args, onLine }: KilledProgram): Promise<boolean> {
  const child = start(program, args, 0)
  const ended = endOf(child)
  listen(child, onLine)
  const limit = AbortSignal.timeout(lastRunMs)
  limit.addEventListener('abort', () => child.kill('SIGKILL'))
  return (await ended) === 'exit 0'
}

async function runUntilKilled(
  { program, args, workingLine, random, onLine }: KilledProgram,
  run: number,
): Promise<void> {
  const endsEarly = random() < 0.1
  const timeMs = random() * (endsEarly ? longestStartMs : longestRunMs)
  const child = start(program, args, run)
  const ended = endOf(child)
  const working = new Promise<void>((resolve) => {
    listen(child, (line) => {
      onLine(line)
      if (line.startsWith(workingLine)) resolve()
    })
  })
  if (!endsEarly) await Promise.race([working, ended, setTimeout(workingWithinMs, undefined, { ref: false })])
  await setTimeout(timeMs)
  child.kill('SIGKILL')
  const end = await ended
  if (end !== 'SIGKILL') throw new Error(`Run ${run} of ${program.pathname} ended with ${end} before it was killed.`)
}

function start(program: URL, args: readonly string[], run: number): ChildProcess {
  const argv = [program.pathname, ...args, String(run)]
  return spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] })
}

function listen({ stdout }: ChildProcess, onLine: (line: string) => void): void {
  if (stdout !== null) createInterface({ input: stdout }).on('line', onLine)
}

/** The exit code or the signal of a process, once everything that it printed was read. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal ?? `exit ${code}`))
  })
}
