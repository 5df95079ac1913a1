import { type CheckResult, doubtful, fail, pass } from '../finding.ts'
import type { Answer, Outcome } from '../probe/send-request.ts'
import type { WebhookProbe } from '../webhook-probe.ts'

/** A CRC request with what came of it. */
export interface CrcTry {
  readonly token: string
  readonly outcome: Outcome
}

/** A CRC request that was answered with 200. */
export interface AnsweredCrc {
  readonly token: string
  readonly answer: Answer
}

/** Sends CRC requests one after the other. The first one that is not answered with 200 is the last. */
export async function tryCrc({ sendCrc, limits }: WebhookProbe): Promise<readonly CrcTry[]> {
  const tries: CrcTry[] = []
  while (tries.length < limits.tries) {
    const token = crypto.randomUUID()
    const outcome = await sendCrc(token)
    tries.push({ token, outcome })
    if (outcome.kind !== 'answer' || outcome.status !== 200) break
  }
  return tries
}

/** The tries that were answered with 200. */
export function answeredOf(tries: readonly CrcTry[]): readonly AnsweredCrc[] {
  return tries.flatMap(({ token, outcome }) =>
    outcome.kind === 'answer' && outcome.status === 200 ? [{ token, answer: outcome }] : [],
  )
}

/** The server must be reachable, and must answer with valid HTTP. */
export function checkConnection(tries: readonly CrcTry[]): CheckResult {
  const outcome = tries.at(-1)?.outcome
  if (outcome === undefined) return fail('nothing was sent', 'Run the doctor again.')
  if (outcome.kind === 'answer') return pass('the server answers')
  if (outcome.kind === 'timeout' && outcome.isConnected) return pass('connected')
  return fail(
    outcome.what,
    outcome.isConnected
      ? 'Look at the log of the server, and of the proxy in front of it: the request arrives, but is not answered completely.'
      : 'Start the server, and open its port in the firewall.',
  )
}

/** X does not follow redirects: a redirect makes the webhook invalid immediately. */
export function checkRedirect(tries: readonly CrcTry[], { url }: WebhookProbe): CheckResult {
  const redirect = tries.map(({ outcome }) => outcome).find(isRedirect)
  if (redirect === undefined) return pass('no redirect')
  const { location } = redirect.headers
  if (location === undefined) {
    return fail(`HTTP ${redirect.status}`, 'Answer with 200: X does not follow redirects.')
  }
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined
  const seen = `HTTP ${redirect.status} to ${target === undefined ? location : withoutCrc(target)}`
  return fail(seen, fixOfRedirect(url, target))
}

/** Whether an outcome is a redirect. */
export function isRedirect(outcome: Outcome): outcome is Answer {
  return outcome.kind === 'answer' && outcome.status >= 300 && outcome.status < 400
}

function fixOfRedirect(from: URL, to: URL | undefined): string {
  const rule = 'X does not follow redirects.'
  if (to === undefined) return `Answer with 200: ${rule}`
  const isSameHost = from.host === to.host
  if (isSameHost && to.pathname === `${from.pathname}/`) {
    return `The URL lacks the trailing slash that the server wants. Register ${withoutCrc(to)}, or serve the path without it. ${rule}`
  }
  if (isSameHost && from.pathname === `${to.pathname}/`) {
    return `The server does not want the trailing slash of the URL. Register ${withoutCrc(to)}, or serve the path with it. ${rule}`
  }
  if (from.protocol === 'http:' && to.protocol === 'https:') return `Register the https URL: ${withoutCrc(to)}. ${rule}`
  return `Register the final URL, or let the route of the webhook pass without a login. ${rule}`
}

function withoutCrc(url: URL): string {
  const plain = new URL(url)
  plain.searchParams.delete('crc_token')
  plain.searchParams.delete('nonce')
  return plain.href
}

/** A CRC must be answered with exactly 200. */
export function checkCrcStatus(tries: readonly CrcTry[]): CheckResult {
  const outcome = tries.at(-1)?.outcome
  if (outcome?.kind !== 'answer' || outcome.status === 200)
    return pass(`HTTP 200, ${count(answeredOf(tries).length, 'time')}`)
  const seen = tries.length === 1 ? `HTTP ${outcome.status}` : `HTTP ${outcome.status} at request ${tries.length}`
  return fail(seen, fixOfStatus(outcome.status))
}

function fixOfStatus(status: number): string {
  if (status === 401 || status === 403) {
    return 'Let the path of the webhook pass the login, the firewall and the bot protection. A receiver with crc: "signed" needs the secrets here too.'
  }
  if (status === 404)
    return 'Check the path, and route GET to the webhook: X sends the CRC with GET and deliveries with POST.'
  if (status === 405) return 'Route GET to the webhook: X sends the CRC with GET and deliveries with POST.'
  if (status >= 500) return 'Look at the log of the server. A secret that is not set at run time is a frequent cause.'
  return 'Answer a CRC with exactly 200.'
}

const slowMs = 1_000

/** A CRC must be answered within 3 seconds. */
export function checkCrcTime(tries: readonly CrcTry[], { limits }: WebhookProbe): CheckResult {
  const late = tries.find(({ outcome }) => outcome.kind === 'timeout')
  if (late !== undefined) {
    const position = tries.length === 1 ? '' : `, at request ${tries.length}`
    return fail(
      `no answer within ${limits.crcMs} ms${position}`,
      'Answer the CRC before any other work. A sleeping or cold instance is a frequent cause: keep one instance running.',
    )
  }
  const durations = answeredOf(tries)
    .map(({ answer }) => answer.durationMs)
    .sort((a, b) => a - b)
  const longest = durations.at(-1) ?? 0
  const seen = `p50 ${percentile(durations, 50)} ms, p90 ${percentile(durations, 90)} ms, max ${Math.round(longest)} ms of ${count(durations.length, 'request')}`
  if (longest > limits.crcMs) return fail(seen, 'Answer the CRC before any other work: X waits 3 seconds.')
  if (longest <= slowMs) return pass(seen)
  return doubtful(
    seen,
    'X waits 3 seconds, and its network is not yours: answer within 1 second. Keep one instance running.',
  )
}

/** The nearest rank of sorted values. */
function percentile(sorted: readonly number[], percent: number): number {
  return Math.round(sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0)
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}
