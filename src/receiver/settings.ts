import {
  assertBoolean,
  assertFunction,
  assertInteger,
  assertMethods,
  assertObject,
  assertOneOf,
} from '../internal/assert.ts'
import { type Clock, minuteMs } from '../internal/clock.ts'
import { createEmit, readHook } from '../internal/emit.ts'
import { longestTimer } from '../internal/timers.ts'
import type { DedupeStore } from '../stores/dedupe/dedupe-store.ts'
import { createMemoryDedupeStore } from '../stores/dedupe/memory-dedupe-store.ts'
import type { Inbox } from '../stores/inbox/inbox.ts'
import type { Emits, ReceiverHooks } from './hooks.ts'
import type { ReceiverOptions, SecretSource } from './receiver-options.ts'
import { createSecretProvider, type SecretProvider } from './secrets.ts'

/** How much of a body is accepted. */
export interface BodyLimits {
  readonly maxBodyBytes: number
  readonly bodyTimeoutMs: number
}

/** What a delivery is verified with. */
export interface VerificationSettings extends BodyLimits {
  readonly consumerSecrets: SecretProvider
  readonly clientSecrets: SecretProvider | undefined
  readonly requireOAuth2Signature: boolean
  readonly maxEventsPerDelivery: number
  readonly now: Clock
}

/** The options of a receiver, checked and with their defaults. */
export interface Settings extends VerificationSettings {
  readonly crc: 'guarded' | 'signed'
  readonly ack: 'after-handlers' | 'after-accept'
  readonly inbox: Inbox | undefined
  readonly workers: number
  readonly dedupe: DedupeStore
  readonly storeTimeoutMs: number
  readonly maxUnverifiedDeliveries: number
  readonly order: 'none' | 'account'
  readonly handlerTimeoutMs: number
  readonly maxConcurrentDeliveries: number
  readonly emit: Emits
}

/** For receivers with an inbox, which removes duplicates itself, and for events that must not be taken for duplicates. */
export const noDedupe: DedupeStore = { claim: () => 'claimed', commit: () => {}, release: () => {} }

export function readSettings(options: ReceiverOptions): Settings {
  assertObject(options, 'options')
  const { crc = 'guarded', order = 'none', now = Date.now, inbox } = options
  const { ack = inbox === undefined ? 'after-handlers' : 'after-accept' } = options
  assertOneOf(crc, ['guarded', 'signed'], 'crc')
  assertOneOf(ack, ['after-handlers', 'after-accept'], 'ack')
  assertOneOf(order, ['none', 'account'], 'order')
  assertFunction(now, 'now')
  if (inbox !== undefined) assertInbox(inbox, ack)
  const { dedupe = inbox === undefined ? createMemoryDedupeStore({ now }) : noDedupe } = options
  assertMethods(dedupe, 'dedupe', ['claim', 'commit', 'release'])
  const { consumerSecret, clientSecret, requireOAuth2Signature = false, secretTtlMs = minuteMs } = options
  assertOAuth2Option(requireOAuth2Signature, clientSecret)
  assertInteger(secretTtlMs, 'secretTtlMs', { max: longestTimer })
  const numbers = readNumbers(options, ack)
  assertClaimsLast(dedupe, numbers.handlerTimeoutMs)
  const timeoutMs = Math.min(numbers.storeTimeoutMs, numbers.handlerTimeoutMs)
  const provider = (source: SecretSource, label: string) =>
    createSecretProvider(source, label, { ttlMs: secretTtlMs, timeoutMs, now })
  return {
    consumerSecrets: provider(consumerSecret, 'consumerSecret'),
    clientSecrets: clientSecret === undefined ? undefined : provider(clientSecret, 'clientSecret'),
    requireOAuth2Signature,
    crc,
    ack,
    inbox,
    dedupe,
    order,
    ...numbers,
    emit: readHooks(options.hooks),
    now,
  }
}

function readNumbers(options: ReceiverOptions, ack: Settings['ack']) {
  const { workers = 10, maxConcurrentDeliveries = 10_000, maxBodyBytes = 1_048_576, bodyTimeoutMs = 5_000 } = options
  const { storeTimeoutMs = 1_000, maxUnverifiedDeliveries = 1_000, maxEventsPerDelivery = 1_000 } = options
  const { handlerTimeoutMs = ack === 'after-handlers' ? 2_500 : 60_000 } = options
  assertInteger(workers, 'workers')
  assertInteger(maxConcurrentDeliveries, 'maxConcurrentDeliveries', { min: 1 })
  assertInteger(maxBodyBytes, 'maxBodyBytes', { min: 1 })
  assertInteger(bodyTimeoutMs, 'bodyTimeoutMs', { min: 1, max: longestTimer })
  assertInteger(handlerTimeoutMs, 'handlerTimeoutMs', { min: 1, max: longestTimer })
  assertInteger(storeTimeoutMs, 'storeTimeoutMs', { min: 1, max: longestTimer })
  assertInteger(maxUnverifiedDeliveries, 'maxUnverifiedDeliveries', { min: 1 })
  assertInteger(maxEventsPerDelivery, 'maxEventsPerDelivery', { min: 1 })
  return {
    workers,
    maxConcurrentDeliveries,
    maxUnverifiedDeliveries,
    maxBodyBytes,
    maxEventsPerDelivery,
    bodyTimeoutMs,
    handlerTimeoutMs,
    storeTimeoutMs,
  }
}

/** The newer header can be demanded only by those who know its secret. */
export function assertOAuth2Option(isRequired: boolean, clientSecret: unknown): void {
  assertBoolean(isRequired, 'requireOAuth2Signature')
  if (isRequired && clientSecret === undefined) {
    throw new RangeError('"requireOAuth2Signature" needs "clientSecret"')
  }
}

/**
 * A claim that expires while its handler runs lets another process run the handler at the same time. One that can be renewed
 * does not expire.
 */
function assertClaimsLast({ claimTtlMs, renew }: DedupeStore, handlerTimeoutMs: number): void {
  if (claimTtlMs === undefined || renew !== undefined || claimTtlMs >= handlerTimeoutMs) return
  throw new RangeError(
    `"claimTtlMs" of the dedupe store must be at least "handlerTimeoutMs" (${handlerTimeoutMs}), got ${claimTtlMs}`,
  )
}

function assertInbox(inbox: Inbox, ack: Settings['ack']): void {
  assertMethods(inbox, 'inbox', ['add', 'run'])
  if (ack !== 'after-accept') throw new RangeError('"inbox" is used with "ack" after-accept only')
}

/** Checks the hooks, and keeps them: changes to the object have no effect later. */
function readHooks(hooks: ReceiverHooks = {}): Emits {
  assertObject(hooks, 'hooks')
  return {
    crc: createEmit('crc', readHook(hooks, 'onCrc')),
    delivery: createEmit('delivery', readHook(hooks, 'onDelivery')),
    event: createEmit('event', readHook(hooks, 'onEvent')),
    duplicate: createEmit('duplicate', readHook(hooks, 'onDuplicate')),
    deadLetter: createEmit('dead-letter', readHook(hooks, 'onDeadLetter')),
    failure: createEmit('failure', readHook(hooks, 'onFailure')),
    replay: createEmit('replay', readHook(hooks, 'onReplay')),
  }
}
