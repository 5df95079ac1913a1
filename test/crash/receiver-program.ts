// A receiver in a server, until it is killed, or in its last run (0) until a request to /end.
import { writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { EventOf } from 'x-account-activity/events'
import { toNodeHandler } from 'x-account-activity/node'
import { createReceiver, type DedupeStore, type ReceiverOptions } from 'x-account-activity/receiver'
import { createSqliteDedupeStore, createSqliteInbox } from 'x-account-activity/stores/sqlite'
import { openEffectLog } from './effect-log.ts'
import { createRandom } from './random.ts'
import { openRecordedItems } from './recorded-items.ts'

const [ack, storePath = '', logPath = '', consumerSecret = '', runNumber = ''] = process.argv.slice(2)
const run = Number(runNumber)
const random = createRandom(run)
const print = (line: string) => writeSync(1, `${line}\n`)

const log = openEffectLog(logPath)
const receiver = createReceiver({ consumerSecret, ...(ack === 'after-accept' ? withInbox() : withDedupeStore()) })
const handleRequest = toNodeHandler(receiver)

const server = createServer((request, response) => {
  if (request.url !== '/end') {
    response.once('finish', () => print('answered'))
    return void handleRequest(request, response)
  }
  void receiver.close().then(() => response.end(() => process.exit()))
})
server.listen(0, '127.0.0.1', () => {
  print(`port ${(server.address() as AddressInfo).port}`)
})

function withDedupeStore(): Partial<ReceiverOptions> {
  const store = createSqliteDedupeStore({ path: storePath, claimTtlMs: 1000 })
  const dedupe: DedupeStore = {
    claim: (id) => store.claim(id),
    release: (id) => store.release(id),
    async commit(id) {
      await store.commit(id)
      print(`ended ${id.split(':').at(-1)}`)
    },
  }
  return { dedupe, on: { tweet_create: handle }, onError() {} }
}

function withInbox(): Partial<ReceiverOptions> {
  const backoff = { baseMs: 1, maxMs: 10 }
  // Crashes count as attempts, and there are many of them.
  const inbox = createSqliteInbox({ path: storePath, maxAttempts: 1000, backoff, claimTtlMs: 1000, pollMs: 50 })
  const isRecorded = openRecordedItems(storePath)
  const handleAndPrint = async (event: EventOf<'tweet_create'>) => {
    await handle(event)
    void isRecorded(event.id).then(() => print(`ended ${event.postId}`))
  }
  return { inbox, workers: 4, on: { tweet_create: handleAndPrint }, onError() {} }
}

async function handle({ postId }: EventOf<'tweet_create'>): Promise<void> {
  print(`started ${postId}`)
  await setTimeout(random() * 3)
  if (random() < 0.05) throw new Error('fails sometimes')
  log.write(postId, run)
  if (random() < 0.5) await setTimeout(random() * 2)
}
