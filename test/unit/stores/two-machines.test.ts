import { expect, it, onTestFinished, vi } from 'vitest'
import { createReceiver, type FollowEvent, type Receiver, type ReceiverOptions } from 'x-account-activity'
import { createRedisDedupeStore } from '../../../src/stores/dedupe/redis-dedupe-store.ts'
import { createBullMqInbox } from '../../../src/stores/inbox/bullmq-inbox.ts'
import { describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../support/redis.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

const createMachine = (options: Partial<ReceiverOptions>): Receiver => {
  const receiver = createReceiver({ consumerSecret: secret, onError: () => {}, ...options })
  onTestFinished(async () => void (await receiver.close()))
  return receiver
}

/** Twenty follows of each of three accounts, in the order of `at`. */
const follows = Array.from({ length: 20 }, (_, at) => at).flatMap((at) =>
  ['11', '12', '13'].map((account) => followBody({ at, target: account, forUserId: account })),
)

/** As X does: again until it is answered with 200, which a receiver says only of what is handled or kept. */
async function deliver(receiver: Receiver, body: string): Promise<void> {
  for (let status = 0; status !== 200; ) status = (await receiver.fetch(deliveryRequest(body))).status
}

describeWithRedis('two machines on one Redis', () => {
  it('handle each event once between them, when both are given all of them', async () => {
    const prefix = newPrefix()
    const handled: string[] = []
    let failures = 0
    const follow = async (event: FollowEvent) => {
      await Promise.resolve()
      // Every seventh attempt fails, and the event is free for either machine again.
      if ((handled.length + failures) % 7 === 3) {
        failures += 1
        throw new Error('not yet')
      }
      handled.push(event.id)
    }
    const machines = [await openNodeRedis(), openIoRedis()].map((client) =>
      createMachine({ dedupe: createRedisDedupeStore(client, { prefix }), on: { follow } }),
    )
    await Promise.all(machines.flatMap((machine) => follows.map((body) => deliver(machine, body))))
    expect(failures).toBeGreaterThan(0)
    expect(handled).toHaveLength(follows.length)
    expect(new Set(handled).size).toBe(follows.length)
  })

  it('receive and work on one inbox: each event is handled once, those of an account in their order', async () => {
    const prefix = newPrefix()
    const openInbox = async (open: () => unknown) => {
      const connection = (await open()) as ReturnType<typeof openIoRedis>
      const inbox = createBullMqInbox({ connection, prefix, backoff: { baseMs: 5 } })
      onTestFinished(async () => inbox.close())
      return inbox
    }
    const handled: FollowEvent[] = []
    const workers: string[] = []
    const failed = new Set<string>()
    const workAt = (name: string) => async (event: FollowEvent) => {
      if (handled.length % 5 === 2 && !failed.has(event.id)) {
        failed.add(event.id)
        throw new Error('not yet')
      }
      workers.push(name)
      handled.push(event)
    }
    const order = 'account'
    const receivers = [
      createMachine({ inbox: await openInbox(openNodeRedis), workers: 0, order }),
      createMachine({ inbox: await openInbox(openIoRedis), workers: 0, order }),
    ]
    for (const [name, open] of Object.entries({ one: openNodeRedis, other: openIoRedis })) {
      createMachine({ inbox: await openInbox(open), order, on: { follow: workAt(name) } })
    }
    for (const body of follows) await Promise.all(receivers.map((receiver) => deliver(receiver, body)))
    await vi.waitFor(() => expect(handled.length).toBeGreaterThanOrEqual(follows.length), { timeout: 20_000 })

    expect(failed.size).toBeGreaterThan(0)
    expect(new Set(workers)).toEqual(new Set(['one', 'other']))
    for (const account of ['11', '12', '13']) {
      const times = handled
        .filter(({ targetId }) => targetId === account)
        .map(({ occurredAt }) => occurredAt?.getTime())
      expect(times).toEqual(Array.from({ length: 20 }, (_, at) => at))
    }
  }, 30_000)
})
