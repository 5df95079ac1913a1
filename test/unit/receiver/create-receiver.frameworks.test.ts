import { Hono } from 'hono'
import { describeAdapter, describeStreaming, type Serve } from '../../support/adapter-cases.ts'
import { serveFetch } from '../../support/serve-fetch.ts'

/** Frameworks whose handlers get a `Request` and return a `Response`: they need no adapter. */
const frameworks: Record<string, Serve> = {
  Hono: (receiver) => {
    const app = new Hono().all('/webhook', (context) => receiver.fetch(context.req.raw))
    return serveFetch((request) => app.fetch(request))
  },
  'a Next.js route handler': (receiver) => {
    const route: Record<string, (request: Request) => Promise<Response>> = {
      GET: receiver.fetch,
      POST: receiver.fetch,
    }
    // Next.js itself answers the methods that a route does not export. Here the receiver does.
    return serveFetch((request) => (route[request.method] ?? receiver.fetch)(request))
  },
  'a SvelteKit endpoint': (receiver) => {
    const fallback = ({ request }: { request: Request }) => receiver.fetch(request)
    return serveFetch((request) => fallback({ request }))
  },
}

for (const [name, serve] of Object.entries(frameworks)) {
  describeAdapter(`receiver.fetch in ${name}`, serve)
  describeStreaming(`receiver.fetch in ${name}`, serve)
}
