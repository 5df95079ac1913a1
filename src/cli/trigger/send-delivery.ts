import type { CliContext } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import type { Credentials } from '../credentials/read-credentials.ts'
import { isLoopback } from '../credentials/read-credentials.ts'
import { defaultPath, defaultPort } from '../listen/listen-flags.ts'
import { readStart } from '../listen/read-body.ts'
import type { Output } from '../output/output.ts'
import { printable } from '../output/printable.ts'

/** Where deliveries go by default: the webhook of `dev` and `listen`. */
export const defaultTarget = `http://127.0.0.1:${defaultPort}${defaultPath}`

/** The secrets that sign a delivery. */
export interface SigningSecrets {
  readonly consumerSecret: string
  readonly clientSecret?: string
}

/** What a webhook answered. */
export interface DeliveryAnswer {
  readonly status: number
  /** The beginning of the body. */
  readonly body: string
  readonly durationMs: number
}

/** How long X waits for an answer, in milliseconds. */
const timeoutMs = 10_000

/**
 * The secrets for a target. Without credentials, a webhook of this machine gets a signature that is made with the public
 * key of the emulator, as `dev` has it.
 *
 * @throws CliError with exit code 4 when there is no secret for another target.
 */
export async function signingSecrets(
  credentials: Credentials,
  { target, output }: { readonly target: string; readonly output: Output },
): Promise<SigningSecrets> {
  const clientSecret = credentials.get('X_CLIENT_SECRET')
  if (credentials.get('X_CONSUMER_SECRET') !== undefined || !isLoopback(target)) {
    const consumerSecret = credentials.require('X_CONSUMER_SECRET')
    return { consumerSecret, ...(clientSecret !== undefined && { clientSecret }) }
  }
  const { createEmulator } = await import('../../entries/emulator.ts')
  output.note('X_CONSUMER_SECRET is not set: signed with the public key of the emulator, as "dev" has it.')
  return { consumerSecret: createEmulator().app.consumerSecret }
}

/**
 * Sends a delivery, and does not follow redirects: X does not either.
 *
 * @throws CliError when there is no answer.
 */
export async function sendDelivery(
  { fetch, now, signal }: Pick<CliContext, 'fetch' | 'now' | 'signal'>,
  request: Request,
): Promise<DeliveryAnswer> {
  const startedAt = now()
  try {
    const response = await fetch(request, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) })
    const body = await readStart(response, 2000)
    return { status: response.status, body, durationMs: now() - startedAt }
  } catch (error) {
    signal.throwIfAborted()
    throw unreachable(request.url, error)
  }
}

/** Whether X would be content: it counts other statuses as not received. */
export function isAccepted({ status }: DeliveryAnswer): boolean {
  return status >= 200 && status < 300
}

/** The answer as a person reads it. */
export function describeAnswer({ status, body, durationMs }: DeliveryAnswer, output: Output): string {
  const isOk = status >= 200 && status < 300
  const shown = body === '' || body === '{}' ? '' : `  ${printable(body)}`
  return `${output.style(isOk ? 'green' : 'red', String(status))}  ${String(durationMs).padStart(4)} ms${shown}`
}

/** What to do about a refusal. */
export function hintOf({ status }: DeliveryAnswer): string | undefined {
  if (status === 401) return 'The webhook has another secret. Set X_CONSUMER_SECRET to the secret of its app.'
  if (status === 404) return 'The webhook has another path. Pass its whole URL with --to.'
  if (status >= 300 && status < 400) return 'X does not follow redirects. Pass the URL that it leads to.'
  return undefined
}

function unreachable(url: string, error: unknown): CliError {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  const message = isTimeout ? `${url} did not answer within 10 seconds.` : `${url} cannot be reached.`
  return new CliError(isTimeout ? 'timeout' : 'unreachable', message, {
    hint: isTimeout
      ? 'X gives up after this time. Answer before the work is done.'
      : 'Start your server, or "x-account-activity dev", or pass another URL with --to.',
    cause: error,
  })
}
