/**
 * The least that a webhook must do, in its own process: it answers the CRC with the secret in its first argument, reads
 * deliveries and answers 200. It prints its port.
 */
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const [secret = ''] = process.argv.slice(2)

const server = createServer((request, response) => {
  if (request.method === 'POST') {
    request.resume().on('end', () => response.end())
    return
  }
  const token = new URL(request.url ?? '', 'http://localhost').searchParams.get('crc_token') ?? ''
  const response_token = `sha256=${createHmac('sha256', secret).update(token).digest('base64')}`
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ response_token }))
})

server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
