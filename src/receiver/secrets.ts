import { assertSecret } from '../internal/assert.ts'
import { type Awaitable, isPromise } from '../internal/awaitable.ts'
import type { Clock } from '../internal/clock.ts'
import { settleWithin } from '../internal/timers.ts'
import { createSignatureCheck, type SignatureCheck } from '../webhook/verify-signature.ts'
import type { Secret, SecretSource } from './receiver-options.ts'

/** The secrets of one kind at this moment. */
export interface Secrets {
  /** The one that answers the CRC. */
  readonly first: string
  /** Whether any of them signed a body. */
  readonly check: SignatureCheck
}

/** Where the secrets of one kind come from. */
export interface SecretProvider {
  /** The secrets, when they are known without waiting. */
  readonly current: () => Secrets | undefined
  /** The secrets, fetched if need be. */
  readonly fetch: () => Promise<Secrets>
  /** Newer secrets for a signature that does not match, or `undefined` when there are none, or it is too early to ask. */
  readonly fetchNewer: (() => Promise<Secrets | undefined>) | undefined
}

/** How fetched secrets are kept. */
export interface SecretCaching {
  readonly ttlMs: number
  readonly timeoutMs: number
  readonly now: Clock
}

/** A function that fetches a secret did not answer in time. */
export class SecretTimeoutError extends Error {
  override readonly name = 'SecretTimeoutError'
}

/** Forged requests must not make anyone ask a vault more often than this. */
const newerAfterMs = 5_000

/** Reads a secret option. A secret given as a text is checked now, one that a function returns when it is fetched. */
export function createSecretProvider(source: SecretSource, label: string, caching: SecretCaching): SecretProvider {
  if (typeof source === 'function') return createFetchingProvider(source, label, caching)
  const secrets = readSecrets(source, label)
  return { current: () => secrets, fetch: async () => secrets, fetchNewer: undefined }
}

/** A secret that is returned is used once. One that is promised is kept for a while, because it comes from elsewhere. */
function createFetchingProvider(
  source: () => Awaitable<Secret>,
  label: string,
  { ttlMs, timeoutMs, now }: SecretCaching,
): SecretProvider {
  const read = createSecretReader(label)
  let known: { readonly secrets: Secrets; readonly at: number } | undefined
  let running: Promise<Secrets> | undefined
  let askedAt = Number.NEGATIVE_INFINITY

  const keep = async (promised: PromiseLike<Secret>): Promise<Secrets> => {
    const timeoutError = () => new SecretTimeoutError(`The function "${label}" did not answer within ${timeoutMs} ms.`)
    try {
      const secrets = read(await settleWithin(promised, timeoutMs, timeoutError))
      known = { secrets, at: now() }
      return secrets
    } finally {
      running = undefined
    }
  }

  /** Asks the source. One promise serves all who wait for it. */
  const ask = (): Awaitable<Secrets> => {
    if (running !== undefined) return running
    const answer = source()
    if (!isPromise(answer)) return read(answer)
    askedAt = now()
    running = keep(answer)
    // The delivery that asked may be refused before it waits for the secret.
    running.catch(() => {})
    return running
  }

  const knownOrAsk = () => (known !== undefined && now() - known.at < ttlMs ? known.secrets : ask())

  return {
    current: () => {
      const secrets = knownOrAsk()
      return isPromise(secrets) ? undefined : secrets
    },
    fetch: async () => knownOrAsk(),
    fetchNewer: async () => {
      if (known === undefined || now() - askedAt < newerAfterMs) return undefined
      const before = known.secrets
      const secrets = await ask()
      return secrets === before ? undefined : secrets
    },
  }
}

/** The secrets that a text or texts are, checked. */
export function readSecrets(secret: Secret, label: string): Secrets {
  return prepare(checkSecret(secret, label))
}

/** Prepares secrets only when they have changed since the last time. */
function createSecretReader(label: string): (secret: Secret) => Secrets {
  let texts: readonly string[] = []
  let secrets: Secrets | undefined
  return (secret) => {
    const next = checkSecret(secret, label)
    const isSame = next.length === texts.length && next.every((text, index) => text === texts[index])
    if (secrets === undefined || !isSame) secrets = prepare(next)
    texts = next
    return secrets
  }
}

function prepare(texts: readonly string[]): Secrets {
  const [first = ''] = texts
  return { first, check: createSignatureCheck(texts) }
}

function checkSecret(secret: Secret, label: string): readonly string[] {
  const texts = typeof secret === 'string' ? [secret] : secret
  if (!Array.isArray(texts)) throw new TypeError(`"${label}" must be a string, an array of strings or a function`)
  if (texts.length === 0) throw new RangeError(`"${label}" must hold at least one secret`)
  for (const text of texts) assertSecret(text, label)
  return [...texts]
}
