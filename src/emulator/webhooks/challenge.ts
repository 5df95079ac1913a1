import { hmacSha256 } from '#hmac'
import { signBody } from '../../webhook/sign-body.ts'
import { describeError, isCertificateError } from '../outbox/connection-errors.ts'
import type { AppSecrets } from '../outbox/outbox.ts'
import { ResponseTimeoutError, withTimeout } from '../outbox/timeout.ts'
import type { Platform } from '../platform.ts'
import type { WebhookState } from '../state/tables.ts'
import { EncodingError, readCrcBody } from './crc-body.ts'

/** What was wrong with the answer to a challenge, or with the connection. */
export type CrcFault = 'token' | 'redirect' | 'status' | 'encoding' | 'certificate' | 'late' | 'connection'

/** The result of a challenge. */
export type CrcResult =
  | { readonly passed: true }
  | {
      readonly passed: false
      readonly fault: CrcFault
      /** The reason, in the words that X writes after `CrcValidationFailed:`. */
      readonly details: string
      /** Whether the webhook becomes invalid immediately. After the other faults X waits for 28 hours. */
      readonly invalidates: boolean
    }

const timeoutMs = 3000

/**
 * Challenges a webhook URL: it must answer with a token that is signed with the OAuth 2.0 client secret of the app, or
 * with the consumer secret when the app has none.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export async function challenge(
  platform: Platform,
  { url, secrets }: { url: string; secrets: AppSecrets },
): Promise<CrcResult> {
  const token = platform.newCrcToken()
  const query = `crc_token=${encodeURIComponent(token)}&nonce=${encodeURIComponent(platform.newCrcToken())}`
  const { consumerSecret, clientSecret } = secrets
  const headers = {
    'user-agent': 'x-account-activity-emulator',
    'x-twitter-webhooks-signature': signBody(query, consumerSecret),
    ...(clientSecret !== undefined && { 'x-twitter-webhooks-signature-oauth2': signBody(query, clientSecret) }),
  }
  try {
    return await withTimeout({ ms: timeoutMs, now: () => platform.clock.now() }, async (signal) => {
      const request = new Request(appendQuery(url, query), { headers, redirect: 'manual', signal })
      const response = await platform.send(request, signal)
      const body = await readCrcBody(response)
      return evaluateResponse(response, body, `sha256=${hmacSha256(clientSecret ?? consumerSecret, token)}`)
    })
  } catch (error) {
    return failure(classifyError(error), describeError(error))
  }
}

/**
 * Challenges a registered webhook, and updates whether it is valid. A challenge that fails makes it invalid immediately,
 * or when it has passed none for 28 hours: the fault decides.
 */
export async function challengeWebhook(
  platform: Platform,
  webhook: WebhookState,
  secrets: AppSecrets,
): Promise<CrcResult> {
  const result = await challenge(platform, { url: webhook.url, secrets })
  if (result.passed) {
    webhook.valid = true
    webhook.validatedAt = platform.clock.now()
  } else if (result.invalidates) webhook.valid = false
  else scheduleInvalidation(platform, webhook)
  return result
}

/** Makes the webhook invalid later, unless it passes a challenge before. */
function scheduleInvalidation({ scheduler, crcSchedule }: Platform, webhook: WebhookState): void {
  const { validatedAt } = webhook
  scheduler.schedule(validatedAt + crcSchedule.validForMs + crcSchedule.graceMs + 1, () => {
    if (webhook.validatedAt === validatedAt) webhook.valid = false
  })
}

function evaluateResponse({ status, type }: Response, body: string, expected: string): CrcResult {
  // In a browser, a redirect that is not followed has the status 0.
  if (type === 'opaqueredirect' || (status >= 300 && status < 400))
    return failure('redirect', 'Redirects are not followed')
  if (status < 200 || status > 299) return { ...failure('status', `Status ${status}`), invalidates: status > 599 }
  return readResponseToken(body) === expected ? { passed: true } : failure('token', 'Invalid `response_token`')
}

function classifyError(error: unknown): CrcFault {
  if (error instanceof ResponseTimeoutError) return 'late'
  if (error instanceof EncodingError) return 'encoding'
  return isCertificateError(error) ? 'certificate' : 'connection'
}

const invalidatingFaults: readonly CrcFault[] = ['token', 'redirect', 'encoding', 'certificate']

function failure(fault: CrcFault, error: string): Extract<CrcResult, { passed: false }> {
  const details = `URL returned bad response during CRC with error: ${error}`
  return { passed: false, fault, details, invalidates: invalidatingFaults.includes(fault) }
}

function readResponseToken(body: string): unknown {
  try {
    return (JSON.parse(body) as { response_token?: unknown } | null)?.response_token
  } catch {
    return undefined
  }
}

/** Adds to the query that the URL has. A fragment is not sent. */
function appendQuery(url: string, query: string): string {
  const full = new URL(url)
  full.hash = ''
  full.search = full.search === '' ? query : `${full.search}&${query}`
  return full.href
}
