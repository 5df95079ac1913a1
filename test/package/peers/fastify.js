// The receiver in Fastify. What is printed is the port.
import fastify from 'fastify'
import { toFastifyPlugin } from 'x-account-activity/fastify'
import { receiver, seen } from './app.js'

const app = fastify()
app.register(toFastifyPlugin(receiver), { prefix: '/webhook' })
app.get('/seen', async () => seen)
await app.listen({ host: '127.0.0.1', port: 0 })
console.log(`port ${app.server.address().port}`)
