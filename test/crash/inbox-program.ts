// Adds items to an inbox and handles them, until it is killed; in its last life (0) until there is nothing left to do.
import { writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { createSqliteInbox } from '../../src/stores/inbox/sqlite-inbox.node.ts'
import { openLedger } from './ledger.ts'
import { createRandom } from './random.ts'

const [inboxPath = '', ledgerPath = '', lifeNumber = ''] = process.argv.slice(2)
const life = Number(lifeNumber)
const random = createRandom(life)
const say = (line: string) => writeSync(1, `${line}\n`)

const ledger = openLedger(ledgerPath)
const inbox = createSqliteInbox({
  path: inboxPath,
  // Crashes count as attempts, and there are many of them.
  maxAttempts: 1000,
  backoff: { baseMs: 1, maxMs: 10 },
  claimTtlMs: 3000,
  pollMs: 50,
})

const run = inbox.run(
  async ({ id, attempt }) => {
    say(`begun ${id}`)
    await setTimeout(random() * 4)
    if (attempt === 1 && random() < 0.1) throw new Error('not yet')
    ledger.write(id, life)
    await setTimeout(random() * 2)
    // Later than the inbox, which is told first that this has ended.
    void setImmediate().then(() => say(`finished ${id}`))
  },
  { concurrency: 4, onError: (error) => say(`error ${error}`) },
)
say('ready')

if (life > 0) await addItems()
else await drain()

async function addItems(): Promise<void> {
  for (let number = 1; number <= 25; number += 1) {
    const id = `${life}-${number}`
    const lane = number % 3 === 0 ? undefined : `lane ${number % 5}`
    await inbox.add([{ id, body: `{"number":${number}}`, receivedAt: Date.now(), ...(lane && { orderingKey: lane }) }])
    say(`added ${id}`)
    await setTimeout(random() * 3)
  }
}

async function drain(): Promise<void> {
  const database = new DatabaseSync(inboxPath, { readOnly: true })
  const left = database.prepare("SELECT COUNT(*) AS n FROM inbox_items WHERE state IN ('queued', 'ready')")
  while (Number(left.get()?.n) > 0) await setTimeout(20)
  database.close()
  await run.stop()
  await inbox.close()
}
