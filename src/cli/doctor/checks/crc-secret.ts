import { createHmac } from 'node:crypto'
import { signBody } from '../../../entries/webhook.ts'
import { type CheckResult, doubtful, fail, pass, skipped } from '../finding.ts'
import type { Answer, Outcome } from '../probe/send-request.ts'
import type { Secrets, WebhookProbe } from '../webhook-probe.ts'
import type { AnsweredCrc } from './answer.ts'
import { readResponseToken } from './crc-form.ts'

/** How to give the secrets to the doctor. */
export const howToGiveSecrets =
  'Set X_CONSUMER_SECRET, and X_CLIENT_SECRET if the app has an OAuth 2.0 client secret, in the environment or in a file that --env names.'

/** The secret that the answers to a CRC are made with. `undefined` when it is another secret. */
export function findCrcSecret(answered: readonly AnsweredCrc[], secrets: Secrets): string | undefined {
  return [secrets.clientSecret, secrets.consumerSecret].find(
    (secret) => secret !== undefined && answered.length > 0 && answered.every((crc) => isAnsweredWith(crc, secret)),
  )
}

function isAnsweredWith({ token, answer }: AnsweredCrc, secret: string): boolean {
  return tokenOf(answer) === signBody(token, secret)
}

function tokenOf(answer: Answer): string | undefined {
  const read = readResponseToken(answer)
  return 'token' in read ? read.token : undefined
}

/** The answer must be made with the client secret when the app has one, otherwise with the consumer secret. */
export function checkCrcSecret(answered: readonly AnsweredCrc[], secrets: Secrets): CheckResult {
  const { consumerSecret, clientSecret } = secrets
  if (consumerSecret === undefined && clientSecret === undefined) {
    return skipped('no secret to check the answer with', howToGiveSecrets)
  }
  const found = findCrcSecret(answered, secrets)
  if (found === undefined) return fail(...explainWrongAnswer(answered, secrets))
  if (found === clientSecret) return pass('the client secret (OAuth 2.0)')
  if (clientSecret === undefined) return pass('the consumer secret (API key secret)')
  return doubtful(
    'the consumer secret (API key secret)',
    'X checks the CRC with the OAuth 2.0 client secret when the app has one: pass "clientSecret" to the receiver.',
  )
}

/** What is wrong with an answer, and how to mend it. Frequent mistakes are tried one after the other. */
function explainWrongAnswer(answered: readonly AnsweredCrc[], secrets: Secrets): readonly [seen: string, fix: string] {
  const tokens = answered.flatMap(({ answer }) => tokenOf(answer) ?? [])
  if (tokens.length > 1 && new Set(tokens).size === 1) {
    return [
      'the same answer to different tokens',
      'Do not cache the answer: send cache-control: no-store, and exclude the path from the cache of the proxy.',
    ]
  }
  for (const [name, secret] of [
    ['consumer secret', secrets.consumerSecret],
    ['client secret', secrets.clientSecret],
  ] as const) {
    if (secret === undefined) continue
    if (answered.some((crc) => isAnsweredWith(crc, secret))) {
      return [
        `the ${name} in some answers, another secret in others`,
        'Give every instance of the server the same secret.',
      ]
    }
    const mistake = mistakesWith(secret).find(([, wrong]) => answered.every((crc) => isMadeWith(crc, wrong)))
    if (mistake) return [`the ${name} ${mistake[0]}`, 'Correct the value in the environment of the server.']
  }
  const isClientSecretKnown = secrets.clientSecret !== undefined
  const known = [
    secrets.consumerSecret === undefined ? [] : 'X_CONSUMER_SECRET',
    isClientSecretKnown ? 'X_CLIENT_SECRET' : [],
  ]
  return [
    `another secret than ${known.flat().join(' and ')}`,
    `Compare the secret of the server with that of the app that owns the webhook in the developer portal. It is not the bearer token and not the access token secret.${isClientSecretKnown ? '' : ' If the app has an OAuth 2.0 client secret, set X_CLIENT_SECRET here too.'}`,
  ]
}

