import { expect, it, onTestFinished, vi } from 'vitest'
import type { FollowEvent } from 'x-account-activity'
import { createBullMqInbox } from '../../../../src/stores/inbox/bullmq-inbox.ts'
import { describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../../support/redis.ts'
import { accounts, createMachine, deliver, follows } from '../../../support/two-machines.ts'

describeWithRedis('createBullMqInbox, with the receivers of two machines', () => {
  it('lets them handle each event once, and the events of an account in order', { timeout: 30_000 }, async () => {
    const prefix = newPrefix()
    const openInbox = async (openClient: () => unknown) => {
      const connection = (await openClient()) as ReturnType<typeof openIoRedis>
      const inbox = createBullMqInbox({ connection, prefix, backoff: { baseMs: 5 } })
      onTestFinished(async () => inbox.close())
      return inbox
    }
    const handled: FollowEvent[] = []
    const workers: string[] = []
    const failed = new Set<string>()
    const handleAt = (name: string) => async (event: FollowEvent) => {
      if (handled.length % 5 === 2 && !failed.has(event.id)) {
        failed.add(event.id)
        throw new Error('fails once')
      }
      workers.push(name)
      handled.push(event)
    }
    const order = 'account'
    const receivers = [
      createMachine({ inbox: await openInbox(openNodeRedis), workers: 0, order }),
      createMachine({ inbox: await openInbox(openIoRedis), workers: 0, order }),
    ]
    for (const [name, openClient] of Object.entries({ one: openNodeRedis, other: openIoRedis })) {
      createMachine({ inbox: await openInbox(openClient), order, on: { follow: handleAt(name) } })
    }
    for (const body of follows) await Promise.all(receivers.map((receiver) => deliver(receiver, body)))
    await vi.waitFor(() => expect(handled.length).toBeGreaterThanOrEqual(follows.length), { timeout: 20_000 })

    expect(failed.size).toBeGreaterThan(0)
    expect(new Set(workers)).toEqual(new Set(['one', 'other']))
    for (const account of accounts) {
      const times = handled
        .filter(({ targetId }) => targetId === account)
        .map(({ occurredAt }) => occurredAt?.getTime())
      expect(times).toEqual(Array.from({ length: 20 }, (_, at) => at))
    }
  })
})
