import { createHmac } from 'node:crypto'
import { createEmulator, type EmulatedUser, type Emulator, type EmulatorOptions } from 'x-account-activity/emulator'
import { oauth1Header } from './emulator-oauth1.ts'

/** Saturday, 21 November 2026, 09:30:00.250 UTC. */
export const start = Date.UTC(2026, 10, 21, 9, 30, 0, 250)
export const hookUrl = 'https://hook.example.com/x'

/** A delivery that the receiver got. */
export interface Received {
  readonly url: string
  readonly body: string
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into deliveries of every kind.
  readonly json: any
}

type Respond = (request: Request) => Response | Promise<Response>
type Tokens = Pick<EmulatedUser, 'accessToken' | 'accessTokenSecret'>

/**
 * An emulator whose clock does not move on its own, and a receiver behind its `fetch`. A request that no route knows is an
 * error, unless the test sets another `onUnknownRequest`.
 */
export class EmulatorHarness {
  readonly x: Emulator
  /** The deliveries that the receiver got. */
  readonly received: Received[] = []
  /** The challenges that the receiver got. */
  readonly challenges: Request[] = []
  /** Answers the challenges instead of the receiver. */
  onCrc: Respond | undefined
  /** Answers the deliveries instead of the receiver. */
  onDelivery: Respond | undefined
  /** The base clock of the emulator. */
  time = start
  #nonces = 0
  #flushed = 0

  constructor(options: EmulatorOptions = {}) {
    const defaults: EmulatorOptions = {
      now: () => this.time,
      fetch: (request) => this.#receive(request),
      onUnknownRequest: 'throw',
    }
    this.x = createEmulator({ ...defaults, ...options })
  }

  /** A call with the bearer token of an app. */
  asApp(method: string, path: string, body?: unknown, app = this.x.app): Promise<Response> {
    return this.x.fetch(`https://api.x.com${path}`, {
      method,
      headers: { authorization: `Bearer ${app.bearerToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }

  /** A call signed with OAuth 1.0a. */
  asUser(user: Tokens, method: string, path: string, app = this.x.app): Promise<Response> {
    const { accessToken, accessTokenSecret } = user
    const url = `https://api.x.com${path}`
    this.#nonces += 1
    const at = { timestamp: Math.floor(this.time / 1000), nonce: `nonce${this.#nonces}` }
    const authorization = oauth1Header({ method, url }, { ...app, accessToken, accessTokenSecret }, at)
    return this.x.fetch(url, { method, headers: { authorization } })
  }

  /** Registers a webhook and returns its id. */
  async register(url = hookUrl, app = this.x.app): Promise<string> {
    const response = await this.asApp('POST', '/2/webhooks', { url }, app)
    if (response.status !== 200) throw new Error(await response.text())
    return ((await response.json()) as { data: { id: string } }).data.id
  }

  /** Subscribes users to a webhook of the first app. */
  async subscribe(webhookId: string, ...users: Tokens[]): Promise<void> {
    for (const user of users) {
      const response = await this.asUser(user, 'POST', subscriptionPath(webhookId))
      if (response.status !== 200) throw new Error(await response.text())
    }
  }

  /** Adds users with these handles, and subscribes them to a new webhook. */
  async subscribed<const Names extends readonly string[]>(
    ...names: Names
  ): Promise<{ [I in keyof Names]: EmulatedUser }> {
    const users = names.map((screenName) => this.x.addUser({ screenName }))
    await this.subscribe(await this.register(), ...users)
    return users as { [I in keyof Names]: EmulatedUser }
  }

  /** Waits until nothing is pending, and returns the deliveries since the last call. */
  async flush(): Promise<Received[]> {
    await this.x.idle()
    const fresh = this.received.slice(this.#flushed)
    this.#flushed = this.received.length
    return fresh
  }

  /** The right answer to a CRC request for the first app. */
  answerCrc(request: Request): Response {
    return crcAnswer(request, this.x.app.consumerSecret)
  }

  async #receive(request: Request): Promise<Response> {
    if (request.method === 'GET') {
      this.challenges.push(request)
      return this.onCrc?.(request) ?? this.answerCrc(request)
    }
    const body = await request.clone().text()
    this.received.push({ url: request.url, body, headers: request.headers, json: JSON.parse(body) })
    return this.onDelivery?.(request) ?? new Response()
  }
}

/** The right answer to a CRC request, computed by the tests. */
export function crcAnswer(request: Request, secret: string): Response {
  const token = new URL(request.url).searchParams.get('crc_token') ?? ''
  return Response.json({ response_token: signatureOf(secret, token) })
}

/** `sha256=` and the HMAC-SHA256 of a text in base64, computed by the tests. */
export function signatureOf(secret: string, text: string): string {
  return `sha256=${createHmac('sha256', secret).update(text).digest('base64')}`
}

export function subscriptionPath(webhookId: string): string {
  return `/2/account_activity/webhooks/${webhookId}/subscriptions/all`
}

/** The reason of a refusal: the word before the colon of the message. */
export async function reasonOf(response: Response): Promise<string | undefined> {
  const body = (await response.clone().json()) as { errors?: { message?: string }[] }
  return body.errors?.[0]?.message?.split(':')[0]
}
