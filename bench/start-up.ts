/**
 * How long the command line takes to start, against an empty Node.js process. The status is 1 if a target is missed.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './ratio.ts'

const rounds = 21

/** The highest ratio for `--help`, and for the help of a command, which loads what every run of it loads. */
const target = 2

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** Runs Node.js to its end, and returns how many milliseconds that took. */
function timeOf(args: readonly string[]): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - start
}

/** The names of all commands, from the help texts. */
function commands(prefix: readonly string[] = []): string[][] {
  const { stdout } = spawnSync(process.execPath, [program, ...prefix, '--help'], { encoding: 'utf8' })
  const [, list] = stdout.split('\nCOMMANDS\n')
  if (list === undefined) return [[...prefix]]
  const names = list.split('\n').flatMap((line) => /^ {2}([a-z-]+) {2}/.exec(line)?.[1] ?? [])
  return names.flatMap((name) => commands([...prefix, name]))
}

const rows = [[], ...commands()].map((command) => ({ command, ratios: [] as number[], times: [] as number[] }))
for (let round = 0; round < rounds; round += 1) {
  const empty = timeOf(['--eval', ''])
  for (const { command, ratios, times } of rows) {
    const time = timeOf([program, ...command, '--help'])
    ratios.push(time / empty)
    times.push(time)
  }
}

console.log(`\nStart of the command line, against an empty process, medians of one run on Node.js ${process.version}\n`)
for (const { command, ratios, times } of rows) {
  const ratio = median(ratios)
  if (ratio > target) process.exitCode = 1
  const cells = [
    `${ratio.toFixed(2)}${ratio > target ? ' ✘' : ''}`,
    `≤ ${target.toFixed(2)}`,
    `${median(times).toFixed(0)} ms`,
  ]
  console.log(`${[...command, '--help'].join(' ').padEnd(40)}${cells.map((cell) => cell.padStart(11)).join('')}`)
}
console.log()
