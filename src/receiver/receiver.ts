import type { Delivery, EventOf, EventType } from '../events/events.ts'
import type { ErrorHandler, Handler } from './handler.ts'

/** The headers of a request, in whichever form a server has them. */
export type RequestHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** A request as any server can describe it. */
export interface WebhookRequest {
  readonly method: string
  /** The URL or only its path, with the query as it was received. */
  readonly url: string
  readonly headers: RequestHeaders
  /** The raw bytes, whole or in pieces; a string stands for its UTF-8 bytes. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | null | undefined
}

/** The answer to give. */
export interface WebhookAnswer {
  readonly status: number
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the platform offers for work that goes on after the answer. */
export interface FetchContext {
  /** Keeps a serverless function alive until the promise settles. */
  readonly waitUntil?: (promise: Promise<unknown>) => void
}

/** How a receiver is closed. */
export interface CloseOptions {
  /** How long to wait for what is under way, in milliseconds: 10,000 unless set. */
  readonly timeoutMs?: number
}

/** Answers the CRC, verifies deliveries, and hands each event to its handlers once. */
export interface Receiver {
  /** Answers a web standard request: Hono, Next.js, SvelteKit, Bun, Deno, Cloudflare Workers. It does not reject. */
  readonly fetch: (request: Request, context?: FetchContext) => Promise<Response>
  /** Answers a request that any other server describes. It rejects only what is no such description, with a `TypeError`. */
  readonly handle: (request: WebhookRequest, context?: FetchContext) => Promise<WebhookAnswer>
  /**
   * Verifies and parses a delivery, and leaves the rest to the caller: no handler runs, nothing is remembered.
   *
   * @throws VerificationError when it is not a delivery of X's; its `reason` tells why.
   */
  readonly unwrap: (request: Request) => Promise<Delivery>
  /** Adds a handler for one type of event or several; returns a function that removes it. */
  readonly on: <T extends EventType>(type: T | readonly T[], handler: Handler<EventOf<T>>) => () => void
  /** Adds a handler for every event, unknown ones included; returns a function that removes it. */
  readonly onAny: (handler: Handler) => () => void
  /** Adds a function that is told of every error; returns a function that removes it. */
  readonly onError: (handler: ErrorHandler) => () => void
  /**
   * Takes no more deliveries, and waits for what is under way: new ones are answered with 503, for X to send again, and
   * the CRC is still answered. Resolves to whether everything was finished in time; where it was not, the signals of the
   * handlers have fired. The server, the stores and the inbox are yours to close, afterwards.
   */
  readonly close: (options?: CloseOptions) => Promise<boolean>
}
