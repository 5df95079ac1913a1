import { assertSecret } from '../internal/assert.ts'
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
}

/** Reads a secret option. A secret given as a text is checked now, one that a function returns each time it is fetched. */
export function createSecretProvider(source: SecretSource, label: string): SecretProvider {
  if (typeof source !== 'function') {
    const secrets = readSecrets(source, label)
    return { current: () => secrets, fetch: async () => secrets }
  }
  const read = createSecretReader(label)
  return { current: () => undefined, fetch: async () => read(await source()) }
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
