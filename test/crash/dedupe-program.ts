// Handles events with a dedupe store until it is killed, or in its last run (0) until all events are handled.
import { writeSync } from 'node:fs'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { createSqliteDedupeStore } from '../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import { openEffectLog } from './effect-log.ts'
import { createRandom } from './random.ts'

const [storePath = '', logPath = '', events = '', runNumber = ''] = process.argv.slice(2)
const run = Number(runNumber)
const random = createRandom(run)
const print = (line: string) => writeSync(1, `${line}\n`)

const log = openEffectLog(logPath)
const store = createSqliteDedupeStore({ path: storePath, claimTtlMs: 3000 })

/** Every event is delivered to every process repeatedly, as X does until it gets an answer. */
const remaining = new Set(Array.from({ length: Number(events) }, (_, number) => `${number}`))
while (remaining.size > 0) {
  for (const id of remaining) if ((await handle(id)) === 'done') remaining.delete(id)
  await setImmediate()
}
store.close()
log.close()

async function handle(id: string): Promise<string> {
  const claim = await store.claim(id)
  if (typeof claim !== 'object') return claim
  print(`claimed ${id}`)
  await setTimeout(random() * 3)
  if (random() < 0.1) {
    await store.release(id, claim.token)
    return 'failed'
  }
  log.write(id, run)
  if (random() < 0.5) await setTimeout(random() * 2)
  await store.commit(id, claim.token)
  print(`committed ${id}`)
  return 'done'
}
