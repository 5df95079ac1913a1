import type { ActivityKind, ActivityOf } from '../events/activities/activity.ts'
import type { ActivityEvent, Delivery, EventOf, EventType } from '../events/events.ts'
import type { ActivityHandler } from './handlers/activity-handlers.ts'
import type { ErrorHandler, Handler } from './handlers/handler.ts'
import type { ReceiverHealth } from './health.ts'

/**
 * The headers of a request, in the form that a server has them in: `Headers` of any implementation, a `Map` or a list of
 * names and values, or an object such as `req.headers` of Node.js. Names may be in any case.
 */
export type RequestHeaders =
  | {
      /** The value of a header, whatever the case of its name. */
      readonly get: (name: string) => string | null | undefined
    }
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | number | readonly string[] | null | undefined>>

/** A request as any server can describe it. */
export interface WebhookRequest {
  /** The HTTP method, such as `POST`. */
  readonly method: string
  /** The URL, or only its path, with the query as it was received. */
  readonly url: string
  /** The headers of the request. */
  readonly headers: RequestHeaders
  /** The raw bytes, as a whole or in pieces. A string counts as its UTF-8 bytes. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | null | undefined
}

/** How to answer a request. */
export interface WebhookAnswer {
  /** The HTTP status. For X, exactly 200 means received. */
  readonly status: number
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The body: JSON. */
  readonly body: string
}

/** What the platform offers for work that goes on after the answer. */
export interface PlatformContext {
  /** Keeps a serverless function alive until the promise settles. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined
}

/** How a receiver is closed. */
export interface CloseOptions {
  /**
   * How long to wait for handlers that are running, in milliseconds.
   *
   * @defaultValue 10_000
   */
  readonly timeoutMs?: number | undefined
}

/** How a delivery is dispatched. */
export interface DispatchOptions {
  /** When it fires, the signals of the handlers fire, and the delivery counts as not handled. */
  readonly signal?: AbortSignal | undefined
}

/** A request has arrived. Its body is not read yet. */
export interface ObservedRequest {
  /** A random id that is the same in all reports about this request. */
  readonly requestId: string
  /** The HTTP method, such as `POST`. */
  readonly method: string
  /** The URL, or only its path, with the query as it was received. */
  readonly url: string
  /** The headers of the request, in the form of the server. */
  readonly headers: RequestHeaders
  /** When it arrived. */
  readonly receivedAt: Date
}

/** The result of the verification of a POST request. */
export interface ObservedVerification {
  /** The id of the request. */
  readonly requestId: string
  /** Whether X has signed the request, and its body is a delivery. */
  readonly isVerified: boolean
  /** Why it is refused: the `error` of the answer, such as `signature_mismatch`. Absent when it is verified. */
  readonly reason?: string
}

/** A delivery of X, before it is handled. */
export interface ObservedDelivery {
  /**
   * Where it comes from: a `request` of X, a call of `dispatch`, or the `inbox`, which hands a delivery out for each attempt
   * to handle one of its events.
   */
  readonly source: 'request' | 'dispatch' | 'inbox'
  /** The id of the request. Absent when it does not come from a request. */
  readonly requestId?: string
  /** The parsed delivery. */
  readonly delivery: Delivery
  /** The body as it was received. With `dispatch`, the payload of the delivery as JSON. */
  readonly body: string | Uint8Array
  /** When the delivery was received. */
  readonly receivedAt: Date
}

/** A handler has ended. */
export interface ObservedHandler {
  /** The event that was handled. */
  readonly event: ActivityEvent
  /** The delivery that the event came in. */
  readonly delivery: Delivery
  /** Milliseconds from the start of the handler to its end. */
  readonly durationMs: number
  /** Whether it ended without an error. */
  readonly isHandled: boolean
  /** What the handler threw, or what its promise rejected with. Absent when `isHandled` is `true`. */
  readonly error?: unknown
}

/** The answer to a request. */
export interface ObservedAnswer {
  /** The id of the request. */
  readonly requestId: string
  /** The HTTP status. */
  readonly status: number
  /** The body: JSON. */
  readonly body: string
  /** Milliseconds from the request to the answer. */
  readonly durationMs: number
}

/**
 * Functions that see what a receiver does, and change nothing: an observer is not a handler. What they return or throw is
 * ignored. They get headers, bodies and events, which contain private messages: see `hooks` for reports that do not.
 */
export interface ReceiverObserver {
  /** Called when a request has arrived. */
  readonly onRequest?: ((request: ObservedRequest) => unknown) | undefined
  /** Called when a POST request is verified or refused. */
  readonly onVerification?: ((verification: ObservedVerification) => unknown) | undefined
  /** Called with each delivery before it is handled, also when the receiver is busy and refuses it. */
  readonly onDelivery?: ((delivery: ObservedDelivery) => unknown) | undefined
  /** Called when a handler has ended: once for each handler of an event. */
  readonly onHandler?: ((handler: ObservedHandler) => unknown) | undefined
  /** Called when a request is answered. */
  readonly onAnswer?: ((answer: ObservedAnswer) => unknown) | undefined
}

/** Answers CRC requests, verifies deliveries, and hands each event to its handlers once. */
export interface Receiver extends AsyncDisposable {
  /**
   * Answers a web standard request: in Hono, Next.js, SvelteKit, Bun, Deno and Cloudflare Workers. Never rejects.
   *
   * Further arguments are what the platform passes to its handlers (`env` and `ctx` in a Worker, the server in Bun). The
   * first of them with a `waitUntil` method is used for work that goes on after the answer.
   */
  readonly fetch: (request: Request, ...platform: unknown[]) => Promise<Response>
  /**
   * Answers a request that any other server describes. Adapters use it.
   *
   * @throws TypeError when `request` is not such a description.
   */
  readonly handle: (request: WebhookRequest, platform?: PlatformContext) => Promise<WebhookAnswer>
  /**
   * Verifies and parses a delivery, and does nothing else: no handler runs, nothing is remembered.
   *
   * @throws VerificationError when the delivery is not from X. Its `reason` says why.
   */
  readonly unwrap: (request: Request) => Promise<Delivery>
  /**
   * Handles a delivery that was verified by other means: one from a stream, from a queue of your own, or from a test. Its
   * events go through dedupe to the handlers, or into the inbox.
   *
   * Resolves to whether X would have been answered with 200. `false` means that the delivery has to come again: a handler
   * or the inbox failed, `signal` fired, the delivery has too many events, or the receiver is closing or busy.
   *
   * @throws TypeError when `delivery` is not what `parseDelivery` returns.
   */
  readonly dispatch: (delivery: Delivery, options?: DispatchOptions) => Promise<boolean>
  /** Adds a handler for one type of event, or for several. Returns a function that removes it. */
  readonly on: <T extends EventType>(type: T | readonly T[], handler: Handler<EventOf<T>>) => () => void
  /**
   * Adds a handler for one kind of activity, or for several. Returns a function that removes it.
   *
   * @throws TypeError when the receiver has an `inbox` that cannot claim activities, and no `dedupe` store.
   */
  readonly onActivity: <K extends ActivityKind>(
    kind: K | readonly K[],
    handler: ActivityHandler<ActivityOf<K>>,
  ) => () => void
  /** Adds a handler for every event, unknown ones included. Returns a function that removes it. */
  readonly onAny: (handler: Handler) => () => void
  /**
   * Adds an observer: functions that see requests, verification results, deliveries with their bytes, and how long each
   * handler takes. An observer is not a handler: no event is claimed or counts as handled because of it, and an inbox is not
   * worked on because of it. Returns a function that removes it.
   *
   * @throws TypeError when `observer` is not an object, or one of its members is not a function.
   */
  readonly observe: (observer: ReceiverObserver) => () => void
  /**
   * The health of the receiver: a plain object for a health endpoint and for gauges. It is read from memory, so it is cheap,
   * and describes this process only. How much is in the inbox is in `inbox.stats()`.
   *
   * @example
   * import { createServer } from 'node:http'
   * import { createReceiver } from 'x-account-activity/receiver'
   *
   * const receiver = createReceiver({ consumerSecret: 'consumer-secret' })
   * const healthServer = createServer((request, response) => {
   *   const health = receiver.health()
   *   const isGood = request.url === '/livez' ? health.isLive : health.isReady
   *   response.writeHead(isGood ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(health))
   * })
   */
  readonly health: () => ReceiverHealth
  /** Adds a function that is called with every error. Returns a function that removes it. */
  readonly onError: (handler: ErrorHandler) => () => void
  /**
   * Accepts no more deliveries, and waits for the handlers that are running. New deliveries are answered with 503, so that
   * X sends them again; the CRC is still answered.
   *
   * Resolves to whether everything ended in time. If not, the signals of the handlers have fired. Close the server, the
   * stores and the inbox afterwards: they are yours.
   */
  readonly close: (options?: CloseOptions) => Promise<boolean>
  /** Calls `close()` at the end of a block with `await using receiver = createReceiver(…)`. */
  [Symbol.asyncDispose](): Promise<void>
}
