import { describe, expectTypeOf, test } from 'vitest'
import { type Client, createPremiumClient, type EnterpriseClient, enterpriseReplayRules } from 'x-account-activity'
import type { Receiver } from 'x-account-activity/receiver'
import {
  createMemoryRecoveryStore,
  createRecovery,
  type LostStep,
  type OutageCause,
  type Recovery,
  type RecoveryHandlers,
  type RecoveryOptions,
  type RecoveryStep,
  type RecoveryStepOf,
  type RecoveryStore,
} from 'x-account-activity/recovery'
import { createFileRecoveryStore } from 'x-account-activity/recovery/node'

declare const client: Client
declare const enterprise: EnterpriseClient
declare const receiver: Receiver
declare const store: RecoveryStore
declare const recovery: Recovery
declare const step: RecoveryStep
declare const signal: AbortSignal | undefined

const webhookId = '1146654567674912769'
const options = { client, webhookId, receiver, store } satisfies RecoveryOptions

describe('createRecovery', () => {
  test('accepts a v2 and an enterprise client, and a store of your own', () => {
    createRecovery(options)
    createRecovery({ ...options, client: enterprise, rules: enterpriseReplayRules })
    createRecovery({ ...options, store: { get: async () => null, set: () => {} } })
    const map = new Map<string, unknown>()
    createRecovery({ ...options, store: { get: (key) => map.get(key), set: (key, value) => void map.set(key, value) } })
  })

  test('accepts undefined for every option with a default', () => {
    createRecovery({
      ...options,
      on: undefined,
      onError: undefined,
      heartbeatMs: undefined,
      gapMs: undefined,
      checkMs: undefined,
      probe: undefined,
      marginMinutes: undefined,
      windowMinutes: undefined,
      maxAttempts: undefined,
      jobTimeoutMs: undefined,
      retryMs: undefined,
      rules: undefined,
      endpoint: undefined,
      now: undefined,
      sleep: undefined,
    })
  })

  test('refuses wrong options', () => {
    const premium = createPremiumClient({ consumerKey: 'k', consumerSecret: 's', environment: 'dev' })
    // @ts-expect-error the premium API has no replay
    createRecovery({ ...options, client: premium })
    // @ts-expect-error the id is a string: JSON numbers lose digits
    createRecovery({ ...options, webhookId: 1146654567 })
    // @ts-expect-error a store is required
    createRecovery({ client, webhookId, receiver })
    // @ts-expect-error v2 has two endpoints, and this is neither
    createRecovery({ ...options, endpoint: 'replay' })
    // @ts-expect-error no step has this type
    createRecovery({ ...options, on: { loss: () => {} } })
  })
})

describe('the handlers of a recovery', () => {
  test('get the step of their type', () => {
    createRecovery({
      ...options,
      on: {
        outage: ({ cause, from }) => {
          expectTypeOf(cause).toEqualTypeOf<OutageCause>()
          expectTypeOf(from).toEqualTypeOf<Date>()
        },
        job: ({ jobId, attempt }) => {
          expectTypeOf(jobId).toEqualTypeOf<string>()
          expectTypeOf(attempt).toEqualTypeOf<number>()
        },
        any: (step) => expectTypeOf(step).toEqualTypeOf<RecoveryStep>(),
      },
    })
  })

  test('may return a promise or a value', () => {
    const handlers: RecoveryHandlers = { lost: async () => {}, done: () => 1, waiting: undefined }
    expectTypeOf(handlers.lost).parameter(0).toEqualTypeOf<LostStep>()
  })
})

describe('a step', () => {
  test('narrows by its type', () => {
    if (step.type === 'lost') expectTypeOf(step.reason).toEqualTypeOf<'too_old' | 'incomplete' | 'refused'>()
    if (step.type === 'job_ended') expectTypeOf(step.outcome).toEqualTypeOf<'complete' | 'incomplete' | 'timeout'>()
    // @ts-expect-error not every step has a reason
    step.reason
    expectTypeOf<RecoveryStepOf<'lost'>>().toEqualTypeOf<LostStep>()
  })

  test('can be handled exhaustively', () => {
    switch (step.type) {
      case 'outage':
      case 'webhook':
      case 'waiting':
      case 'job':
      case 'job_ended':
      case 'lost':
      case 'done':
        return
      default:
        expectTypeOf(step).toBeNever()
    }
  })

  test('is read-only', () => {
    // @ts-expect-error a step cannot be changed
    step.at = new Date()
  })
})

describe('a recovery', () => {
  test('yields steps, and accepts a signal that may be undefined', async () => {
    for await (const one of recovery.run({ signal })) expectTypeOf(one).toEqualTypeOf<RecoveryStep>()
    expectTypeOf(recovery.start({ signal })).toEqualTypeOf<() => Promise<void>>()
  })

  test('reports spans of Dates', () => {
    recovery.report({ from: new Date(0), to: new Date(1) })
    // @ts-expect-error a number is not a Date
    recovery.report({ from: 0, to: 1 })
  })
})

describe('the stores of a recovery', () => {
  test('are recovery stores', () => {
    expectTypeOf(createMemoryRecoveryStore()).toEqualTypeOf<RecoveryStore>()
    expectTypeOf(createFileRecoveryStore({ path: 'recovery.json' })).toEqualTypeOf<RecoveryStore>()
  })

  test('take their options as an object', () => {
    // @ts-expect-error pass { path }
    createFileRecoveryStore('recovery.json')
    // @ts-expect-error the path is required
    createFileRecoveryStore({})
  })
})
