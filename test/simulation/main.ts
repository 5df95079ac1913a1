/**
 * Runs the simulations and prints what they counted: `recovery`, an outage of four hours, `both-apis`, the same with half of
 * the accounts on the X Activity API, and `moving`, the move of 500 accounts to the X Activity API. Arguments choose some
 * of them. The exit code is 1 when an event is missing, or was handled twice that must not be.
 */
import { availableParallelism } from 'node:os'
import { simulateMove } from './moving/scenario.ts'
import { simulate } from './scenario.ts'

const line = (label: string, value: string | number) =>
  console.log(`  ${label.padEnd(48)}${String(value).padStart(10)}`)

async function recover(hasBothApis: boolean): Promise<boolean> {
  const result = await simulate({ accounts: 5000, events: 100_000, hasBothApis })
  const note = hasBothApis ? ', with both APIs on one webhook' : ''
  console.log(`\nAn outage of four hours, and a second one in the middle of its recovery${note}\n`)
  line('accounts', 5000)
  line('events', result.events)
  line('  of the X Activity API', result.ofActivityApi)
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
  return result.missing === 0 && result.handledTwice === 0 && result.lostMinutes === 0
}

async function moving(): Promise<boolean> {
  const result = await simulateMove({ accounts: 500 })
  console.log('\nThe move of 500 accounts from the Account Activity API to the X Activity API\n')
  line('accounts moved', result.moved)
  line('minutes of the move', result.minutes)
  line('accounts left behind', result.remaining)
  line('activities', result.activities)
  line('  not handled', result.missing.length)
  line('posts, deletions, messages and revocations', result.withCommonKey)
  line('  delivered by both APIs', result.deliveredByBoth)
  line('  handled exactly once', result.handledOnce)
  for (const [kind, count] of Object.entries(result.handledTwice)) line(`  ${kind}: handled twice`, count)
  return result.missing.length === 0 && result.handledOnce === result.withCommonKey && result.remaining === 0
}

const simulations = { recovery: () => recover(false), 'both-apis': () => recover(true), moving }
const chosen = process.argv.slice(2)
for (const [name, run] of Object.entries(simulations)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const startedAt = performance.now()
  if (!(await run())) process.exitCode = 1
  line('real time, in seconds', ((performance.now() - startedAt) / 1000).toFixed(1))
}
console.log(`\n  Node.js ${process.version}, ${availableParallelism()} cores\n`)
