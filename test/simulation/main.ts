/** Prints what a recovery makes of an outage of four hours; the status is 1 where an event is missing or handled twice. */
import { availableParallelism } from 'node:os'
import { simulate } from './scenario.ts'

const began = performance.now()
const balance = await simulate({ accounts: 5000, events: 100_000 })
const seconds = (performance.now() - began) / 1000

const line = (label: string, value: string | number) =>
  console.log(`  ${label.padEnd(48)}${String(value).padStart(10)}`)

console.log('\nAn outage of four hours, and a second one in the middle of its recovery\n')
line('accounts', 5000)
line('events', balance.events)
line('deliveries attempted by X', balance.deliveries)
line('  of which reached the receiver', balance.received)
line('outages noticed', balance.outages)
line('replay jobs', balance.jobs)
line('  of which incomplete, or never heard of again', balance.incompleteJobs)
line('minutes from the first restart to the end', balance.recoveredAfterMinutes)
line('events handled', balance.handled)
line('  more than once', balance.twice)
line('  not at all', balance.missing)
line('minutes given up', balance.lostMinutes)
line('real time, in seconds', seconds.toFixed(1))
console.log(`\n  Node.js ${process.version}, ${availableParallelism()} cores\n`)
if (balance.missing !== 0 || balance.twice > 0 || balance.lostMinutes > 0) process.exitCode = 1
