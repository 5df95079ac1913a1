import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createEmulator } from 'x-account-activity/emulator'
import { barePost } from './bare-post.ts'
import { startDay } from './emulated-day.ts'
import { type Measured, median, spread } from './ratio.ts'

const accounts = 5000
const deliveries = 100_000
const slices = 20
const slice = deliveries / slices
const bareSlice = 1000
/** The concurrency limit of the emulator, which the bare loop has too. */
const concurrency = 50

/** How long the deliveries of a busy day took, and how much memory was in use. */
export interface BusyDay {
  readonly speed: Measured
  /** Megabytes in use after a fifth of the deliveries, and after all of them. */
  readonly memory: readonly [early: number, late: number]
}

/**
 * Lets 5,000 accounts cause 100,000 deliveries to a receiver in another process. Between them, a bare loop signs the
 * same bytes and sends them there with the same `fetch`.
 */
export async function deliverAll(): Promise<BusyDay> {
  const x = createEmulator({ seed: 'bench' })
  const secret = x.app.consumerSecret
  const receiver = await startReceiver(secret)
  const { url } = receiver
  const day = await startDay({ x, url, accounts })
  const bare = () => bareLoop({ url, secret, bodies: x.deliveries.slice(-bareSlice).map(({ body }) => body) })
  await day.play(bareSlice)
  await bare()
  const pairs: { ours: number; bare: number }[] = []
  let early = 0
  for (let count = 1; count <= slices; count += 1) {
    pairs.push({ ours: (await time(() => day.play(slice))) / slice, bare: (await time(bare)) / bareSlice })
    if (count === slices / 5) early = heapMegabytes()
  }
  receiver.stop()
  const failed = x.deliveries.find(({ outcome }) => outcome !== 'delivered')
  if (failed) throw new Error(`The emulator did not deliver every event: ${failed.failure}.`)
  const speed = {
    name: `emulator, ${accounts} accounts, ${deliveries} deliveries by HTTP : createHmac + fetch`,
    ratio: spread(pairs.map((pair) => pair.ours / pair.bare)),
    oursMicroseconds: median(pairs.map((pair) => pair.ours)) * 1000,
    bareMicroseconds: median(pairs.map((pair) => pair.bare)) * 1000,
    target: 2,
  }
  return { speed, memory: [early, heapMegabytes()] }
}

async function bareLoop({ url, secret, bodies }: { url: string; secret: string; bodies: string[] }): Promise<void> {
  const next = bodies.values()
  const work = async () => {
    for (const body of next) await barePost(fetch, { url, secret, body })
  }
  await Promise.all(Array.from({ length: concurrency }, work))
}

async function startReceiver(secret: string): Promise<{ url: string; stop(): void }> {
  const file = new URL('bare-receiver.ts', import.meta.url)
  const child = spawn(process.execPath, [file.pathname, secret], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout, 'data')
  return { url: `http://127.0.0.1:${String(port).trim()}/webhook`, stop: () => void child.kill() }
}

/** The memory in use after a garbage collection, in megabytes. */
function heapMegabytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
