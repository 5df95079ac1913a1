// A receiver behind a server, until it is killed; in its last life (0) until it is asked to end.
import { writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { EventOf } from 'x-account-activity/events'
import { toNodeHandler } from 'x-account-activity/node'
import { createReceiver, type DedupeStore, type ReceiverOptions } from 'x-account-activity/receiver'
import { createSqliteDedupeStore, createSqliteInbox } from 'x-account-activity/stores/sqlite'
import { openLedger } from './ledger.ts'
import { createRandom } from './random.ts'

const [ack, storePath = '', ledgerPath = '', consumerSecret = '', lifeNumber = ''] = process.argv.slice(2)
const life = Number(lifeNumber)
const random = createRandom(life)
const say = (line: string) => writeSync(1, `${line}\n`)

const ledger = openLedger(ledgerPath)
const receiver = createReceiver({ consumerSecret, ...(ack === 'after-accept' ? withInbox() : withDedupeStore()) })
const answer = toNodeHandler(receiver)

const server = createServer((request, response) => {
  if (request.url !== '/end') return void answer(request, response)
  void receiver.close().then(() => response.end(() => process.exit()))
})
server.listen(0, '127.0.0.1', () => {
  say(`port ${(server.address() as AddressInfo).port}`)
  say('ready')
})

function withDedupeStore(): Partial<ReceiverOptions> {
  const store = createSqliteDedupeStore({ path: storePath, claimTtlMs: 1000 })
  const dedupe: DedupeStore = {
    claim: (id) => store.claim(id),
    release: (id) => store.release(id),
    async commit(id) {
      await store.commit(id)
      say(`ended ${id.split(':').at(-1)}`)
    },
  }
  return { dedupe, on: { tweet_create: handle }, onError() {} }
}

function withInbox(): Partial<ReceiverOptions> {
  const backoff = { baseMs: 1, maxMs: 10 }
  // Crashes count as attempts, and there are many of them.
  const inbox = createSqliteInbox({ path: storePath, maxAttempts: 1000, backoff, claimTtlMs: 1000, pollMs: 50 })
  const handleAndTell = async (event: EventOf<'tweet_create'>) => {
    await handle(event)
    // Later than the inbox, which is told first that this has ended.
    void setImmediate().then(() => say(`ended ${event.postId}`))
  }
  return { inbox, workers: 4, on: { tweet_create: handleAndTell }, onError() {} }
}

async function handle({ postId }: EventOf<'tweet_create'>): Promise<void> {
  say(`begun ${postId}`)
  await setTimeout(random() * 3)
  if (random() < 0.05) throw new Error('not this time')
  ledger.write(postId, life)
  if (random() < 0.5) await setTimeout(random() * 2)
}
