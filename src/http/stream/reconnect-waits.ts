/**
 * What went wrong, for the wait before the next connection.
 *
 * - `network`: the connection was lost, or could not be opened.
 * - `http`: X responded with an error that may pass.
 * - `rate_limit`: X responded with 429, or there are too many connections.
 */
export type StreamFault = 'network' | 'http' | 'rate_limit'

/**
 * The waits that X asks for, in milliseconds. That a rate limit waits at most for a window of 15 minutes is our rule.
 *
 * @see https://docs.x.com/x-api/fundamentals/handling-disconnections
 */
const schedules: Readonly<Record<StreamFault, (failures: number) => number>> = {
  network: (failures) => Math.min(250 * failures, 16_000),
  http: (failures) => Math.min(5_000 * 2 ** (failures - 1), 320_000),
  rate_limit: (failures) => Math.min(60_000 * 2 ** (failures - 1), 900_000),
}

/** Counts the faults of one stream, and finds the wait after each. */
export interface ReconnectWaits {
  /** Milliseconds to wait after a fault. */
  readonly next: (fault: StreamFault) => number
  /** The number of faults since the last healthy connection. */
  readonly count: () => number
  /** Begins again with the shortest waits: the connection is healthy. */
  readonly reset: () => void
}

export function createReconnectWaits(): ReconnectWaits {
  const counts = { network: 0, http: 0, rate_limit: 0 }
  return {
    next: (fault) => {
      counts[fault] += 1
      return schedules[fault](counts[fault])
    },
    count: () => counts.network + counts.http + counts.rate_limit,
    reset: () => void Object.assign(counts, { network: 0, http: 0, rate_limit: 0 }),
  }
}
