/** The sender of `bench/http.ts`: a thread that writes prepared requests to sockets, and measures. */
import { connect, type Socket } from 'node:net'
import { parentPort } from 'node:worker_threads'

/** What to send, all of it once. */
export interface Load {
  readonly port: number
  /** Whole HTTP requests. */
  readonly deliveries: readonly Uint8Array[]
  readonly connections: number
  /** A request to send all the while on a connection of its own, one after the other. */
  readonly probe?: Uint8Array
}

/** What came of it. */
export interface Loaded {
  readonly durationMs: number
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<string, number>>
  /** How long each probe took, in milliseconds. */
  readonly probesMs: readonly number[]
}

/**
 * How long this thread sleeps between two looks at its sockets. A thread that waits for them has to be woken by each
 * answer, which costs the server more the slower it is.
 */
const restMs = 0.3
const never = new Int32Array(new SharedArrayBuffer(4))

parentPort?.on('message', async (load: Load) => parentPort?.postMessage(await send(load)))

async function send({ port, deliveries, connections, probe }: Load): Promise<Loaded> {
  const statuses: Record<string, number> = {}
  const probesMs: number[] = []
  let next = 0
  let isRunning = true

  const sender = async () => {
    const socket = await open(port)
    for (let delivery = deliveries[next++]; delivery !== undefined; delivery = deliveries[next++]) {
      const status = await exchange(socket, delivery)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
    socket.destroy()
  }
  const prober = async (request: Uint8Array) => {
    const socket = await open(port)
    while (isRunning) {
      const startedAt = performance.now()
      const status = await exchange(socket, request)
      if (status !== '200') throw new Error(`the probe was answered with ${status}`)
      probesMs.push(performance.now() - startedAt)
    }
    socket.destroy()
  }

  const rest = () => {
    Atomics.wait(never, 0, 0, restMs)
    if (isRunning) setImmediate(rest)
  }
  rest()
  const probing = probe && prober(probe)
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: connections }, sender))
  const durationMs = performance.now() - startedAt
  isRunning = false
  await probing
  return { durationMs, statuses, probesMs }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** The status of the answer, when all of it is there. The answers are small, and have a length. */
function exchange(socket: Socket, request: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const read = (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      const end = answer.indexOf('\r\n\r\n')
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(answer)?.[1] ?? Number.NaN)
      if (end < 0 || answer.length < end + 4 + length) return
      socket.off('data', read).off('close', fail)
      resolve(answer.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
    }
    const fail = () => reject(new Error('the connection was closed'))
    socket.on('data', read).once('close', fail)
    socket.write(request)
  })
}
