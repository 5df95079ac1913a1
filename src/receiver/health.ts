/** Work that is running, and its limit. */
export interface WorkHealth {
  /** How much of it is running now. */
  readonly inProgress: number
  /** How much may run at the same time. */
  readonly limit: number
  /**
   * Since when the limit is reached and none of the work has ended: an ISO 8601 text. Absent while less is running than the
   * limit.
   */
  readonly fullSince?: string | undefined
}

/** The items of the inbox that this process handles. */
export interface InboxWorkHealth extends WorkHealth {
  /** Whether items are taken: there is a handler, `workers` is not 0, and the receiver is not closing. */
  readonly isRunning: boolean
}

/** The answer to a request. */
export interface AnswerHealth {
  /** When the request arrived: an ISO 8601 text. */
  readonly at: string
  /** The HTTP status of the answer. With `dispatch`, the status that X would have been answered with. */
  readonly status: number
  /** Why the status is not 200: the `error` of the answer. */
  readonly reason?: string | undefined
}

/** The answer to a CRC request. */
export interface CrcHealth extends AnswerHealth {
  /** Milliseconds from the request to the answer. X waits 3 seconds. */
  readonly durationMs: number
}

/** The failures of one kind since the receiver was created. */
export interface FailureHealth {
  /** How many there were. */
  readonly count: number
  /** When the last one occurred: an ISO 8601 text. Absent when there was none. */
  readonly lastAt?: string | undefined
  /** The name of the last error, such as `TypeError`. Its message can contain anything, so only `onError` gets it. */
  readonly lastError?: string | undefined
}

/** The health of a receiver, as a plain object that can be sent as JSON. It contains no bodies, headers or secrets. */
export interface ReceiverHealth {
  /**
   * Whether the process should go on. `false` when `deliveries` or `inbox` is full and none of the work has ended for a minute,
   * or for twice `handlerTimeoutMs` if that is longer: the handlers do not end, and ignore their signal.
   */
  readonly isLive: boolean
  /**
   * Whether a load balancer should send requests here: `true` until `close` is called. A receiver that is busy, or whose store
   * fails, stays ready: it answers deliveries with 503 or 500, so that X sends them again, and it still answers the CRC. X
   * invalidates a webhook whose CRC is not answered.
   */
  readonly isReady: boolean
  /** `closing`: `close` was called. `closed`: it has resolved. */
  readonly state: 'open' | 'closing' | 'closed'
  /** When the receiver was created: an ISO 8601 text. */
  readonly startedAt: string
  /** Verified deliveries that are in progress: see `maxConcurrentDeliveries`. */
  readonly deliveries: WorkHealth
  /** Deliveries that wait for their body or for the secret: see `maxUnverifiedDeliveries`. */
  readonly unverified: WorkHealth
  /** Items of the inbox that are being handled in this process: see `workers`. Absent without an inbox. */
  readonly inbox?: InboxWorkHealth | undefined
  /** The last POST request, or the last call of `dispatch`. Anyone can send a POST request. Absent before the first. */
  readonly lastDelivery?: AnswerHealth | undefined
  /** When the last delivery arrived whose signature is right: an ISO 8601 text. Absent before the first. */
  readonly lastVerifiedAt?: string | undefined
  /** The last CRC request. Absent before the first. */
  readonly lastCrc?: CrcHealth | undefined
  /**
   * How many requests were not answered with 200 since the receiver was created, by the `error` of the answer, such as
   * `signature_mismatch` or `busy`.
   */
  readonly refusals: Readonly<Record<string, number>>
  /** Failures of handlers, and of the dedupe store and the inbox. */
  readonly failures: {
    /** Handlers that failed, or did not end before their deadline. */
    readonly handler: FailureHealth
    /** Calls of the dedupe store or the inbox that failed, or did not end within `storeTimeoutMs`. */
    readonly store: FailureHealth
  }
  /** How many events are handled whose commit in the dedupe store has failed. They are remembered in memory, up to 10,000. */
  readonly uncommitted: number
}
