/** Prints how much longer ours takes than the bare operation; the status is 1 where a target is missed. */
import { delivering } from './deliver.ts'
import { deliverAll } from './deliver-all.ts'
import { type Measured, measure } from './ratio.ts'
import { receiving } from './receive.ts'
import { signingAgainstHmac, signingAgainstLibrary } from './sign-oauth1.ts'
import { verifying } from './verify-signature.ts'

const columns = ['ratio', 'target', 'ours', 'bare'] as const
/** How much more memory may be in use after all deliveries than after a fifth of them. */
const memoryTarget = 1.5

const line = (name: string, cells: readonly string[]) =>
  console.log(`${name.padEnd(78)}${cells.map((cell) => cell.padStart(11)).join('')}`)

function show({ name, ratio, target, cells }: { name: string; ratio: number; target: number; cells: string[] }): void {
  const isMet = ratio <= target
  if (!isMet) process.exitCode = 1
  const wanted = Number.isFinite(target) ? `≤ ${target.toFixed(2)}` : '–'
  line(name, [`${ratio.toFixed(2)}${isMet ? '' : ' ✘'}`, wanted, ...cells])
}

function showTimes({ oursMicroseconds, bareMicroseconds, ...row }: Measured): void {
  show({ ...row, cells: [`${oursMicroseconds.toFixed(2)} µs`, `${bareMicroseconds.toFixed(2)} µs`] })
}

console.log(`\nRatios, ours to bare, medians of one run on Node.js ${process.version}\n`)
line('', columns)
// First, so that its memory is not mixed up with that of the others.
const { speed, memory } = await deliverAll()
for (const comparison of [verifying, signingAgainstLibrary, signingAgainstHmac, receiving, await delivering()]) {
  showTimes(await measure(comparison))
}
showTimes(speed)
const [early, late] = memory
show({
  name: 'emulator, memory in use after 100000 deliveries : after 20000',
  ratio: late / early,
  target: memoryTarget,
  cells: [`${late.toFixed(1)} MB`, `${early.toFixed(1)} MB`],
})
console.log()
