import { HttpResponse, http } from 'msw/http'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { ClientOptions } from '../../src/client/client-options.ts'
import type { Fetch } from '../../src/http/send.ts'

/** One response of X: a body as a value or as text, or no response. */
export interface Script {
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Record<string, string>
  /** `lost`: the connection breaks. `never`: the connection stays open without a response. */
  readonly network?: 'lost' | 'never'
}

/** A request that X received. */
export interface Arrived {
  readonly method: string
  readonly path: string
  readonly authorization: string
  readonly contentType: string | null
  readonly body: string
}

/** A mock of X at https://api.x.com. It sends the given responses in order, and records the requests. */
export interface XApi {
  readonly requests: readonly Arrived[]
  answers(...scripts: Script[]): void
}

/**
 * Starts the mock for the current test file. A test fails if a response was not used, or if there was no response for a
 * request.
 */
export function mockXApi(origin = 'https://api.x.com'): XApi {
  const requests: Arrived[] = []
  const script: Script[] = []
  const unexpected: string[] = []
  const server = setupServer(
    http.all(`${origin}/*`, async ({ request }) => {
      requests.push(await arrived(request))
      const next = script.shift()
      if (next === undefined) unexpected.push(`${request.method} ${request.url}`)
      return respond(next ?? { status: 404 })
    }),
  )
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
  afterEach(() => {
    const outcome = { unexpected: unexpected.splice(0), unused: script.splice(0) }
    requests.length = 0
    expect(outcome).toEqual({ unexpected: [], unused: [] })
  })
  afterAll(() => server.close())
  return { requests, answers: (...scripts) => void script.push(...scripts) }
}

async function arrived(request: Request): Promise<Arrived> {
  const { pathname, search } = new URL(request.url)
  return {
    method: request.method,
    path: pathname + search,
    authorization: request.headers.get('authorization') ?? '',
    contentType: request.headers.get('content-type'),
    body: await request.text(),
  }
}

function respond({ status = 200, json, text, headers = {}, network }: Script): Response | Promise<Response> {
  if (network === 'lost') return HttpResponse.error()
  if (network === 'never') return new Promise(() => undefined)
  const body = json === undefined ? text : JSON.stringify(json)
  const type = json === undefined ? 'text/html' : 'application/json'
  return new Response(body ?? null, { status, headers: { 'content-type': type, ...headers } })
}

/** Secrets that are easy to find in a text. */
export const secrets = {
  consumerKey: 'ck7Qm2xVb',
  consumerSecret: 'cs9Zp/4+wTr',
  bearerToken: 'AAAAbt5Rk%2FyU%3D',
  accessToken: '1100-at3WsKe',
  accessTokenSecret: 'ats8HdLoPq',
} as const

export const alice = { accessToken: secrets.accessToken, accessTokenSecret: secrets.accessTokenSecret } as const

/** Options of a client that does not wait before a retry, and the list of the waits it would have made. */
export function patientOptions() {
  const waits: number[] = []
  const options = {
    consumerKey: secrets.consumerKey,
    consumerSecret: secrets.consumerSecret,
    bearerToken: secrets.bearerToken,
    user: alice,
    now: () => Date.UTC(2026, 10, 21, 12),
    retry: { random: () => 0.5, sleep: async (ms: number) => void waits.push(ms) },
  } satisfies ClientOptions
  return { ...options, waits }
}

/**
 * A response of X to a request that it refuses. The form: https://docs.x.com/x-api/webhooks/introduction
 */
export function refusal(message: string): { status: number; json: unknown } {
  return {
    status: 400,
    json: {
      errors: [{ message }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: 'https://api.twitter.com/2/problems/invalid-request',
    },
  }
}

/** A `fetch` for a client, from a function that takes a `Request`. */
export function fetchOf(handle: (request: Request) => Promise<Response>): Fetch {
  return (url, init) => handle(new Request(url, init))
}
