import { describe, expect, it } from 'vitest'
import { activityWorld, parsed, typesOf } from '../../../support/emulator-activity.ts'

describe('encryptedMessage', () => {
  it('sends both users an event in the form of X', async () => {
    const { harness, webhookId, alice, bob } = await activityWorld(['chat.sent', 'chat.received'])
    await harness.subscribeTo('chat.received', bob, { webhook_id: webhookId })
    const { id } = await alice.encryptedMessage(bob)
    const received = await harness.flush()
    expect(typesOf(received)).toEqual(['chat.sent', 'chat.received'])
    // https://docs.x.com/x-api/activity/introduction
    for (const { json } of received) {
      expect(json.data.payload).toEqual({
        conversation_token: expect.any(String),
        id,
        created_at_msec: '1795253400250',
        sender_id: alice.id,
        conversation_id: `${bob.id}:${alice.id}`,
        conversation_key_version: expect.stringMatching(/^\d{13}$/),
        encoded_event: expect.any(String),
        message_event_signature: {
          public_key_version: expect.stringMatching(/^\d{13}$/),
          signature: expect.any(String),
          signature_version: '7',
          signing_public_key: expect.any(String),
        },
      })
    }
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(received.map((one) => parsed(one).direction)).toEqual(['outgoing', 'incoming'])
  })

  it('has one conversation for both users', async () => {
    const { harness, alice, bob } = await activityWorld(['chat.sent', 'chat.received'])
    const ids = [await alice.encryptedMessage(bob), await bob.encryptedMessage(alice)].map(({ id }) => id)
    const payloads = (await harness.flush()).map(({ json }) => json.data.payload)
    expect(payloads.map(({ id }) => id)).toEqual(ids)
    expect(new Set(payloads.map(({ conversation_id }) => conversation_id)).size).toBe(1)
  })

  it('has no event in the Account Activity API', async () => {
    const { harness, webhookId, alice, bob } = await activityWorld([])
    await harness.subscribe(webhookId, alice, bob)
    await alice.encryptedMessage(bob)
    expect(await harness.flush()).toEqual([])
  })

  it('is refused to oneself, and by a user who has blocked the sender', async () => {
    const { alice, bob } = await activityWorld([])
    await expect(alice.encryptedMessage(alice)).rejects.toThrow('@alice cannot do this to themselves.')
    await bob.block(alice)
    await expect(alice.encryptedMessage(bob)).rejects.toThrow('@bob has blocked @alice.')
  })
})
