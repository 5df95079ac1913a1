import { type WebhookCheckId, webhookChecks } from './check-titles.ts'
import {
  answeredOf,
  type CrcTry,
  checkConnection,
  checkCrcStatus,
  checkCrcTime,
  checkRedirect,
  tryCrc,
} from './checks/answer.ts'
import { checkClock } from './checks/clock.ts'
import { checkCrcContentType, checkCrcEncoding, checkCrcJson } from './checks/crc-form.ts'
import { checkCrcOracle, checkCrcSecret, checkCrcToken, findCrcSecret, howToGiveSecrets } from './checks/crc-secret.ts'
import {
  checkAccepted,
  checkBodyLimit,
  checkForged,
  checkPieces,
  checkReserialized,
  checkUnsigned,
} from './checks/deliveries.ts'
import { checkDns } from './checks/dns.ts'
import { checkMethod } from './checks/methods.ts'
import { checkTlsChain, checkTlsExpiry } from './checks/tls.ts'
import { checkHttps, checkPort, checkUrl } from './checks/url.ts'
import { type CheckResult, createReport, type DoctorReport, skipped } from './finding.ts'
import { createProbe, type ProbeOptions, type WebhookProbe } from './webhook-probe.ts'

/** The options of {@link diagnoseWebhook}. */
export interface DiagnoseWebhookOptions extends ProbeOptions {
  /**
   * Called with the result of each check when it is there.
   *
   * @defaultValue not called
   */
  readonly onResult?: ((id: WebhookCheckId, result: CheckResult) => void) | undefined
}

/** What the doctor found out about a webhook URL. */
export type WebhookReport = DoctorReport<WebhookCheckId> & { readonly url: string }

/** Notes the result of a check, and returns it. */
type Note = (id: WebhookCheckId, result: CheckResult) => CheckResult

/**
 * Does to a webhook URL what X does, and what a forger might do, and reports each point. The signed deliveries are for an
 * account that does not exist, and contain no events. What the server does is always a finding, never an exception. The
 * whole takes a few seconds, and at most about 75 seconds with a server that does not answer.
 *
 * @throws TypeError or RangeError when the URL is not an absolute http or https URL, or contains a user name or password.
 * @throws the reason of `signal` when it aborts.
 */
export async function diagnoseWebhook(options: DiagnoseWebhookOptions): Promise<WebhookReport> {
  const probe = createProbe(options)
  const results = new Map<WebhookCheckId, CheckResult>()
  const note: Note = (id, result) => {
    results.set(id, result)
    options.onResult?.(id, result)
    return result
  }
  const missing = await examine(probe, note)
  return { url: options.url, ...createReport(webhookChecks, results, missing) }
}

/** Makes the checks. Returns why the others were not made. */
async function examine(probe: WebhookProbe, note: Note): Promise<string> {
  note('url', checkUrl(probe))
  note('https', checkHttps(probe))
  note('port', checkPort(probe))
  if (hasFailed(note('dns', await checkDns(probe)))) return 'X cannot find the host.'
  if (!(await examineTls(probe, note))) return 'There was no TLS connection.'
  const tries = await tryCrc(probe)
  if (hasFailed(note('connection', checkConnection(tries)))) return 'The server does not answer.'
  if (hasFailed(note('redirect', checkRedirect(tries, probe))))
    return 'Run the doctor with the URL that is redirected to.'
  examineClock(tries, note)
  await Promise.all([
    examineCrc(probe, tries, note),
    examineDeliveries(probe, note),
    checkMethod(probe, 'HEAD').then((result) => note('method_head', result)),
    checkMethod(probe, 'OPTIONS').then((result) => note('method_options', result)),
  ])
  return 'The CRC was not answered with 200.'
}

/** Returns whether requests can be sent. */
async function examineTls({ url, inspectTls, now }: WebhookProbe, note: Note): Promise<boolean> {
  if (url.protocol !== 'https:') {
    note('tls_chain', skipped('The URL is http.'))
    note('tls_expiry', skipped('The URL is http.'))
    return true
  }
  const tls = await inspectTls()
  note('tls_chain', checkTlsChain(tls))
  note('tls_expiry', checkTlsExpiry(tls, now()))
  return !('what' in tls)
}

function examineClock(tries: readonly CrcTry[], note: Note): void {
  const samples = tries.flatMap(({ outcome }) =>
    outcome.kind === 'answer' ? { ...outcome, date: outcome.headers.date } : [],
  )
  note('clock', checkClock(samples, 'the server'))
}

async function examineCrc(probe: WebhookProbe, tries: readonly CrcTry[], note: Note): Promise<void> {
  const { secrets } = probe
  note('crc_time', checkCrcTime(tries, probe))
  const isAnswered = tries.at(-1)?.outcome.kind === 'answer'
  if (!isAnswered || hasFailed(note('crc_status', checkCrcStatus(tries)))) return
  const answered = answeredOf(tries)
  note('crc_content_type', checkCrcContentType(answered))
  note('crc_encoding', await checkCrcEncoding(answered, probe))
  if (hasFailed(note('crc_json', checkCrcJson(answered)))) {
    for (const id of ['crc_secret', 'crc_token', 'crc_oracle'] as const) note(id, skipped(notJson))
    return
  }
  const secretResult = note('crc_secret', checkCrcSecret(answered, secrets))
  note('crc_oracle', await checkCrcOracle(probe, answered))
  note(
    'crc_token',
    hasFailed(secretResult)
      ? skipped('The answers are made with another secret.')
      : await checkCrcToken(probe, findCrcSecret(answered, secrets)),
  )
}

const notJson = 'The answer does not have the form of a CRC answer.'

async function examineDeliveries(probe: WebhookProbe, note: Note): Promise<void> {
  await Promise.all([
    checkUnsigned(probe).then((result) => note('unsigned_refused', result)),
    checkForged(probe).then((result) => note('forged_refused', result)),
    examineSigned(probe, note),
  ])
}

async function examineSigned(probe: WebhookProbe, note: Note): Promise<void> {
  const { consumerSecret, clientSecret } = probe.secrets
  if (consumerSecret === undefined && clientSecret === undefined) {
    for (const id of ['reserialized_refused', 'delivery_accepted', 'delivery_pieces', 'body_limit'] as const) {
      note(id, skipped('no secret to sign with', howToGiveSecrets))
    }
    return
  }
  const [accepted] = await Promise.all([
    checkAccepted(probe).then((result) => note('delivery_accepted', result)),
    checkReserialized(probe).then((result) => note('reserialized_refused', result)),
  ])
  if (hasFailed(accepted)) {
    for (const id of ['delivery_pieces', 'body_limit'] as const) note(id, skipped('A signed delivery is not accepted.'))
    return
  }
  await Promise.all([
    checkPieces(probe).then((result) => note('delivery_pieces', result)),
    checkBodyLimit(probe).then((result) => note('body_limit', result)),
  ])
}

function hasFailed({ status }: CheckResult): boolean {
  return status === 'fail'
}
