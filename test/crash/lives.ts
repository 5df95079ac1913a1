import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'

/** A program that is to be killed many times. */
export interface Lives {
  /** It gets `args` and the number of its life; prints `ready` once it works, and then whatever `onLine` is to know. */
  readonly program: URL
  readonly args: readonly string[]
  readonly kills: number
  /** How many of them live at a time. */
  readonly atATime: number
  readonly random: () => number
  readonly onLine: (line: string, life: number) => void
}

/** How long a life is at most after it has begun to work, in milliseconds. */
const longestLifeMs = 80

/** How long one of ten lives is at most from its very start: some end before they have begun to work. */
const shortestLifeMs = 150

/** How long the last life may take, in milliseconds: whoever loses nothing ends long before. */
const lastLifeMs = 60_000

/** Starts the program, kills it at some instant, starts it again, until it was killed often enough. */
export async function killAgainAndAgain(lives: Lives): Promise<void> {
  let life = 0
  const oneAfterTheOther = async () => {
    while (life < lives.kills) {
      life += 1
      await liveUntilKilled(lives, life)
    }
  }
  await Promise.all(Array.from({ length: lives.atATime }, oneAfterTheOther))
}

/** Lets the program live until it ends by itself; tells whether it did. */
export async function liveToTheEnd({ program, args, onLine }: Lives): Promise<boolean> {
  const child = start(program, args, 0)
  const ended = endOf(child)
  listen(child, (line) => onLine(line, 0))
  const limit = AbortSignal.timeout(lastLifeMs)
  limit.addEventListener('abort', () => child.kill('SIGKILL'))
  return (await ended) === 'exit 0'
}

async function liveUntilKilled({ program, args, random, onLine }: Lives, life: number): Promise<void> {
  const endsEarly = random() < 0.1
  const span = random() * (endsEarly ? shortestLifeMs : longestLifeMs)
  const child = start(program, args, life)
  const ended = endOf(child)
  const ready = new Promise<void>((resolve) => {
    listen(child, (line) => (line === 'ready' ? resolve() : onLine(line, life)))
  })
  if (!endsEarly) await Promise.race([ready, ended])
  await setTimeout(span)
  child.kill('SIGKILL')
  const end = await ended
  if (end !== 'SIGKILL') throw new Error(`life ${life} ended with ${end}`)
}

function start(program: URL, args: readonly string[], life: number): ChildProcess {
  const argv = [program.pathname, ...args, String(life)]
  return spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] })
}

function listen({ stdout }: ChildProcess, onLine: (line: string) => void): void {
  if (stdout !== null) createInterface({ input: stdout }).on('line', onLine)
}

/** When everything that it has printed is read, too. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal ?? `exit ${code}`))
  })
}
