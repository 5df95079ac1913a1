// Starts the compiled application at a free port, and asks it for the answer to a CRC.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'

const server = createServer()
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address()
await new Promise((resolve) => server.close(resolve))

process.env.PORT = String(port)
await import('./dist/main.js')
const answer = await askUntilItListens(`http://127.0.0.1:${port}/webhook?crc_token=challenge_string`)
assert.deepEqual(answer, { response_token: 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk=' })
process.exit()

async function askUntilItListens(url) {
  for (;;) {
    const response = await fetch(url).catch(() => undefined)
    if (response !== undefined) return response.json()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
