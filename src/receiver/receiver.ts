import type { ActivityEvent, Delivery, EventOf, EventType } from '../events/events.ts'
import type { Clock } from '../internal/clock.ts'
import type { Awaitable, DedupeStore } from '../stores/dedupe-store.ts'

/** One secret, or several while it is being rotated: any of them verifies, the first answers the CRC. */
export type Secret = string | readonly string[]

/** A secret, or a function that fetches it each time it is needed. */
export type SecretSource = Secret | (() => Awaitable<Secret>)

/** What a handler is given besides the event. */
export interface HandlerContext {
  /** The whole delivery that the event came in. */
  readonly delivery: Delivery
  /** When the delivery was received. */
  readonly receivedAt: Date
}

/** What is done about an event. The delivery counts as handled when it returns, or its promise resolves. */
export type Handler<E extends ActivityEvent = ActivityEvent> = (event: E, context: HandlerContext) => unknown

/** A handler for each type of event that is of interest, and `any` for every event, unknown ones included. */
export type Handlers = { readonly [T in EventType]?: Handler<EventOf<T>> } & { readonly any?: Handler }

/** Where an error arose. */
export interface ErrorContext {
  /**
   * `verification`: a request is not X's. `handler`: a handler failed. `store`: the dedupe store failed. `request`: the
   * request could not be looked at, because its body could not be read or the secret could not be fetched.
   */
  readonly phase: 'verification' | 'handler' | 'store' | 'request'
  /** The event that was being handled. */
  readonly event?: ActivityEvent
  /** The delivery that was being handled. */
  readonly delivery?: Delivery
}

/** Is told of every error; what it returns or throws changes nothing. */
export type ErrorHandler = (error: unknown, context: ErrorContext) => unknown

/** How a receiver is set up. */
export interface ReceiverOptions {
  /** The consumer secret ("API key secret") of the app that owns the webhook. */
  readonly consumerSecret: SecretSource
  /**
   * The OAuth 2.0 client secret, for apps that have one: it checks the `x-twitter-webhooks-signature-oauth2` header,
   * which then alone decides wherever it is present, and it answers the CRC.
   */
  readonly clientSecret?: SecretSource
  /** What to do about which event; more can be added with `receiver.on`. */
  readonly on?: Handlers
  /**
   * `guarded` (the default) answers only what looks like a token of X's; `signed` also demands X's signature over the
   * query of the CRC request, which X's v1.1 documentation describes.
   */
  readonly crc?: 'guarded' | 'signed'
  /** Where handled events are remembered; in the memory of this process unless given. */
  readonly dedupe?: DedupeStore
  /**
   * `after-handlers` (the default) answers when every handler has finished, and lets X send again what failed.
   * `after-accept` answers at once and handles afterwards: for handlers slower than X waits. What then fails, or is
   * under way when the process ends, comes back only by a replay.
   */
  readonly ack?: 'after-handlers' | 'after-accept'
  /** The largest body that is read, in bytes: 1,048,576 unless set. Deliveries are a few thousand. */
  readonly maxBodyBytes?: number
  /** Is told of every error; without one, errors other than refused requests go to `console.error`. */
  readonly onError?: ErrorHandler
  /** Where the time comes from: milliseconds since 1970. `Date.now` unless set. */
  readonly now?: Clock
}

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
  /** Keeps a serverless function alive until the promise settles; used with `ack: 'after-accept'`. */
  readonly waitUntil?: (promise: Promise<unknown>) => void
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
}
