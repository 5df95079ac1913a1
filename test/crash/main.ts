// Kills processes at random moments and counts what happened to their events. `npm run test:crash -- 200 1` sets the
// number of kills and the seed. The exit code is 1 when an event was lost or handled twice.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crashDedupeStore } from './dedupe.ts'
import { crashInbox } from './inbox.ts'
import { createRandom } from './random.ts'
import { crashReceiver } from './receiver.ts'
import { print } from './report.ts'

const [kills = 200, seed = 1] = process.argv.slice(2).map(Number)
const folder = await mkdtemp(join(tmpdir(), 'x-account-activity-'))
const startedAt = performance.now()
try {
  const reports = [
    await crashInbox('SQLite', join(folder, 'inbox.db'), { folder, kills, random: createRandom(seed) }),
    ...(await crashPostgres()),
    await crashDedupeStore({ folder, kills, random: createRandom(seed) }),
    await crashReceiver('after-handlers', { folder, kills, random: createRandom(seed) }),
    await crashReceiver('after-accept', { folder, kills, random: createRandom(seed) }),
  ]
  if (!reports.map(print).every(Boolean)) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
const seconds = Math.round((performance.now() - startedAt) / 1000)
console.log(`\nSeed ${seed}, Node.js ${process.version}, ${process.platform}, ${seconds} s\n`)

/** `X_AAA_TEST_POSTGRES_URL` is the URL of a server for tests. */
async function crashPostgres() {
  const url = process.env.X_AAA_TEST_POSTGRES_URL
  if (url === undefined) {
    console.log('\nNOT RUN: the inbox in PostgreSQL, because X_AAA_TEST_POSTGRES_URL is not set')
    return []
  }
  const address = `${url}#crash_${Date.now().toString(36)}`
  return [await crashInbox('PostgreSQL', address, { folder, kills, random: createRandom(seed) })]
}
