/** The sender of `bench/http.ts`: a thread that writes prepared requests to sockets and measures the time. */
import { connect, type Socket } from 'node:net'
import { parentPort } from 'node:worker_threads'

/** What to send: each request once. */
export interface Load {
  /** The port of the server on 127.0.0.1. */
  readonly port: number
  /** Complete HTTP requests, as bytes. */
  readonly deliveries: readonly Uint8Array[]
  /** The number of sockets. */
  readonly connections: number
  /** A request that is sent again and again on another connection, while the deliveries are sent. */
  readonly probe?: Uint8Array
}

/** The result of sending. */
export interface Loaded {
  /** How long sending the deliveries took, in milliseconds. */
  readonly durationMs: number
  /** The number of answers by HTTP status. */
  readonly statuses: Readonly<Record<string, number>>
  /** How long each answer to the probe took, in milliseconds. */
  readonly probesMs: readonly number[]
}

/**
 * How long this thread sleeps between two reads of its sockets, in milliseconds. If it waited for them, each answer
 * would wake it, which takes time from the server.
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
      if (status !== '200') throw new Error(`The answer to the probe has status ${status}.`)
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

/**
 * Sends a request, waits for its whole answer and returns the status. Answers are small and have a `content-length`.
 */
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
    const fail = () => reject(new Error('The server closed the connection.'))
    socket.on('data', read).once('close', fail)
    socket.write(request)
  })
}
