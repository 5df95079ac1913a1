import { type CheckResult, doubtful, fail, pass } from '../finding.ts'
import type { Outcome } from '../probe/send-request.ts'
import { type Secrets, signaturesOf, type WebhookProbe } from '../webhook-probe.ts'
import { byteByByte, largeDelivery, reserialized, splitInCharacter, testDelivery } from './test-delivery.ts'

const rawBodyFix =
  'Verify the signature over the bytes as they were received, before any body parser: see the guide "Deploying".'

/** A delivery without a signature must be refused. */
export async function checkUnsigned({ sendDelivery }: WebhookProbe): Promise<CheckResult> {
  const outcome = await sendDelivery({ pieces: [testDelivery()], signatures: {} })
  return judgeRefusal(
    outcome,
    'Refuse a delivery without the header x-twitter-webhooks-signature: everyone can send one.',
  )
}

/** A delivery that is signed with another secret must be refused. */
export async function checkForged({ sendDelivery, secrets }: WebhookProbe): Promise<CheckResult> {
  const body = testDelivery()
  const forged = {
    consumerSecret: crypto.randomUUID(),
    ...(secrets.clientSecret !== undefined && { clientSecret: crypto.randomUUID() }),
  }
  const outcome = await sendDelivery({ pieces: [body], signatures: signaturesOf(body, forged) })
  return judgeRefusal(
    outcome,
    'Compare the signature with the HMAC of the body: verifySignature of this package does it.',
  )
}

/** A delivery that is signed over other bytes than it is sent as must be refused. */
export async function checkReserialized({ sendDelivery, secrets }: WebhookProbe): Promise<CheckResult> {
  const body = testDelivery()
  const outcome = await sendDelivery({ pieces: [body], signatures: signaturesOf(reserialized(body), secrets) })
  return judgeRefusal(outcome, rawBodyFix)
}

function judgeRefusal(outcome: Outcome, fix: string): CheckResult {
  if (outcome.kind !== 'answer') return doubtful(outcome.what, `Answer such a delivery with HTTP 401. ${fix}`)
  const { status } = outcome
  if (status >= 200 && status < 300) return fail(`accepted with HTTP ${status}`, fix)
  if (status >= 500)
    return doubtful(`HTTP ${status}`, 'Answer such a delivery with HTTP 401: a 5xx looks like an outage.')
  return pass(`refused with HTTP ${status}`)
}

const slowMs = 3_000

/** A delivery that is signed as X signs must be answered with exactly 200. */
export async function checkAccepted(probe: WebhookProbe): Promise<CheckResult> {
  const outcome = await sendSigned(probe, testDelivery())
  if (outcome.kind !== 'answer') {
    return fail(outcome.what, 'Answer deliveries within 10 seconds, before slow work: store them first.')
  }
  const { status, durationMs } = outcome
  const seen = `HTTP ${status} in ${Math.round(durationMs)} ms`
  if (status !== 200) return fail(seen, fixOfStatus(status))
  if (durationMs <= slowMs) return pass(seen)
  return doubtful(seen, 'Answer before slow work: the older API waits 3 seconds, v2 waits 10 seconds.')
}

function fixOfStatus(status: number): string {
  if (status === 401 || status === 403) {
    return `Compare the secret of the server with that of the app, and let the path pass the login and the firewall. ${rawBodyFix}`
  }
  if (status === 404 || status === 405) return 'Route POST to the webhook: X sends deliveries with POST.'
  if (status > 200 && status < 300) return 'Answer with exactly 200: for X, every other status means "not received".'
  if (status >= 500) return `Look at the log of the server. ${rawBodyFix}`
  return `Answer a delivery with exactly 200. ${rawBodyFix}`
}

/** The network delivers a body in pieces of any size. */
export async function checkPieces(probe: WebhookProbe): Promise<CheckResult> {
  const body = testDelivery()
  const ways = { 'byte by byte': byteByByte(body), 'split within a character': splitInCharacter(body) }
  const problems = await Promise.all(
    Object.entries(ways).map(async ([way, pieces]) => {
      const problem = problemOf(await sendSigned(probe, body, pieces))
      return problem === undefined ? [] : [`${way}: ${problem}`]
    }),
  )
  const [problem] = problems.flat()
  if (problem === undefined) return pass('byte by byte, and split within a character')
  return fail(
    problem,
    'Collect the bytes of all pieces before they become text: Buffer.concat(chunks), not text += chunk.',
  )
}

/** A body like that of a long post that quotes another one, with its characters escaped. */
const likelyBytes = 256 * 1_024
const largeBytes = 1_000_000

/** A large delivery must be accepted. */
export async function checkBodyLimit(probe: WebhookProbe): Promise<CheckResult> {
  const large = problemOf(await sendSigned(probe, largeDelivery(largeBytes)))
  if (large === undefined) return pass('1 MB')
  const likely = problemOf(await sendSigned(probe, largeDelivery(likelyBytes)))
  const fix =
    'Raise the limit of the body to 1 MiB, in the server and in the proxy: long posts come with every character escaped. express.raw has a limit of 100 kB by default.'
  return likely === undefined ? doubtful(`256 KiB; 1 MB: ${large}`, fix) : fail(`256 KiB: ${likely}`, fix)
}

function problemOf(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'answer') return outcome.what
  return outcome.status === 200 ? undefined : `HTTP ${outcome.status}`
}

function sendSigned(
  { sendDelivery, secrets }: { readonly sendDelivery: WebhookProbe['sendDelivery']; readonly secrets: Secrets },
  body: Uint8Array,
  pieces: readonly Uint8Array[] = [body],
): Promise<Outcome> {
  return sendDelivery({ pieces, signatures: signaturesOf(body, secrets) })
}
