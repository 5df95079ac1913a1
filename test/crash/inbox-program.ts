// Adds items to an inbox and handles them until it is killed, or in its last run (0) until no item is left.
import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { openEffectLog } from './effect-log.ts'
import { createRandom } from './random.ts'
import { openTestedInbox } from './tested-inbox.ts'

const [address = '', logPath = '', runNumber = ''] = process.argv.slice(2)
const run = Number(runNumber)
const random = createRandom(run)
const print = (line: string) => writeSync(1, `${line}\n`)

const log = openEffectLog(logPath)
const tested = openTestedInbox(address)
const { inbox, isRecorded } = tested

const inboxRun = inbox.run(
  async ({ id, attempt }) => {
    print(`started ${id}`)
    await setTimeout(random() * 4)
    if (attempt === 1 && random() < 0.1) throw new Error('fails once')
    log.write(id, run)
    await setTimeout(random() * 2)
    void isRecorded(id).then(() => print(`finished ${id}`))
  },
  { concurrency: 4, onError: (error) => print(`error ${error}`) },
)

if (run > 0) await addItems()
else await handleTheRest()

async function addItems(): Promise<void> {
  for (let number = 1; number <= 25; number += 1) {
    const id = `${run}-${number}`
    const orderingKey = number % 3 === 0 ? undefined : `key ${number % 5}`
    await inbox.add([{ id, body: `{"number":${number}}`, receivedAt: Date.now(), ...(orderingKey && { orderingKey }) }])
    print(`added ${id}`)
    await setTimeout(random() * 3)
  }
}

async function handleTheRest(): Promise<void> {
  while ((await tested.countPending()) > 0) await setTimeout(20)
  await inboxRun.stop()
  await tested.close()
  log.close()
}
