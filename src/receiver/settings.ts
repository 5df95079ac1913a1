import { assertFunction, assertInteger, assertObject, assertOneOf } from '../internal/assert.ts'
import type { Clock } from '../internal/clock.ts'
import { longestTimer } from '../internal/timers.ts'
import type { DedupeStore } from '../stores/dedupe/dedupe-store.ts'
import { createMemoryDedupeStore } from '../stores/dedupe/memory-dedupe-store.ts'
import type { Inbox } from '../stores/inbox/inbox.ts'
import type { BodyLimits } from './delivery/read-body.ts'
import { type Emits, readHooks } from './hooks.ts'
import type { ReceiverOptions } from './receiver-options.ts'
import { readSecretSource, type Secrets } from './secrets.ts'

/** The options of a receiver, checked, with what they leave open filled in. */
export interface Settings extends BodyLimits {
  readonly consumerSecrets: Secrets
  readonly clientSecrets: Secrets | undefined
  readonly crc: 'guarded' | 'signed'
  readonly ack: 'after-handlers' | 'after-accept'
  readonly inbox: Inbox | undefined
  readonly workers: number
  readonly dedupe: DedupeStore
  readonly order: 'none' | 'account'
  readonly handlerTimeoutMs: number
  readonly maxConcurrentDeliveries: number
  readonly tell: Emits
  readonly now: Clock
}

/** The longest time that a timer can run. */

/** An inbox keeps count of its events by itself. */
const takesEverything: DedupeStore = { claim: () => 'claimed', commit: () => {}, release: () => {} }

export function readSettings(options: ReceiverOptions): Settings {
  assertObject(options, 'options')
  const { crc = 'guarded', order = 'none', now = Date.now, inbox } = options
  const { ack = inbox === undefined ? 'after-handlers' : 'after-accept' } = options
  assertOneOf(crc, ['guarded', 'signed'], 'crc')
  assertOneOf(ack, ['after-handlers', 'after-accept'], 'ack')
  assertOneOf(order, ['none', 'account'], 'order')
  assertFunction(now, 'now')
  if (inbox !== undefined) assertInbox(inbox, ack)
  const { dedupe = inbox === undefined ? createMemoryDedupeStore({ now }) : takesEverything } = options
  assertVerbs(dedupe, 'dedupe', ['claim', 'commit', 'release'])
  const { consumerSecret, clientSecret } = options
  return {
    consumerSecrets: readSecretSource(consumerSecret, 'consumerSecret'),
    clientSecrets: clientSecret === undefined ? undefined : readSecretSource(clientSecret, 'clientSecret'),
    crc,
    ack,
    inbox,
    dedupe,
    order,
    ...readNumbers(options, ack),
    tell: readHooks(options.hooks),
    now,
  }
}

function readNumbers(options: ReceiverOptions, ack: Settings['ack']) {
  const { workers = 10, maxConcurrentDeliveries = 10_000, maxBodyBytes = 1_048_576, bodyTimeoutMs = 5_000 } = options
  const { handlerTimeoutMs = ack === 'after-handlers' ? 2_500 : 60_000 } = options
  assertInteger(workers, 'workers')
  assertInteger(maxConcurrentDeliveries, 'maxConcurrentDeliveries', { min: 1 })
  assertInteger(maxBodyBytes, 'maxBodyBytes', { min: 1 })
  assertInteger(bodyTimeoutMs, 'bodyTimeoutMs', { min: 1, max: longestTimer })
  assertInteger(handlerTimeoutMs, 'handlerTimeoutMs', { min: 1, max: longestTimer })
  return { workers, maxConcurrentDeliveries, maxBodyBytes, bodyTimeoutMs, handlerTimeoutMs }
}

function assertInbox(inbox: Inbox, ack: Settings['ack']): void {
  assertVerbs(inbox, 'inbox', ['add', 'run'])
  if (ack !== 'after-accept') throw new RangeError('"inbox" is used with "ack" after-accept only')
}

function assertVerbs<T extends object>(value: T, label: string, verbs: readonly (keyof T & string)[]): void {
  assertObject(value, label)
  for (const verb of verbs) assertFunction(value[verb], `${label}.${verb}`)
}
