import { randomUUID } from 'node:crypto'
import { answerCrc } from '../../entries/webhook.ts'
import type { CliContext } from '../cli-context.ts'
import { readStart } from './read-body.ts'

/** A time in which nothing could arrive, in milliseconds since 1970. */
export interface Outage {
  /** The last time at which the URL led here before. */
  readonly from: number
  /** The first time at which it did again. */
  readonly to: number
}

export interface WatchOptions {
  /** The public URL of the webhook. */
  readonly url: string
  /** The secret that the answer to a challenge is made with. */
  readonly secret: string
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Called when the URL leads here for the first time. */
  readonly onFirstReached: () => void
  /** Called when the URL does not lead here, once until it does again. */
  readonly onCutOff: (reason: string, since: number) => void
  /** Called when the URL leads here again. */
  readonly onOutage: (outage: Outage) => void
}

/** How often the URL is probed, in milliseconds. */
export const probeMs = 30_000
/** Without a probe for this long, the machine was asleep: nothing could arrive either. */
const gapMs = 3 * probeMs
/** How long X waits for the answer to a challenge, in milliseconds. */
const timeoutMs = 3000

/** Probes a public URL until the signal fires: a challenge, as X sends it, must be answered by this program. */
export async function watchUrl(
  context: Pick<CliContext, 'fetch' | 'now' | 'sleep'>,
  { url, secret, signal, onFirstReached, onCutOff, onOutage }: WatchOptions,
): Promise<void> {
  let reachedAt: number | undefined
  let isCutOff = false
  const startedAt = context.now()
  while (!signal.aborted) {
    const sentAt = context.now()
    const reason = await probe(context, { url, secret, signal })
    if (signal.aborted) return
    if (reason !== undefined) {
      if (!isCutOff) onCutOff(reason, reachedAt ?? startedAt)
      isCutOff = true
    } else {
      if (reachedAt === undefined && !isCutOff) onFirstReached()
      else if (isCutOff || sentAt - (reachedAt ?? sentAt) > gapMs)
        onOutage({ from: reachedAt ?? startedAt, to: sentAt })
      isCutOff = false
      reachedAt = sentAt
    }
    await context.sleep(probeMs, signal).catch(() => undefined)
  }
}

/** Sends a challenge. Resolves to why the URL does not lead here, or to `undefined` when it does. */
async function probe(
  { fetch }: Pick<CliContext, 'fetch'>,
  { url, secret, signal }: Pick<WatchOptions, 'url' | 'secret' | 'signal'>,
): Promise<string | undefined> {
  const token = randomUUID()
  const target = new URL(url)
  target.searchParams.set('crc_token', token)
  try {
    const response = await fetch(target, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    const text = await readStart(response, 2000)
    if (response.status !== 200) return `It answers a challenge with status ${response.status}.`
    const expected = answerCrc(token, secret).response_token
    return tokenIn(text) === expected ? undefined : 'Its answer to a challenge is not that of this program.'
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return 'It does not answer within 3 seconds.'
    const { cause } = error as { readonly cause?: { readonly code?: unknown } }
    return `It cannot be reached (${typeof cause?.code === 'string' ? cause.code : (error as Error).message}).`
  }
}

function tokenIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { response_token?: unknown } | null)?.response_token
  } catch {
    return undefined
  }
}
