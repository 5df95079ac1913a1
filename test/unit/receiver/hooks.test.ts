import { channel } from 'node:diagnostics_channel'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createMemoryDedupeStore,
  createReceiver,
  type ReceiverHooks,
  type ReceiverOptions,
} from 'x-account-activity/receiver'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

const names = ['onCrc', 'onDelivery', 'onEvent', 'onDuplicate', 'onFailure', 'onReplay'] as const

/** A receiver whose clock goes on by one millisecond each time it is read, and all that its hooks are told. */
function setUp(options: Partial<ReceiverOptions> = {}) {
  const told: [string, unknown][] = []
  const tell = (name: string) => (report: unknown) => void told.push([name, report])
  const hooks: ReceiverHooks = Object.fromEntries(names.map((name) => [name, tell(name)]))
  let time = 0
  const now = () => {
    time += 1
    return time
  }
  const receiver = createReceiver({ consumerSecret: secret, onError: () => {}, now, hooks, ...options })
  return { receiver, told }
}

const ms = expect.any(Number)
const id = expect.stringMatching(/./)
const follow = { type: 'follow', id, forUserId: '11' }
const answered = { status: 200, durationMs: ms, forUserId: '11', eventTypes: ['follow'] }

describe('hooks are told', () => {
  it('of a CRC, answered or refused, and of how long it took', async () => {
    const { receiver, told } = setUp()
    await receiver.fetch(new Request('https://app.example/?crc_token=foo'))
    await receiver.fetch(new Request('https://app.example/?crc_token=%7B%7D'))
    expect(told).toEqual([
      ['onCrc', { status: 200, durationMs: 1 }],
      ['onFailure', { phase: 'verification', error: 'VerificationError', reason: 'crc_token_refused' }],
      ['onCrc', { status: 400, reason: 'crc_token_refused', durationMs: 1 }],
    ])
  })

  it('of a delivery and its events', async () => {
    const { receiver, told } = setUp({ on: { follow: () => {} } })
    await receiver.fetch(deliveryRequest(followBody()))
    expect(told).toEqual([
      ['onEvent', { ...follow, isHandled: true, durationMs: 1 }],
      ['onDelivery', answered],
    ])
  })

  it('of an event that comes again, and of one that somebody else has', async () => {
    const { receiver, told } = setUp()
    await receiver.fetch(deliveryRequest(followBody()))
    told.length = 0
    await receiver.fetch(deliveryRequest(followBody()))
    expect(told).toEqual([
      ['onDuplicate', { ...follow, state: 'done' }],
      ['onDelivery', answered],
    ])
    const busy = setUp({ dedupe: { ...createMemoryDedupeStore(), claim: () => 'in_progress' } })
    await busy.receiver.fetch(deliveryRequest(followBody()))
    expect(busy.told).toEqual([
      ['onDuplicate', { ...follow, state: 'in_progress' }],
      ['onDelivery', { ...answered, status: 500, reason: 'handler_failed' }],
    ])
  })

  it('of an event that comes while it is being handled', async () => {
    const { receiver, told } = setUp({ on: { follow: () => new Promise(setImmediate) } })
    await Promise.all([receiver.fetch(deliveryRequest(followBody())), receiver.fetch(deliveryRequest(followBody()))])
    expect(told.map(([name]) => name).sort()).toEqual(['onDelivery', 'onDelivery', 'onDuplicate', 'onEvent'])
  })

  it('of a handler that fails, without what it said', async () => {
    const fail = () => {
      throw new TypeError('the password is hunter2')
    }
    const { receiver, told } = setUp({ on: { follow: fail } })
    await receiver.fetch(deliveryRequest(followBody()))
    expect(told).toEqual([
      ['onFailure', { phase: 'handler', error: 'TypeError', ...follow }],
      ['onEvent', { ...follow, isHandled: false, durationMs: ms }],
      ['onDelivery', { ...answered, status: 500, reason: 'handler_failed' }],
    ])
  })

  it('of what was thrown although it is no error', async () => {
    const { receiver, told } = setUp({ on: { follow: () => Promise.reject('the password is hunter2') } })
    await receiver.fetch(deliveryRequest(followBody()))
    expect(told[0]).toEqual(['onFailure', { phase: 'handler', error: 'string', ...follow }])
  })

  it('of a forgery, without anything that it says', async () => {
    const { receiver, told } = setUp()
    await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    expect(told).toEqual([
      ['onFailure', { phase: 'verification', error: 'VerificationError', reason: 'signature_mismatch' }],
      ['onDelivery', { status: 401, reason: 'signature_mismatch', durationMs: ms, eventTypes: [] }],
    ])
  })

  it('of a replay job that has ended', async () => {
    const { receiver, told } = setUp()
    const job = { webhook_id: '7', job_state: 'Complete', job_state_description: 'All of it', job_id: '9' }
    await receiver.fetch(deliveryRequest(JSON.stringify({ replay_job_status: job })))
    expect(told[0]).toEqual(['onReplay', { webhookId: '7', jobId: '9', state: 'Complete' }])
  })

  it('nothing that is secret', async () => {
    const { receiver, told } = setUp({ clientSecret: 'client-secret' })
    await receiver.fetch(new Request('https://app.example/?crc_token=challenge_string'))
    await receiver.fetch(deliveryRequest(followBody()))
    await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    expect(JSON.stringify(told)).not.toMatch(/consumer-secret|client-secret|sha256=|challenge_string|created_timestamp/)
  })
})

describe('a hook', () => {
  it('that throws or rejects does no harm', async () => {
    const fail = () => {
      throw new Error('metrics are down')
    }
    const reject = () => Promise.reject(new Error('metrics are down'))
    const { receiver } = setUp({ hooks: { onCrc: fail, onDelivery: reject, onEvent: fail, onFailure: reject } })
    expect((await receiver.fetch(new Request('https://app.example/?crc_token=foo'))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
    expect((await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))).status).toBe(401)
  })

  it('may be a method, and is held fast', async () => {
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
    await receiver.fetch(new Request('https://app.example/?crc_token=foo'))
    expect(metrics.count).toBe(1)
  })

  it.each([
    ['hooks that are none', 'log', '"hooks" must be an object'],
    ['a hook that is none', { onEvent: true }, '"hooks.onEvent" must be a function'],
  ])('throws on %s', (_, hooks, message) => {
    const create = () => createReceiver({ consumerSecret: secret, hooks: hooks as never })
    expect(create).toThrow(TypeError)
    expect(create).toThrow(message)
  })
})

describe('a channel of node:diagnostics_channel', () => {
  it.each(['crc', 'delivery', 'event'])('tells of %s without any hook', async (name) => {
    const heard: unknown[] = []
    const listen = (report: unknown) => void heard.push(report)
    const topic = channel(`x-account-activity:${name}`)
    const { receiver } = setUp({ hooks: {} })
    topic.subscribe(listen)
    onTestFinished(() => void topic.unsubscribe(listen))
    await receiver.fetch(new Request('https://app.example/?crc_token=foo'))
    await receiver.fetch(deliveryRequest(followBody()))
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({ durationMs: ms })
  })
})