/** Secrets as they often get into an environment. */
function mistakesWith(secret: string): readonly (readonly [what: string, wrong: string])[] {
  return [
    ['with a line break at its end', `${secret}\n`],
    ['with a carriage return at its end', `${secret}\r`],
    ['with a space at its end', `${secret} `],
    ['with a space at its beginning', ` ${secret}`],
    ['in double quotes', `"${secret}"`],
    ['in single quotes', `'${secret}'`],
    ['percent-encoded', encodeURIComponent(secret)],
  ]
}

/** `signBody` refuses a secret with white space around it, so the HMAC is computed directly. */
function isMadeWith({ token, answer }: AnsweredCrc, secret: string): boolean {
  return tokenOf(answer) === `sha256=${createHmac('sha256', secret).update(token).digest('base64')}`
}

/** Tokens of X have been seen as UUIDs, in base64, and as short words in the documentation. */
export async function checkCrcToken({ sendCrc }: WebhookProbe, secret: string | undefined): Promise<CheckResult> {
  const base64 = `${btoa(crypto.randomUUID()).slice(0, 40)}+/8=`
  for (const [form, token] of [
    ['in base64, with "+", "/" and "="', base64],
    ['a UUID', crypto.randomUUID()],
  ] as const) {
    const problem = problemOfAnswer(await sendCrc(token), token, secret)
    if (problem !== undefined) {
      return fail(
        `a token ${form}: ${problem}`,
        'Decode the query exactly once, and sign the token as it is then: letters, digits and - _ . ~ + / : =.',
      )
    }
  }
  const problem = problemOfAnswer(await sendCrc('foo'), 'foo', secret)
  if (problem === undefined) return pass('UUID, base64 and short tokens are answered')
  return doubtful(`a short token: ${problem}`, 'Do not require a minimum length: the documentation of X uses "foo".')
}

function problemOfAnswer(outcome: Outcome, token: string, secret: string | undefined): string | undefined {
  if (outcome.kind !== 'answer') return outcome.what
  if (outcome.status !== 200) return `HTTP ${outcome.status}`
  const read = readResponseToken(outcome)
  if ('seen' in read) return read.seen
  return secret === undefined || read.token === signBody(token, secret)
    ? undefined
    : 'the answer is the HMAC of another text'
}

/** Bodies of deliveries, as a forger would send them as a token. */
const forgeries = [
  '{"for_user_id":"9223372036854775807","follow_events":[]}',
  '\n [{"for_user_id":"9223372036854775807","follow_events":[]}]',
]

/**
 * The CRC is answered with the HMAC that also signs deliveries. A server that answers any text signs forged deliveries
 * for everyone.
 *
 * @see https://github.com/vercel/chat/issues/775
 */
export async function checkCrcOracle(
  { sendCrc }: WebhookProbe,
  answered: readonly AnsweredCrc[],
): Promise<CheckResult> {
  // A cached answer is not a signature of the forgery.
  const cached = answered.flatMap(({ answer }) => tokenOf(answer) ?? [])
  const outcomes: Outcome[] = []
  for (const forgery of forgeries) {
    const outcome = await sendCrc(forgery, { isSigned: false })
    outcomes.push(outcome)
    if (outcome.kind !== 'answer' || outcome.status !== 200) continue
    const token = tokenOf(outcome)
    if (token === undefined || cached.includes(token)) continue
    return fail(
      'the body of a delivery is signed when it comes as crc_token',
      'Answer only tokens that have the form of X’s, as answerCrc of this package does: otherwise everyone can get the signature of a forged delivery.',
    )
  }
  const [first] = outcomes
  if (first?.kind === 'answer') return pass(`refused with HTTP ${first.status}`)
  return doubtful(first?.what ?? 'nothing was sent', 'Refuse such a token with HTTP 400.')
}
