import { type CheckResult, fail, pass, skipped } from '../finding.ts'
import type { WebhookProbe } from '../webhook-probe.ts'

const longestUrl = 200

/**
 * X accepts URLs of 1 to 200 characters.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 */
export function checkUrl({ written }: WebhookProbe): CheckResult {
  if (written.length > longestUrl) {
    return fail(`${written.length} characters`, `Use a URL of at most ${longestUrl} characters: X refuses longer ones.`)
  }
  if (written.includes('#')) return fail('a fragment (#)', 'Remove the part from # on: it is never sent to a server.')
  return pass(written)
}

/** X calls only https URLs. */
export function checkHttps({ url, isLoopback }: WebhookProbe): CheckResult {
  if (isLoopback) return skipped(notOnLoopback)
  if (url.protocol === 'https:') return pass('https')
  return fail('http', 'Serve the webhook over https with a trusted certificate, and register that URL.')
}

/** X does not accept a URL with a port. */
export function checkPort({ written, isLoopback }: WebhookProbe): CheckResult {
  if (isLoopback) return skipped(notOnLoopback)
  const [, port] = /^[^/]*\/\/[^/?#]*:(\d+)(?:[/?#]|$)/.exec(written) ?? []
  if (port === undefined) return pass('no port')
  return fail(
    `port ${port}`,
    'Serve the webhook on port 443, and leave the port out of the URL: X refuses URLs with a port.',
  )
}

const notOnLoopback = 'The host is this machine. X needs a public https URL without a port.'
