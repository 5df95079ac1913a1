import { describe, expect, it } from 'vitest'
import { createClient, createEnterpriseClient, createPremiumClient } from 'x-account-activity'
import { createRecovery, type RecoveryOptions } from 'x-account-activity/recovery'
import { RecoveryWorld, webhookId } from '../../support/recovery-world.ts'

const unknownStep = `"on" must be 'outage' or 'webhook' or 'waiting' or 'job' or 'job_ended' or 'lost' or 'done' or 'any'`

describe('the options of a recovery', () => {
  const { client, receiver, store } = new RecoveryWorld() as RecoveryWorld & Pick<RecoveryOptions, 'client'>
  const options = { client, receiver, store, webhookId }

  it.each<[string, unknown, Error]>([
    ['no options', undefined, new TypeError('"options" must be an object, got undefined')],
    ['no client', { ...options, client: undefined }, new TypeError('"client" must be an object, got undefined')],
    [
      'a client without replay',
      { ...options, client: { webhooks: client.webhooks } },
      new TypeError('"client.replay" must be an object, got undefined'),
    ],
    [
      'no receiver',
      { ...options, receiver: {} },
      new TypeError('"receiver.observe" must be a function, got undefined'),
    ],
    ['no store', { ...options, store: undefined }, new TypeError('"store" must be an object, got undefined')],
    ['a number for an id', { ...options, webhookId: 1 }, new TypeError('"webhookId" must be a string, got number')],
    [
      'an id without digits',
      { ...options, webhookId: 'x' },
      new RangeError('"webhookId" must be an id of 1 to 19 digits'),
    ],
    [
      'another endpoint',
      { ...options, endpoint: 'other' },
      new RangeError(`"endpoint" must be 'account_activity' or 'webhooks'`),
    ],
    [
      'a handler that is not a function',
      { ...options, on: { lost: 1 } },
      new TypeError('"on.lost" must be a function, got number'),
    ],
    ['a handler of an unknown step', { ...options, on: { loss: () => {} } }, new RangeError(unknownStep)],
    ['a handler under a prototype key', { ...options, on: { constructor: () => {} } }, new RangeError(unknownStep)],
    ['no rules', { ...options, rules: null }, new TypeError('"rules" must be an object, got null')],
    [
      'a probe that is not a boolean',
      { ...options, probe: 'yes' },
      new TypeError('"probe" must be a boolean, got string'),
    ],
    [
      'an onError that is not a function',
      { ...options, onError: 1 },
      new TypeError('"onError" must be a function, got number'),
    ],
    [
      'a gap as short as a heartbeat',
      { ...options, heartbeatMs: 60_000 },
      new RangeError('"gapMs" must be longer than "heartbeatMs"'),
    ],
    ['another role', { ...options, role: 'leader' }, new RangeError(`"role" must be 'receiver' or 'worker'`)],
    ['a now that is not a function', { ...options, now: 1 }, new TypeError('"now" must be a function, got number')],
    [
      'a sleep that is not a function',
      { ...options, sleep: 1 },
      new TypeError('"sleep" must be a function, got number'),
    ],
  ])('refuses %s', (_, given, error) => {
    expect(() => createRecovery(given as never)).toThrow(error)
  })

  it('accept undefined for everything that has a default', () => {
    const names = [
      'on',
      'onError',
      'heartbeatMs',
      'gapMs',
      'checkMs',
      'probe',
      'rules',
      'endpoint',
      'now',
      'sleep',
      'role',
      'deliveryRetryMs',
      'inboxRetentionMs',
      'storeTimeoutMs',
    ]
    const absent = Object.fromEntries(names.map((name) => [name, undefined]))
    expect(() => createRecovery({ ...options, ...absent })).not.toThrow()
  })

  it('accept a v2 and an enterprise client', () => {
    const keys = { consumerKey: 'key', consumerSecret: 'secret' }
    for (const client of [createClient(keys), createEnterpriseClient(keys)]) {
      expect(() => createRecovery({ ...options, client })).not.toThrow()
    }
    const premium = createPremiumClient({ ...keys, environment: 'dev' })
    // @ts-expect-error the premium API has no replay
    expect(() => createRecovery({ ...options, client: premium })).toThrow(
      new TypeError('"client.replay" must be an object, got undefined'),
    )
  })

  it.each([
    ['heartbeatMs', [1, 59_999], [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]],
    ['gapMs', [15_001, 2 ** 31 - 1], [0, 15_000, Number.NaN]],
    ['checkMs', [1, 2 ** 31 - 1], [0, Number.NaN]],
    ['jobTimeoutMs', [1, 2 ** 31 - 1], [0, Number.NaN]],
    ['retryMs', [1, 2 ** 31 - 1], [0, Number.NaN]],
    ['deliveryRetryMs', [1, 2 ** 31 - 1], [0, 2 ** 31, Number.NaN]],
    ['inboxRetentionMs', [1, 2 ** 31 - 1], [0, 2 ** 31, Number.NaN]],
    ['storeTimeoutMs', [1, 2 ** 31 - 1], [0, 2 ** 31, Number.NaN]],
    ['marginMinutes', [0, 1440], [-1, 1441, 0.5, Number.NaN]],
    ['windowMinutes', [1, 1440], [0, 1441, Number.NaN]],
    ['maxAttempts', [1, 10], [0, 11, Number.NaN]],
  ])('are checked against their limits: %s', (name, inside, outside) => {
    for (const value of inside) expect(() => createRecovery({ ...options, [name]: value })).not.toThrow()
    for (const value of outside) expect(() => createRecovery({ ...options, [name]: value })).toThrow(RangeError)
    expect(() => createRecovery({ ...options, [name]: '1' })).toThrow(TypeError)
  })
})
