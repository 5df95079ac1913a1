/**
 * How long importing our entry points takes, against importing only the packages that they need. Each import runs in a
 * process of its own. The status is 1 if a target is missed.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './ratio.ts'

const rounds = 51

interface Comparison {
  readonly ours: string
  readonly bare: readonly string[]
  /** The highest ratio that is good enough. */
  readonly target: number
}

const hashes = ['hmac', 'legacy', 'sha2'].map((name) => `@noble/hashes/${name}.js`)

const comparisons: readonly Comparison[] = [
  { ours: 'x-account-activity/webhook', bare: ['node:crypto'], target: 2 },
  { ours: 'x-account-activity', bare: ['ky', 'zod', 'oauth-1.0a', ...hashes], target: 1.35 },
  { ours: 'x-account-activity/receiver', bare: ['zod'], target: 1.3 },
]

/** Milliseconds from before the first import to after the last one, without the start of Node.js. */
function importTime(names: readonly string[]): number {
  const imports = names.map((name) => `await import(${JSON.stringify(name)})`).join('\n')
  const script = `const start = performance.now()\n${imports}\nconsole.log(performance.now() - start)`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return Number(stdout)
}

const pairs = comparisons.map((): { ours: number; bare: number }[] => [])
// All of them once a round, so that a machine that is slow for a while slows all of them.
for (let round = 0; round < rounds; round += 1) {
  for (const [index, { ours, bare }] of comparisons.entries()) {
    pairs[index]?.push({ ours: importTime([ours]), bare: importTime(bare) })
  }
}

const line = (name: string, cells: readonly string[]) =>
  console.log(`${name.padEnd(78)}${cells.map((cell) => cell.padStart(11)).join('')}`)

console.log(`\nImport time, ours to what it needs, medians of one run on Node.js ${process.version}\n`)
line('', ['ratio', 'target', 'ours', 'bare'])
for (const [index, { ours, bare, target }] of comparisons.entries()) {
  const measured = pairs[index] ?? []
  const ratio = median(measured.map((pair) => pair.ours / pair.bare))
  const isMet = ratio <= target
  if (!isMet) process.exitCode = 1
  const milliseconds = [median(measured.map((pair) => pair.ours)), median(measured.map((pair) => pair.bare))]
  line(`import '${ours}' : ${bare.filter((name) => !hashes.slice(1).includes(name)).join(', ')}`, [
    `${ratio.toFixed(2)}${isMet ? '' : ' ✘'}`,
    `≤ ${target.toFixed(2)}`,
    ...milliseconds.map((time) => `${time.toFixed(1)} ms`),
  ])
}
console.log()
