// The server for Bun and Deno, each with its own API. It prints its port.
import { answer } from './app.js'

const hostname = '127.0.0.1'
const server = globalThis.Bun
  ? globalThis.Bun.serve({ hostname, port: 0, fetch: (request) => answer(request) })
  : globalThis.Deno.serve({ hostname, port: 0, onListen: () => {} }, (request) => answer(request)).addr
console.log(`port ${server.port}`)
