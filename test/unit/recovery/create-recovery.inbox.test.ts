import { expect, it, vi } from 'vitest'
import { createMemoryInbox, createReceiver } from 'x-account-activity/receiver'
import { createMemoryRecoveryStore, createRecovery, type RecoveryClient } from 'x-account-activity/recovery'
import { settle } from '../../support/receiver.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

const unused = async (): Promise<never> => {
  throw new Error('X is not called')
}

it('a recovery starts no work on the inbox of its receiver', async () => {
  const inbox = createMemoryInbox()
  const run = vi.spyOn(inbox, 'run')
  const receiver = createReceiver({ consumerSecret: secret, inbox })
  const client: RecoveryClient = { webhooks: { list: unused, validate: unused }, replay: { create: unused } }
  const recovery = createRecovery({ client, webhookId: '1', receiver, store: createMemoryRecoveryStore() })
  expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
  await settle()
  expect(run).not.toHaveBeenCalled()

  // The event is still there for the handler of another process, which shares the inbox.
  const follow = vi.fn()
  const worker = createReceiver({ consumerSecret: secret, inbox, on: { follow } })
  await settle()
  expect(follow).toHaveBeenCalledOnce()
  await recovery.close()
  await worker.close()
})
