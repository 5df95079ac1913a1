/** Why a connection ended, in X's words or as `closed` by X, `dropped` on the way, or closed by the `client`. */
export type EndReason = 'client' | 'closed' | 'dropped' | DisconnectType

/** X's words for a disconnect that it announces in the stream. */
export type DisconnectType = 'ForceDisconnect' | 'SlowReader' | 'TooManyConnections' | 'UpstreamOperationalDisconnect'

/** The most messages that wait for a client that does not read them. */
const mostUnread = 10_000
/** The most unread messages with which X still sends keep-alives. */
const mostUnreadForKeepAlive = 100

const encoder = new TextEncoder()

/**
 * One response that is a stream. Its head is sent with the first byte, as X does.
 *
 * @see https://docs.x.com/x-api/fundamentals/consuming-streaming-data
 */
export class StreamConnection {
  /** The response. It is pending until there is a byte, and rejects when the client aborts the request before. */
  readonly response: Promise<Response>
  /** Kept as long as the connection: Node.js passes an abort on only while the request exists. */
  readonly #request: Request
  readonly #onEnd: (reason: EndReason) => void
  readonly #abort = () => this.#endByClient()
  #isOpen = true
  #isStalled = false
  #isHeadSent = false
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #resolve: () => void = () => undefined
  #reject: (reason: unknown) => void = () => undefined

  constructor(request: Request, onEnd: (reason: EndReason) => void) {
    this.#request = request
    this.#onEnd = onEnd
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
      },
      cancel: () => this.#finish('client'),
    })
    const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
    this.response = new Promise((resolve, reject) => {
      this.#resolve = () => resolve(new Response(body, { headers }))
      this.#reject = reject
    })
    request.signal.addEventListener('abort', this.#abort, { once: true })
    if (request.signal.aborted) this.#endByClient()
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Sends a JSON text on a line of its own. A client that does not read is disconnected. */
  send(json: string, { isSplit = false } = {}): void {
    if (!this.#isOpen || this.#isStalled) return
    if (this.#unread > mostUnread) this.disconnect('SlowReader')
    else if (isSplit) {
      const middle = Math.floor(json.length / 2)
      this.#write(json.slice(0, middle))
      this.#write(`${json.slice(middle)}\r\n`)
    } else this.#write(`${json}\r\n`)
  }

  /** Sends an empty line, unless the client has much to read. */
  keepAlive(): void {
    if (this.#isOpen && !this.#isStalled && this.#unread <= mostUnreadForKeepAlive) this.#write('\r\n')
  }

  /** Sends nothing more, and leaves the connection open. */
  stall(): void {
    this.#isStalled = true
  }

  /** Closes the connection without a word. */
  close(reason: EndReason = 'closed'): void {
    if (!this.#isOpen) return
    this.#finish(reason)
    this.#controller?.close()
    this.#sendHead()
  }

  /** Sends an error with the reason, and closes the connection. */
  disconnect(reason: DisconnectType): void {
    if (!this.#isOpen) return
    this.#write(`${JSON.stringify(disconnectMessage(reason))}\r\n`)
    this.close(reason)
  }

  /** Loses the connection: reading from it fails. */
  drop(error: Error): void {
    this.#fail('dropped', error)
  }

  #endByClient(): void {
    this.#fail('client', this.#request.signal.reason)
  }

  #fail(reason: EndReason, error: unknown): void {
    if (!this.#isOpen) return
    this.#finish(reason)
    // Only one of the two has an effect: a response without a head has no reader.
    this.#reject(error)
    this.#controller?.error(error)
  }

  #finish(reason: EndReason): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#request.signal.removeEventListener('abort', this.#abort)
    this.#onEnd(reason)
  }

  /** The number of messages that the client has not read. */
  get #unread(): number {
    return 1 - (this.#controller?.desiredSize ?? 1)
  }

  #write(text: string): void {
    this.#controller?.enqueue(encoder.encode(text))
    this.#sendHead()
  }

  #sendHead(): void {
    if (this.#isHeadSent) return
    this.#isHeadSent = true
    this.#resolve()
  }
}

/** X has one form for connections that it does not accept, and another one for those that it closes. */
function disconnectMessage(reason: DisconnectType): object {
  if (reason === 'TooManyConnections') return connectionLimitProblem
  const isOperational = reason === 'UpstreamOperationalDisconnect'
  const detail = isOperational
    ? 'This stream has been disconnected upstream for operational reasons.'
    : 'This stream has been disconnected.'
  const type = 'https://api.x.com/2/problems/operational-disconnect'
  return { errors: [{ title: 'operational-disconnect', disconnect_type: reason, detail, type }] }
}

/**
 * The app has as many open streams as X allows.
 *
 * @see https://docs.x.com/x-api/fundamentals/handling-disconnections
 */
export const connectionLimitProblem = {
  title: 'ConnectionException',
  detail: 'This stream is currently at the maximum allowed connection limit.',
  connection_issue: 'TooManyConnections',
  type: 'https://api.x.com/2/problems/streaming-connection',
} as const
