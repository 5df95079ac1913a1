import { assertFunction, assertInteger, assertObject, assertOneOf } from '../internal/assert.ts'
import type { Clock } from '../internal/clock.ts'
import type { DedupeStore } from '../stores/dedupe-store.ts'
import { createMemoryDedupeStore } from '../stores/memory-dedupe-store.ts'
import type { ReceiverOptions } from './receiver.ts'
import { readSecretSource, type Secrets } from './secrets.ts'

/** The options of a receiver, checked, with what they leave open filled in. */
export interface Settings {
  readonly consumerSecrets: Secrets
  readonly clientSecrets: Secrets | undefined
  readonly crc: 'guarded' | 'signed'
  readonly ack: 'after-handlers' | 'after-accept'
  readonly dedupe: DedupeStore
  readonly maxBodyBytes: number
  readonly now: Clock
}

export function readSettings(options: ReceiverOptions): Settings {
  assertObject(options, 'options')
  const { crc = 'guarded', ack = 'after-handlers', maxBodyBytes = 1_048_576, now = Date.now } = options
  assertOneOf(crc, ['guarded', 'signed'], 'crc')
  assertOneOf(ack, ['after-handlers', 'after-accept'], 'ack')
  assertInteger(maxBodyBytes, 'maxBodyBytes', { min: 1 })
  assertFunction(now, 'now')
  const { consumerSecret, clientSecret, dedupe = createMemoryDedupeStore({ now }) } = options
  assertStore(dedupe)
  return {
    consumerSecrets: readSecretSource(consumerSecret, 'consumerSecret'),
    clientSecrets: clientSecret === undefined ? undefined : readSecretSource(clientSecret, 'clientSecret'),
    crc,
    ack,
    dedupe,
    maxBodyBytes,
    now,
  }
}

function assertStore(store: DedupeStore): void {
  assertObject(store, 'dedupe')
  for (const verb of ['claim', 'commit', 'release'] as const) assertFunction(store[verb], `dedupe.${verb}`)
}
