import { HttpResponse, http } from 'msw/http'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { ClientOptions } from '../../src/client/client-options.ts'

/** What X is to answer once: a body as a value or as text, or no answer at all. */
export interface Script {
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Record<string, string>
  /** `lost`: the connection breaks. `never`: it stays open, and nothing comes. */
  readonly network?: 'lost' | 'never'
}

/** A request as it arrived. */
export interface Arrived {
  readonly method: string
  readonly path: string
  readonly authorization: string
  readonly contentType: string | null
  readonly body: string
}

/** A made-up X at https://api.x.com that answers from a script, in order, and remembers what it was asked. */
export interface XApi {
  readonly requests: readonly Arrived[]
  answers(...scripts: Script[]): void
}

/** Registers itself with the running test file. A test fails when an answer of its script was not fetched. */
export function mockXApi(origin = 'https://api.x.com'): XApi {
  const requests: Arrived[] = []
  const script: Script[] = []
  const unforeseen: string[] = []
  const server = setupServer(
    http.all(`${origin}/*`, async ({ request }) => {
      requests.push(await arrived(request))
      const next = script.shift()
      if (next === undefined) unforeseen.push(`${request.method} ${request.url}`)
      return respond(next ?? { status: 404 })
    }),
  )
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
  afterEach(() => {
    const outcome = { unforeseen: unforeseen.splice(0), unused: script.splice(0) }
    requests.length = 0
    expect(outcome).toEqual({ unforeseen: [], unused: [] })
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

/** Values that can be told from everything else in a text. */
export const secrets = {
  consumerKey: 'ck7Qm2xVb',
  consumerSecret: 'cs9Zp/4+wTr',
  bearerToken: 'AAAAbt5Rk%2FyU%3D',
  accessToken: '1100-at3WsKe',
  accessTokenSecret: 'ats8HdLoPq',
} as const

export const alice = { accessToken: secrets.accessToken, accessTokenSecret: secrets.accessTokenSecret } as const

/** Options of a client that waits for nothing, and what it would have waited. */
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

/** A body as X sends it when it says no. */
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
