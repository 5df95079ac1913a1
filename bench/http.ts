/**
 * Measures the requests per second through `toNodeHandler`, against a bare `node:http` server that reads the body and
 * does HMAC and `JSON.parse`; and how long a CRC takes while as many deliveries as possible are sent. The sender runs
 * in another thread. The exit status is 1 if a target is missed.
 */
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { toNodeHandler } from 'x-account-activity/node'
import { createReceiver, type ReceiverOptions } from 'x-account-activity/receiver'
import { deliverySets, secret } from './deliveries.ts'
import type { Load, Loaded } from './http-load.ts'
import { toRequest } from './receive.ts'

/** Rounds are short, because the speed of a shared machine changes from moment to moment. */
const rounds = 161
const perRound = 512
/** Enough connections that the server always has a request to process. */
const connections = 128
const ratioTarget = 0.8
const crcTargetMs = 3_000

const posts = deliverySets.find(({ kind }) => kind === 'tweet_create')?.deliveries ?? []
const deliveries = posts.map(toRequest).map(({ headers, body }) => httpRequest('POST /webhook', headers, body))
const crc = httpRequest('GET /webhook?crc_token=9b4507b3-9040-4669-9ca3-6b94edb50553')

/** A server without a receiver. */
const bare: RequestListener = (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    createHmac('sha256', secret).update(body).digest('base64')
    JSON.parse(body.toString())
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 }).end('{}')
  })
}

/** A new receiver for each round, because a receiver handles each event once. */
const ours = (handler: () => unknown = () => {}, options: Partial<ReceiverOptions> = {}): RequestListener =>
  toNodeHandler(createReceiver({ consumerSecret: secret, on: { tweet_create: handler }, ...options }))

const server = createServer()
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
const sender = new Worker(new URL('./http-load.ts', import.meta.url))

console.log(
  `\n${rounds} rounds of ${perRound} deliveries over ${connections} connections, Node.js ${process.version}\n`,
)
await compareThroughput()
await timeCrc('CRC while deliveries are sent', () => ours())
const hang = () => new Promise(() => {})
await timeCrc('CRC while all further deliveries are refused', () =>
  ours(hang, { maxConcurrentDeliveries: 16, onError: () => {} }),
)
console.log()
await sender.terminate()
server.closeAllConnections()
server.close()

async function compareThroughput(): Promise<void> {
  const pairs: { ours: number; bare: number }[] = []
  for (let round = -20; round < rounds; round += 1) {
    const start = (round + 20) * perRound
    const some = Array.from({ length: perRound }, (_, index) => deliveries[(start + index) % deliveries.length] ?? crc)
    // Another one is first in each round.
    const first = await perSecond(round % 2 === 0 ? ours() : bare, some)
    const second = await perSecond(round % 2 === 0 ? bare : ours(), some)
    // The first rounds are the warm-up.
    if (round >= 0) pairs.push(round % 2 === 0 ? { ours: first, bare: second } : { ours: second, bare: first })
  }
  const ratio = quantile(
    pairs.map((pair) => pair.ours / pair.bare),
    0.5,
  )
  const figures = (['ours', 'bare'] as const).map((name) =>
    quantile(
      pairs.map((pair) => pair[name]),
      0.5,
    ).toFixed(0),
  )
  print('toNodeHandler : bare node:http', `${ratio.toFixed(2)}`, `≥ ${ratioTarget}`, ratio >= ratioTarget)
  console.log(`  ${figures.join(' : ')} deliveries a second`)
}

async function perSecond(listener: RequestListener, some: readonly Uint8Array[]): Promise<number> {
  const { durationMs, statuses } = await send(listener, some)
  if (statuses['200'] !== some.length)
    throw new Error(`Not every delivery was answered with 200: ${JSON.stringify(statuses)}.`)
  return (some.length / durationMs) * 1000
}

async function timeCrc(name: string, listener: () => RequestListener): Promise<void> {
  const times: number[] = []
  const statuses: Record<string, number> = {}
  for (let round = 0; round < 5; round += 1) {
    const loaded = await send(listener(), deliveries, crc)
    times.push(...loaded.probesMs)
    for (const [status, count] of Object.entries(loaded.statuses)) statuses[status] = (statuses[status] ?? 0) + count
  }
  const p99 = quantile(times, 0.99)
  print(`${name}, p99 of ${times.length}`, `${p99.toFixed(1)} ms`, `≤ ${crcTargetMs} ms`, p99 <= crcTargetMs)
  console.log(
    `  median ${quantile(times, 0.5).toFixed(1)} ms, longest ${quantile(times, 1).toFixed(1)} ms; deliveries answered: ${JSON.stringify(statuses)}`,
  )
}

function print(name: string, measured: string, target: string, isMet: boolean): void {
  if (!isMet) process.exitCode = 1
  console.log(`${name.padEnd(64)}${`${measured}${isMet ? '' : ' ✘'}`.padStart(12)}${target.padStart(12)}`)
}

async function send(listener: RequestListener, some: readonly Uint8Array[], probe?: Uint8Array): Promise<Loaded> {
  server.removeAllListeners('request').on('request', listener)
  const load: Load = { port, deliveries: some, connections, ...(probe && { probe }) }
  sender.postMessage(load)
  const [loaded] = await once(sender, 'message')
  return loaded
}

function httpRequest(
  line: string,
  headers: Readonly<Record<string, string>> = {},
  body: Uint8Array = new Uint8Array(),
): Uint8Array {
  const all = { host: '127.0.0.1', ...headers, ...(body.length > 0 && { 'content-length': String(body.length) }) }
  const fields = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${fields.join('')}\r\n`), body])
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
