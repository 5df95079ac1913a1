import type { CliContext } from '../cli-context.ts'
import type { ReceivedDelivery } from './create-listener.ts'
import { type ForwardRule, urlsOf } from './forward-rules.ts'
import { readStart } from './read-body.ts'

/** What an app answered to a forwarded delivery. */
export interface ForwardResult {
  readonly url: string
  /** The number of the attempt, starting at 1. */
  readonly attempt: number
  /** Whether the status is 200. X counts every other one as not received. */
  readonly isReceived: boolean
  /** The status, or why no answer came. */
  readonly answer: { readonly status: number; readonly text: string } | { readonly error: string }
  /** Milliseconds until the next attempt. Absent when there is none. */
  readonly retryMs?: number
}

export interface ForwarderOptions {
  readonly rules: readonly ForwardRule[]
  /** The time before each further attempt, in milliseconds. */
  readonly retries: readonly number[]
  /** Called with the answer to each attempt. */
  readonly onResult: (result: ForwardResult) => void
  /** Called for a delivery that is not forwarded, because too many are waiting. */
  readonly onDropped: () => void
  /** Ends all attempts. */
  readonly signal: AbortSignal
}

/** Forwards deliveries to an app. */
export interface Forwarder {
  readonly forward: (received: ReceivedDelivery) => void
}

/**
 * When X attempts a delivery again, in milliseconds. `five-minutes` is documented for v1.1; for version 2, X documents no
 * numbers, and `four-hours` is what the emulator does.
 */
export const retrySchedules = {
  'five-minutes': [3_000, 27_000, 242_000],
  'four-hours': [1, 2, 4, 8, 16, 32, 64, 113].map((minutes) => minutes * 60_000),
  none: [],
} as const satisfies Record<string, readonly number[]>

export type RetrySchedule = keyof typeof retrySchedules

/** How long X waits for an answer, in milliseconds. */
const timeoutMs = 10_000
/** The most deliveries that wait for an answer or for the next attempt. */
const maxPending = 1000
/** How much of an answer is shown. */
const maxAnswerBytes = 300

/** Headers that belong to one connection. The client of the next one sets its own. */
const connectionHeaders = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'expect',
  'te',
  'trailer',
  'upgrade',
  'accept-encoding',
  'proxy-connection',
])

export function createForwarder(
  { fetch, sleep }: Pick<CliContext, 'fetch' | 'sleep'>,
  { rules, retries, onResult, onDropped, signal }: ForwarderOptions,
): Forwarder {
  let pending = 0

  /** One attempt: the very bytes, with the headers of X. Redirects are answers, as they are for X. */
  const attemptOnce = async (url: string, { body, headers }: ReceivedDelivery): Promise<ForwardResult['answer']> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !connectionHeaders.has(name))),
        body: Buffer.from(body),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
      return { status: response.status, text: await readStart(response, maxAnswerBytes) }
    } catch (error) {
      return { error: describe(error) }
    }
  }

  const attemptAll = async (url: string, received: ReceivedDelivery) => {
    for (let attempt = 1; !signal.aborted; attempt++) {
      const answer = await attemptOnce(url, received)
      if (signal.aborted) return
      const isReceived = 'status' in answer && answer.status === 200
      const retryMs = isReceived ? undefined : retries[attempt - 1]
      onResult({ url, attempt, isReceived, answer, ...(retryMs !== undefined && { retryMs }) })
      if (retryMs === undefined) return
      await sleep(retryMs, signal).catch(() => undefined)
    }
  }

  return {
    forward(received) {
      for (const url of urlsOf(received.delivery, rules)) {
        if (pending >= maxPending) {
          onDropped()
          continue
        }
        pending += 1
        void attemptAll(url, received).finally(() => {
          pending -= 1
        })
      }
    },
  }
}

/** Why no answer came: the cause is more exact than "fetch failed". */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} seconds`
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}
