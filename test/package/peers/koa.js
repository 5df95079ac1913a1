// The receiver in Koa. What is printed is the port.
import Koa from 'koa'
import { toKoaMiddleware } from 'x-account-activity/koa'
import { receiver, seen } from './app.js'

const webhook = toKoaMiddleware(receiver)
const app = new Koa()
app.use((context, next) => {
  if (context.path === '/webhook') return webhook(context, next)
  context.body = seen
})
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`))
