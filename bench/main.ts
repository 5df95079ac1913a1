/** Prints how much longer ours takes than the bare operation; the status is 1 where a target is missed. */
import { measure } from './ratio.ts'
import { receiving } from './receive.ts'
import { signingAgainstHmac, signingAgainstLibrary } from './sign-oauth1.ts'
import { verifying } from './verify-signature.ts'

const columns = ['ratio', 'target', 'ours', 'bare'] as const
const line = (name: string, cells: readonly string[]) =>
  console.log(`${name.padEnd(72)}${cells.map((cell) => cell.padStart(11)).join('')}`)

console.log(`\nRatios, ours to bare, medians of one run on Node.js ${process.version}\n`)
line('', columns)
for (const comparison of [verifying, signingAgainstLibrary, signingAgainstHmac, receiving]) {
  const { name, ratio, target, oursMicroseconds, bareMicroseconds } = await measure(comparison)
  const isMet = ratio <= target
  if (!isMet) process.exitCode = 1
  line(name, [
    `${ratio.toFixed(2)}${isMet ? '' : ' ✘'}`,
    Number.isFinite(target) ? `≤ ${target.toFixed(2)}` : '–',
    `${oursMicroseconds.toFixed(2)} µs`,
    `${bareMicroseconds.toFixed(2)} µs`,
  ])
}
console.log()
