import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createClient, createReceiver } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { openLedger } from './ledger.ts'
import { killAgainAndAgain, type Lives, liveToTheEnd } from './lives.ts'
import type { CrashOptions, CrashReport } from './report.ts'

/** How many posts are on their way at a time. */
const load = 40
/** X tries again every five seconds of its own time, and never gives up. */
const retries = Array.from({ length: 20_000 }, () => 5)
const endsWithinMs = 60_000

/**
 * Kills a receiver while the emulator delivers to it, a fifth of it twice, and what was not answered with 200 again.
 *
 * What has to hold: whatever X was told is received takes effect, and nothing is handled again after its end was recorded.
 * An event under way at a kill is handled again, also when it had done its work already: that is what the event's id is
 * for, which the ledger takes once.
 */
export async function crashReceiver(
  ack: 'after-handlers' | 'after-accept',
  { folder, kills, random }: CrashOptions,
): Promise<CrashReport> {
  const [storePath, ledgerPath] = [join(folder, `${ack}.db`), join(folder, `${ack}-ledger.db`)]
  const x = await openX()
  const ended = new Set<string>()
  let begunAgain = 0

  const lives: Lives = {
    program: new URL('receiver-program.ts', import.meta.url),
    args: [ack, storePath, ledgerPath, x.consumerSecret],
    kills,
    atATime: 1,
    random,
    onLine(line) {
      const [what, value = ''] = line.split(' ')
      if (what === 'port') x.deliverTo(Number(value))
      if (what === 'ended') ended.add(value)
      if (what === 'begun' && ended.has(value)) begunAgain += 1
    },
  }
  const killing = killAgainAndAgain(lives)
  await Promise.all([killing, x.postUntil(killing)])
  const receivedBetweenTheKills = x.received.size

  const ledger = openLedger(ledgerPath)
  const last = liveToTheEnd(lives)
  await x.deliverTheRest(() => ledger.effects().length)
  await x.end()
  const isFinished = await last
  const effects = new Set(ledger.effects())
  const { all, inOneLife } = ledger.repetitions()
  ledger.close()
  return {
    title: `Receiver with ${ack === 'after-accept' ? 'an inbox' : 'a dedupe store'} in SQLite: ${kills} kills, ${load} posts on their way at a time`,
    counts: [
      { name: 'last lives that were not finished within a minute', count: isFinished ? 0 : 1, max: 0 },
      { name: 'deliveries that X attempted', count: x.attempts() },
      { name: 'posts that X was told are received, between the kills', count: receivedBetweenTheKills, min: kills },
      { name: 'posts that X was told are received, and never handled', count: missing(x.received, effects), max: 0 },
      { name: 'posts never handled', count: missing(x.posted, effects), max: 0 },
      { name: 'posts handled again after their end was recorded', count: begunAgain, max: 0 },
      {
        name: 'effects tried again, because a kill came before the record of their end',
        count: all,
        max: kills * load,
      },
      { name: 'effects tried twice by one process', count: inOneLife, max: 0 },
    ],
  }
}

/** An emulator that delivers what Alice writes to Bob to a server that has another port in each of its lives. */
async function openX() {
  let port: number | undefined
  const posted = new Set<string>()
  const received = new Set<string>()
  let attempts = 0

  const x = createEmulator({
    seed: 1,
    retries,
    crcSchedule: false,
    faults: { deliveries: { duplicated: 0.2 } },
    fetch: (request) => (port === undefined ? atFirst.fetch(request) : forward(request, port)),
  })
  const { consumerSecret } = x.app
  const atFirst = createReceiver({ consumerSecret })
  const [alice, bob] = [x.addUser({ screenName: 'alice' }), x.addUser({ screenName: 'bob' })]
  const client = createClient({ ...x.app, fetch: x.fetch })
  const { id } = await client.webhooks.create('https://receiver.example/webhook')
  await client.subscriptions.create(id, { user: bob })

  const advance = async () => {
    await x.advance({ seconds: 5 })
    for (const { number, outcome, body } of x.deliveries.slice(-load * 10)) {
      attempts = Math.max(attempts, number)
      if (outcome === 'delivered') received.add(JSON.parse(body).tweet_create_events[0].id_str)
    }
    // The receiver lives in real time.
    await setTimeout(1)
  }

  return {
    consumerSecret,
    posted,
    received,
    attempts: () => attempts,
    deliverTo: (newPort: number) => {
      port = newPort
    },
    /** Writes new posts whenever old ones have been received. */
    async postUntil(end: Promise<unknown>) {
      let isOver = false
      const stop = () => {
        isOver = true
      }
      end.then(stop, stop)
      while (!isOver) {
        while (port !== undefined && posted.size - received.size < load) {
          posted.add((await alice.post(`@bob ${posted.size}`)).id_str)
        }
        await advance()
      }
    },
    /** Delivers until everything is received and has taken effect, or there was time enough for it. */
    async deliverTheRest(effects: () => number) {
      const endsAt = Date.now() + endsWithinMs / 2
      while ((received.size < posted.size || effects() < posted.size) && Date.now() < endsAt) await advance()
    },
    end: async () => void (await fetch(`http://127.0.0.1:${port}/end`)),
  }
}

async function forward(request: Request, port: number): Promise<Response> {
  const { method, headers } = request
  return fetch(`http://127.0.0.1:${port}/webhook`, { method, headers, body: await request.text() })
}

function missing(wanted: ReadonlySet<string>, found: ReadonlySet<string>): number {
  return [...wanted].filter((id) => !found.has(id)).length
}
