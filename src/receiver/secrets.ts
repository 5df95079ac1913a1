import { assertSecret } from '../internal/assert.ts'
import type { Secret, SecretSource } from './receiver-options.ts'

/** Fetches the secrets of one kind, checked; the first is the one that answers the CRC. */
export type Secrets = () => readonly string[] | Promise<readonly string[]>

/** A secret that stands in the options is checked at once; one that has to be fetched, each time it is. */
export function readSecretSource(source: SecretSource, label: string): Secrets {
  if (typeof source !== 'function') {
    const secrets = checkSecret(source, label)
    return () => secrets
  }
  return async () => checkSecret(await source(), label)
}

function checkSecret(secret: Secret, label: string): readonly string[] {
  const secrets = typeof secret === 'string' ? [secret] : secret
  if (!Array.isArray(secrets)) throw new TypeError(`"${label}" must be a string, an array of strings or a function`)
  if (secrets.length === 0) throw new RangeError(`"${label}" must hold at least one secret`)
  for (const one of secrets) assertSecret(one, label)
  return [...secrets]
}
