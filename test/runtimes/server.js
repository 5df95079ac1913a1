// Bun and Deno serve from here, each with its own server. What is printed last is the port.
import { answer } from './app.js'

const hostname = '127.0.0.1'
const server = globalThis.Bun
  ? globalThis.Bun.serve({ hostname, port: 0, fetch: (request) => answer(request) })
  : globalThis.Deno.serve({ hostname, port: 0, onListen: () => {} }, (request) => answer(request)).addr
console.log(`port ${server.port}`)
