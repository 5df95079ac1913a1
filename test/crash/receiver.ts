import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createClient, createReceiver } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { openEffectLog } from './effect-log.ts'
import { type KilledProgram, killRepeatedly, runToTheEnd } from './kill-repeatedly.ts'
import type { CrashOptions, CrashReport } from './report.ts'

/** How many posts are being delivered at a time. */
const load = 40
/** The emulator retries every five seconds of its own time, for as long as the test runs. */
const retries = Array.from({ length: 20_000 }, () => 5)
const endsWithinMs = 60_000

/**
 * Kills a receiver while the emulator delivers to it. A fifth of the deliveries is sent twice, and those that were not
 * answered with 200 are sent again.
 *
 * What must be true: every event that was answered with 200 takes effect, and no event is handled again after its end was
 * recorded. An event that was in progress during a kill is handled again, also when it had taken effect: therefore the
 * effect log accepts the id of an event once.
 */
export async function crashReceiver(
  ack: 'after-handlers' | 'after-accept',
  { folder, kills, random }: CrashOptions,
): Promise<CrashReport> {
  const [storePath, logPath] = [join(folder, `${ack}.db`), join(folder, `${ack}-log.db`)]
  const x = await openX()
  const ended = new Set<string>()
  let startedAgain = 0

  const program: KilledProgram = {
    program: new URL('receiver-program.ts', import.meta.url),
    args: [ack, storePath, logPath, x.consumerSecret],
    workingLine: 'answered',
    kills,
    processes: 1,
    random,
    onLine(line) {
      const [what, value = ''] = line.split(' ')
      if (what === 'port') x.deliverTo(Number(value))
      if (what === 'ended') ended.add(value)
      if (what === 'started' && ended.has(value)) startedAgain += 1
    },
  }
  const killing = killRepeatedly(program)
  await Promise.all([killing, x.postUntil(killing)])
  const receivedBetweenKills = x.received.size

  const log = openEffectLog(logPath)
  const last = runToTheEnd(program)
  await x.deliverTheRest(() => log.effects().length)
  await x.end()
  const isFinished = await last
  const effects = new Set(log.effects())
  const { all, inOneRun } = log.repetitions()
  log.close()
  return {
    title: `Receiver with ${ack === 'after-accept' ? 'an inbox' : 'a dedupe store'} in SQLite: ${kills} kills, ${load} posts being delivered at a time`,
    counts: [
      { name: 'last runs that did not end within a minute', count: isFinished ? 0 : 1, max: 0 },
      { name: 'deliveries that X attempted', count: x.attempts() },
      { name: 'posts that were answered with 200 between the kills', count: receivedBetweenKills, min: kills },
      { name: 'posts that were answered with 200 and never handled', count: missing(x.received, effects), max: 0 },
      { name: 'posts never handled', count: missing(x.posted, effects), max: 0 },
      { name: 'posts handled again after their end was recorded', count: startedAgain, max: 0 },
      {
        name: 'effects attempted again, because of a kill before their end was recorded',
        count: all,
        max: kills * load,
      },
      { name: 'effects attempted twice by one process', count: inOneRun, max: 0 },
    ],
  }
}

/** An emulator that delivers posts from Alice to Bob to a server. The server has another port in each of its runs. */
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
    fetch: (request) => (port === undefined ? firstReceiver.fetch(request) : forward(request, port)),
  })
  const { consumerSecret } = x.app
  const firstReceiver = createReceiver({ consumerSecret })
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
    // The receiver uses real time.
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
    /** Posts whenever earlier posts were received, until `end` settles. */
    async postUntil(end: Promise<unknown>) {
      let hasEnded = false
      const stop = () => {
        hasEnded = true
      }
      end.then(stop, stop)
      while (!hasEnded) {
        while (port !== undefined && posted.size - received.size < load) {
          posted.add((await alice.post(`@bob ${posted.size}`)).id_str)
        }
        await advance()
      }
    },
    /** Delivers until everything is received and has taken effect, or the time limit is reached. */
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
