/** Prints how an outage of four hours is recovered. The exit code is 1 when an event is missing or was handled twice. */
import { availableParallelism } from 'node:os'
import { simulate } from './scenario.ts'

const startedAt = performance.now()
const result = await simulate({ accounts: 5000, events: 100_000 })
const seconds = (performance.now() - startedAt) / 1000

const line = (label: string, value: string | number) =>
  console.log(`  ${label.padEnd(48)}${String(value).padStart(10)}`)

console.log('\nAn outage of four hours, and a second one in the middle of its recovery\n')
line('accounts', 5000)
line('events', result.events)
line('deliveries attempted by X', result.deliveries)
line('  of which reached the receiver', result.received)
line('outages noticed', result.outages)
line('replay jobs', result.jobs)
line('  of which incomplete, or without an end', result.incompleteJobs)
line('minutes from the first restart to the end', result.recoveredAfterMinutes)
line('events handled', result.handled)
line('  more than once', result.handledTwice)
line('  not at all', result.missing)
line('minutes given up', result.lostMinutes)
line('real time, in seconds', seconds.toFixed(1))
console.log(`\n  Node.js ${process.version}, ${availableParallelism()} cores\n`)
if (result.missing !== 0 || result.handledTwice > 0 || result.lostMinutes > 0) process.exitCode = 1
