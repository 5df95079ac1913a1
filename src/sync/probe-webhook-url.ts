import type { CrcSigner } from '../client/crc-signers.ts'
import { readBody } from '../http/read-body.ts'
import { parseJson } from '../http/read-problems.ts'

/** How a URL is probed. */
export interface ProbeOptions {
  /** Signs as X does. Without it, only the form of the answer is checked. */
  readonly sign: CrcSigner | undefined
  /** The OAuth 2.0 client secret of the app, with which a receiver may answer as well. */
  readonly clientSecret: string | undefined
  readonly signal: AbortSignal | undefined
}

const probeTimeoutMs = 5_000
/** A CRC answer has about 70 bytes. */
const maxAnswerBytes = 10_000

/**
 * Sends a CRC request as X does, and checks the answer. A URL that this machine cannot reach passes, because X may reach
 * it.
 *
 * @returns What is wrong with the answer, as a clause: `it responded with HTTP 404`. `undefined` if nothing is wrong.
 * @throws the reason of `signal` when it aborts.
 */
export async function probeWebhookUrl(
  url: string,
  { sign, clientSecret, signal }: ProbeOptions,
): Promise<string | undefined> {
  const probe = new URL(url)
  const token = crypto.randomUUID()
  probe.searchParams.set('crc_token', token)
  probe.searchParams.set('nonce', crypto.randomUUID())
  const query = probe.search.slice(1)
  const headers: Record<string, string> = {
    ...(sign && { 'x-twitter-webhooks-signature': sign(query) }),
    ...(sign && clientSecret !== undefined && { 'x-twitter-webhooks-signature-oauth2': sign(query, clientSecret) }),
  }
  const answer = await fetchAnswer(probe, headers, signal)
  signal?.throwIfAborted()
  if (answer === undefined) return undefined
  if (answer.status !== 200) return `it responded with HTTP ${answer.status}`
  const { response_token: given } = Object(parseJson(answer.text)) as { response_token?: unknown }
  if (typeof given !== 'string') return 'the body of its answer is not JSON with a "response_token"'
  if (!/^sha256=[A-Za-z0-9+/]{43}=$/.test(given)) return 'its "response_token" is not "sha256=" and an HMAC in base64'
  if (sign === undefined) return undefined
  const expected = [sign(token), ...(clientSecret === undefined ? [] : [sign(token, clientSecret)])]
  if (expected.includes(given)) return undefined
  return clientSecret === undefined
    ? 'its "response_token" is not made with the consumer secret of this client. If the receiver answers with the OAuth 2.0 client secret, pass that as the option "clientSecret"'
    : 'its "response_token" is made neither with the consumer secret of this client nor with the option "clientSecret"'
}

async function fetchAnswer(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<{ readonly status: number; readonly text: string } | undefined> {
  const ended = AbortSignal.any([AbortSignal.timeout(probeTimeoutMs), ...(signal === undefined ? [] : [signal])])
  try {
    const response = await fetch(url, { redirect: 'manual', headers, signal: ended })
    const { text } = await readBody(response, maxAnswerBytes, ended)
    return { status: response.status, text }
  } catch {
    return undefined
  }
}
