/** Prints how much longer our functions take than the bare operations. The exit status is 1 if a target is missed. */
import { delivering } from './deliver.ts'
import { deliverAll } from './deliver-all.ts'
import { loadOctokit } from './octokit/load-octokit.ts'
import { type Measured, measure, type Spread } from './ratio.ts'
import { compareReceivers, parsing } from './receive.ts'
import { signingAgainstHmac, signingAgainstLibrary } from './sign-oauth1.ts'
import { verifying } from './verify-signature.ts'

/** How much more memory may be in use after all deliveries than after a fifth of them. */
const memoryTarget = 1.5
const nameWidth = 74

function title(text: string, columns: readonly string[]): void {
  console.log(`\n${text}\n`)
  line('', columns)
}

function line(name: string, cells: readonly string[]): void {
  console.log(`${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(13)).join('')}`)
}

/** A ratio and its target; a missed target is marked, and sets the exit status. */
function checked(ratio: number, target: number): [ratio: string, target: string] {
  const isMet = ratio <= target
  if (!isMet) process.exitCode = 1
  return [`${ratio.toFixed(2)}${isMet ? '' : ' ✘'}`, Number.isFinite(target) ? `≤ ${target.toFixed(2)}` : '–']
}

const range = ({ min, max }: Spread) => `${min.toFixed(2)}–${max.toFixed(2)}`
const microseconds = (value: number) => `${value.toFixed(2)} µs`

function show({ name, ratio, target, oursMicroseconds, bareMicroseconds }: Measured): void {
  const [shown, wanted] = checked(ratio.median, target)
  line(name, [shown, range(ratio), wanted, microseconds(oursMicroseconds), microseconds(bareMicroseconds)])
}

function showReceiver({ name, ratio, peerRatio, target, oursMicroseconds, bareMicroseconds }: Measured): void {
  const [shown, wanted] = checked(ratio.median, target)
  const peer = peerRatio ? [peerRatio.median.toFixed(2), range(peerRatio)] : ['–', '–']
  line(name, [shown, range(ratio), wanted, ...peer, microseconds(oursMicroseconds), microseconds(bareMicroseconds)])
}

console.log(`\nRatios to the bare operation, median and min–max of 24 blocks of rounds, on Node.js ${process.version}`)

// First, so that the memory of the others does not count.
const { speed, memory } = await deliverAll()

const octokit = await loadOctokit()
title('Receiving a delivery : createHmac + JSON.parse of the same bytes', [
  'handle',
  'min–max',
  'target',
  'octokit',
  'min–max',
  'handle',
  'bare',
])
const receiving = compareReceivers('create' in octokit ? octokit.create : undefined)
// All kinds of deliveries reach the same code of a receiver, so all of them run before the first is measured.
for (const { ours } of receiving) await ours(20_000)
for (const comparison of receiving) showReceiver(await measure(comparison))
if ('reason' in octokit) console.log(`octokit: NOT MEASURED. ${octokit.reason}`)

const columns = ['ratio', 'min–max', 'target', 'ours', 'bare']
title('parseDelivery of the bytes : JSON.parse of their text', columns)
for (const { ours } of parsing) await ours(20_000)
for (const comparison of parsing) show(await measure(comparison))

title('Other parts', columns)
for (const comparison of [verifying, signingAgainstLibrary, signingAgainstHmac, await delivering()]) {
  show(await measure(comparison))
}
show(speed)
const [early, late] = memory
const [shown, wanted] = checked(late / early, memoryTarget)
const megabytes = (value: number) => `${value.toFixed(1)} MB`
line('emulator, memory in use after 100000 deliveries : after 20000', [
  shown,
  '',
  wanted,
  megabytes(late),
  megabytes(early),
])
console.log()
