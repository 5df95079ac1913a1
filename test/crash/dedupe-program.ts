// Handles events by way of a dedupe store, until it is killed; in its last life (0) until all of them are handled.
import { writeSync } from 'node:fs'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { createSqliteDedupeStore } from '../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import { openLedger } from './ledger.ts'
import { createRandom } from './random.ts'

const [storePath = '', ledgerPath = '', events = '', lifeNumber = ''] = process.argv.slice(2)
const life = Number(lifeNumber)
const random = createRandom(life)
const say = (line: string) => writeSync(1, `${line}\n`)

const ledger = openLedger(ledgerPath)
const store = createSqliteDedupeStore({ path: storePath, claimTtlMs: 3000 })
say('ready')

/** Every event is delivered to every process, again and again, as X does while it gets no answer. */
for (let left = new Set(Array.from({ length: Number(events) }, (_, number) => `${number}`)); left.size > 0; ) {
  for (const id of left) if ((await handle(id)) === 'done') left.delete(id)
  await setImmediate()
}
store.close()
ledger.close()

async function handle(id: string): Promise<string> {
  const claim = store.claim(id)
  if (claim !== 'claimed') return claim
  say(`claimed ${id}`)
  await setTimeout(random() * 3)
  if (random() < 0.1) {
    store.release(id)
    return 'failed'
  }
  ledger.write(id, life)
  if (random() < 0.5) await setTimeout(random() * 2)
  store.commit(id)
  say(`committed ${id}`)
  return 'done'
}
