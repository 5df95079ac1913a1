import { hmacSha256 } from '#hmac'
import { signBody } from '../webhook/sign-body.ts'
import type { Platform } from './platform.ts'
import type { WebhookState } from './state.ts'
import { describe, within } from './within.ts'

/** How a challenge ended. */
export type CrcResult =
  | { readonly passed: true }
  | {
      readonly passed: false
      /** Why, in the words behind `CrcValidationFailed:`. */
      readonly details: string
      /** Whether X takes the webhook for broken at once; other failures may pass. */
      readonly invalidates: boolean
    }

const timeoutMs = 3000

/**
 * Asks a webhook URL whether its owner knows the consumer secret of the app.
 *
 * Wrong tokens and redirects invalidate a webhook; other statuses, silence and lost connections do not.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export async function challenge(
  platform: Platform,
  { url, secret }: { url: string; secret: string },
): Promise<CrcResult> {
  const token = platform.newCrcToken()
  const query = `crc_token=${encodeURIComponent(token)}&nonce=${encodeURIComponent(platform.newCrcToken())}`
  const headers = {
    'user-agent': 'x-account-activity-emulator',
    'x-twitter-webhooks-signature': signBody(query, secret),
  }
  try {
    return await within({ ms: timeoutMs, now: () => platform.clock.now() }, async (signal) => {
      const request = new Request(withQuery(url, query), { headers, redirect: 'manual', signal })
      const response = await platform.send(request)
      return judge(response, await response.text(), `sha256=${hmacSha256(secret, token)}`)
    })
  } catch (error) {
    return failed(describe(error))
  }
}

/** A challenge of a registered webhook, which may be invalid afterwards. */
export async function challengeWebhook(platform: Platform, webhook: WebhookState, secret: string): Promise<CrcResult> {
  const result = await challenge(platform, { url: webhook.url, secret })
  if (!result.passed && result.invalidates) webhook.valid = false
  return result
}

function judge({ status, type }: Response, body: string, wanted: string): CrcResult {
  // In a browser, a redirect that is not followed has no status.
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return failed('Redirects are not followed', true)
  if (status < 200 || status > 299) return failed(`Status ${status}`)
  return responseToken(body) === wanted ? { passed: true } : failed('Invalid `response_token`', true)
}

function failed(error: string, invalidates = false): CrcResult {
  return { passed: false, details: `URL returned bad response during CRC with error: ${error}`, invalidates }
}

function responseToken(body: string): unknown {
  try {
    return (JSON.parse(body) as { response_token?: unknown } | null)?.response_token
  } catch {
    return undefined
  }
}

/** The URL keeps the query that it has; a fragment never leaves the one who asks. */
function withQuery(url: string, query: string): string {
  const whole = new URL(url)
  whole.hash = ''
  whole.search = whole.search === '' ? query : `${whole.search}&${query}`
  return whole.href
}
