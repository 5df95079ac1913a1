import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate, setTimeout } from 'node:timers/promises'
import Fastify from 'fastify'
import Koa from 'koa'
import { toFastifyPlugin } from 'x-account-activity/fastify'
import { toKoaMiddleware } from 'x-account-activity/koa'
import { toNodeHandler } from 'x-account-activity/node'
import { createReceiver } from 'x-account-activity/receiver'
import { followBody, secret, signatureOf } from '../support/x-request.ts'
import { heldBytes } from './held-bytes.ts'

const maxBodyBytes = 1024 * 1024
/** A body for `maxBodyBytes`, with white space at its end. */
const body = Buffer.from(followBody().padEnd(maxBodyBytes))
const headers = { 'x-twitter-webhooks-signature': signatureOf(body) }
const allowed = 3 * maxBodyBytes
/** The same in HTTP: each byte is a chunk of its own. */
const chunks = Buffer.from(body.toString('latin1').replaceAll(/./gs, '1\r\n$&\r\n'), 'latin1')
const chunkLength = chunks.length / body.length
/** Memory is measured each time that so many bytes were sent. */
const step = 64 * 1024

/** Sends the body in chunks of one byte, calls `measure` in between, and returns the status of the answer. */
type Way = (measure: () => void) => Promise<number>

/** The largest body that a receiver accepts, in chunks of one byte. Returns whether each way to a receiver holds little. */
export async function checkOneByteChunks(): Promise<boolean> {
  console.log(`\nA body of ${maxBodyBytes} bytes in chunks of one byte\n\n  way        memory, at most`)
  const results: boolean[] = []
  for (const [name, way] of Object.entries(ways)) results.push(await check(name, way))
  console.log(results.every((isGood) => isGood) ? '' : `  ✘ At most ${allowed} bytes, and 200, were expected.\n`)
  return results.every((isGood) => isGood)
}

async function check(name: string, way: Way): Promise<boolean> {
  // The first request also loads and compiles code, which is not counted.
  await way(() => {})
  // Buffers are freed some time after a collection.
  heldBytes()
  await setTimeout(100)
  const before = heldBytes()
  let peak = 0
  const status = await way(() => {
    peak = Math.max(peak, heldBytes() - before)
  })
  const times = peak / maxBodyBytes
  console.log(
    `  ${name.padEnd(9)}  ${String(peak).padStart(8)} bytes, ${times.toFixed(2)} × the body, status ${status}`,
  )
  return status === 200 && peak <= allowed
}

const ways: { readonly [name: string]: Way } = {
  handle: async (measure) => {
    const pieces = onePieceEach(measure)
    return (await newReceiver().handle({ method: 'POST', url: '/webhook', headers, body: pieces })).status
  },
  fetch: async (measure) => {
    const pieces = onePieceEach(measure)
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    })
    const init = { method: 'POST', headers, body: stream, duplex: 'half' }
    return (await newReceiver().fetch(new Request('https://app.example/webhook', init))).status
  },
  node: (measure) => viaServer(createServer(toNodeHandler(newReceiver())), measure),
  fastify: async (measure) => {
    const app = Fastify()
    await app.register(toFastifyPlugin(newReceiver()), { prefix: '/webhook' })
    await app.ready()
    return viaServer(app.server, measure)
  },
  koa: (measure) => viaServer(createServer(new Koa().use(toKoaMiddleware(newReceiver())).callback()), measure),
}

function newReceiver() {
  return createReceiver({ consumerSecret: secret, maxBodyBytes, bodyTimeoutMs: 600_000, on: { follow: () => {} } })
}

async function* onePieceEach(measure: () => void): AsyncGenerator<Uint8Array, undefined> {
  for (let index = 0; index < body.length; index += 1) {
    if (index % step === step - 1) measure()
    yield Uint8Array.of(body[index] ?? 0)
  }
}

/** Speaks HTTP itself, because a client would join the chunks. */
async function viaServer(server: ReturnType<typeof createServer>, measure: () => void): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const answer = once(socket, 'data')
  const fields = Object.entries({ host: 'app.example', 'transfer-encoding': 'chunked', ...headers })
  socket.write(`POST /webhook HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  for (let sent = 0; sent < body.length; sent += step) {
    const part = chunks.subarray(sent * chunkLength, (sent + step) * chunkLength)
    await new Promise<unknown>((resolve) => socket.write(part, resolve))
    for (let round = 0; round < 20; round += 1) await setImmediate()
    measure()
  }
  socket.write('0\r\n\r\n')
  const [head] = await answer
  socket.destroy()
  server.close()
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(String(head))?.[1])
}
