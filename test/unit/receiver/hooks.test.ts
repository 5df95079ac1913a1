import { channel } from 'node:diagnostics_channel'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createMemoryDedupeStore,
  createReceiver,
  type ReceiverHooks,
  type ReceiverOptions,
} from 'x-account-activity/receiver'
import { crcRequest } from '../../support/receiver.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

const names = ['onCrc', 'onDelivery', 'onEvent', 'onDuplicate', 'onDeadLetter', 'onFailure', 'onReplay'] as const

/** A receiver whose clock advances by one millisecond each time it is read, and the reports that its hooks get. */
function setUp(options: Partial<ReceiverOptions> = {}) {
  const reports: [string, unknown][] = []
  const collect = (name: string) => (report: unknown) => void reports.push([name, report])
  const hooks: ReceiverHooks = Object.fromEntries(names.map((name) => [name, collect(name)]))
  let time = 0
  const now = () => {
    time += 1
    return time
  }
  const receiver = createReceiver({ consumerSecret: secret, onError: () => {}, now, hooks, ...options })
  return { receiver, reports }
}

const ms = expect.any(Number)
const id = expect.stringMatching(/./)
const follow = { type: 'follow', id, forUserId: '11' }
const answered = { status: 200, durationMs: ms, forUserId: '11', eventTypes: ['follow'] }

describe('hooks are called', () => {
  it('for a CRC, answered or refused, with its duration', async () => {
    const { receiver, reports } = setUp()
    await receiver.fetch(crcRequest('?crc_token=foo'))
    await receiver.fetch(crcRequest('?crc_token=%7B%7D'))
    expect(reports).toEqual([
      ['onCrc', { status: 200, durationMs: 1 }],
      ['onFailure', { phase: 'verification', error: 'VerificationError', reason: 'crc_token_refused' }],
      ['onCrc', { status: 400, reason: 'crc_token_refused', durationMs: 1 }],
    ])
  })

  it('for a delivery and its events', async () => {
    const { receiver, reports } = setUp({ on: { follow: () => {} } })
    await receiver.fetch(deliveryRequest(followBody()))
    expect(reports).toEqual([
      ['onEvent', { ...follow, isHandled: true, durationMs: 1 }],
      ['onDelivery', answered],
    ])
  })

  it('for an event that comes again, and for one that another process is handling', async () => {
    const { receiver, reports } = setUp({ on: { follow: () => {} } })
    await receiver.fetch(deliveryRequest(followBody()))
    reports.length = 0
    await receiver.fetch(deliveryRequest(followBody()))
    expect(reports).toEqual([
      ['onDuplicate', { ...follow, state: 'done' }],
      ['onDelivery', answered],
    ])
    const busy = setUp({
      on: { follow: () => {} },
      dedupe: { ...createMemoryDedupeStore(), claim: () => 'in_progress' },
    })
    await busy.receiver.fetch(deliveryRequest(followBody()))
    expect(busy.reports).toEqual([
      ['onDuplicate', { ...follow, state: 'in_progress' }],
      ['onDelivery', { ...answered, status: 500, reason: 'handler_failed' }],
    ])
  })

  it('for an event that comes again while it is being handled', async () => {
    const { receiver, reports } = setUp({ on: { follow: () => new Promise(setImmediate) } })
    await Promise.all([receiver.fetch(deliveryRequest(followBody())), receiver.fetch(deliveryRequest(followBody()))])
    expect(reports.map(([name]) => name).sort()).toEqual(['onDelivery', 'onDelivery', 'onDuplicate', 'onEvent'])
  })

  it('for a handler that fails, without the message of the error', async () => {
    const fail = () => {
      throw new TypeError('the password is hunter2')
    }
    const { receiver, reports } = setUp({ on: { follow: fail } })
    await receiver.fetch(deliveryRequest(followBody()))
    expect(reports).toEqual([
      ['onFailure', { phase: 'handler', error: 'TypeError', ...follow }],
      ['onEvent', { ...follow, isHandled: false, durationMs: ms }],
      ['onDelivery', { ...answered, status: 500, reason: 'handler_failed' }],
    ])
  })

  it('for a handler that throws something other than an Error', async () => {
    const { receiver, reports } = setUp({ on: { follow: () => Promise.reject('the password is hunter2') } })
    await receiver.fetch(deliveryRequest(followBody()))
    expect(reports[0]).toEqual(['onFailure', { phase: 'handler', error: 'string', ...follow }])
  })

  it('for a forged delivery, without its content', async () => {
    const { receiver, reports } = setUp()
    await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    expect(reports).toEqual([
      ['onFailure', { phase: 'verification', error: 'VerificationError', reason: 'signature_mismatch' }],
      ['onDelivery', { status: 401, reason: 'signature_mismatch', durationMs: ms, eventTypes: [] }],
    ])
  })

  it('for a replay job that has ended', async () => {
    const { receiver, reports } = setUp()
    const job = { webhook_id: '7', job_state: 'Complete', job_state_description: 'All of it', job_id: '9' }
    await receiver.fetch(deliveryRequest(JSON.stringify({ replay_job_status: job })))
    expect(reports[0]).toEqual(['onReplay', { webhookId: '7', jobId: '9', state: 'Complete' }])
  })

  it('without secrets and bodies', async () => {
    const { receiver, reports } = setUp({ clientSecret: 'client-secret' })
    await receiver.fetch(crcRequest('?crc_token=challenge_string'))
    await receiver.fetch(deliveryRequest(followBody()))
    await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    expect(JSON.stringify(reports)).not.toMatch(
      /consumer-secret|client-secret|sha256=|challenge_string|created_timestamp/,
    )
  })
})

describe('a hook', () => {
  it('that throws or rejects changes no answer', async () => {
    const fail = () => {
      throw new Error('metrics are down')
    }
    const reject = () => Promise.reject(new Error('metrics are down'))
    const { receiver } = setUp({ hooks: { onCrc: fail, onDelivery: reject, onEvent: fail, onFailure: reject } })
    expect((await receiver.fetch(crcRequest('?crc_token=foo'))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))).status).toBe(401)
  })

  it('can be a method, and cannot be replaced later', async () => {
    class Metrics implements ReceiverHooks {
      count = 0
      onCrc() {
        this.count += 1
      }
    }
    const metrics = new Metrics()
    const { receiver } = setUp({ hooks: metrics })
    metrics.onCrc = () => {
      throw new Error('called')
    }
    await receiver.fetch(crcRequest('?crc_token=foo'))
    expect(metrics.count).toBe(1)
  })

  it.each([
    ['hooks that are a text', 'log', '"hooks" must be an object, got string'],
    ['a hook that is a boolean', { onEvent: true }, '"hooks.onEvent" must be a function, got boolean'],
  ])('is refused: %s', (_, hooks, message) => {
    const create = () => createReceiver({ consumerSecret: secret, hooks: hooks as never })
    expect(create).toThrow(new TypeError(message))
  })
})

describe('a channel of node:diagnostics_channel', () => {
  it.each(['crc', 'delivery', 'event'])('gets a report of each %s without any hook', async (name) => {
    const reports: unknown[] = []
    const listen = (report: unknown) => void reports.push(report)
    const topic = channel(`x-account-activity:${name}`)
    const { receiver } = setUp({ hooks: {}, on: { follow: () => {} } })
    topic.subscribe(listen)
    onTestFinished(() => void topic.unsubscribe(listen))
    await receiver.fetch(crcRequest('?crc_token=foo'))
    await receiver.fetch(deliveryRequest(followBody()))
    expect(reports).toHaveLength(1)
    expect(reports[0]).toMatchObject({ durationMs: ms })
  })
})
