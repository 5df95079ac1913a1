import { describe, expect, it } from 'vitest'
import type { EmulatedUser } from 'x-account-activity/emulator'
import { createBot, postSigned } from '../../../../support/emulator-calls.ts'
import type { EmulatorHarness } from '../../../../support/emulator-harness.ts'
import { callSigned, failureOf } from '../../../../support/emulator-v1.ts'

const events = '/1.1/direct_messages/events/new.json'

function send(harness: EmulatorHarness, user: EmulatedUser, event: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return callSigned(harness, user, { method: 'POST', path: events, headers, body: JSON.stringify({ event }) })
}

const messageTo = (recipient_id: string, text = 'Hi', more: object = {}) => ({
  type: 'message_create',
  message_create: { target: { recipient_id }, message_data: { text, ...more } },
})

describe('POST /1.1/direct_messages/events/new.json', () => {
  it('sends a message, and answers as the delivery is', async () => {
    const { harness, alice, bob } = await createBot()
    const response = await send(harness, alice, messageTo(bob.id))
    expect(response.status).toBe(200)
    const answer = (await response.json()) as { event: object; apps: object }
    const [delivery] = await harness.flush()
    expect(delivery?.json.direct_message_events[0]).toEqual(answer.event)
    expect(delivery?.json.apps).toEqual(answer.apps)
    expect(answer.event).toMatchObject({ message_create: { source_app_id: harness.x.app.id } })
  })

  it('refuses what X refuses', async () => {
    const { harness, alice, bob } = await createBot()
    const refused = async (event: unknown) => failureOf(await send(harness, alice, event))
    for (const event of [undefined, {}, { type: 'message_create' }, messageTo(bob.id, '')]) {
      expect(await refused(event)).toMatchObject({ status: 400, code: 214 })
    }
    const attachment = { attachment: { type: 'media', media: { id: '1' } } }
    expect(await refused(messageTo(bob.id, 'Hi', attachment))).toMatchObject({ status: 400, code: 324 })
    expect((await send(harness, alice, messageTo(bob.id, 'a'.repeat(10_000)))).status).toBe(200)
    expect(await refused(messageTo(bob.id, 'a'.repeat(10_001)))).toMatchObject({ status: 403, code: 354 })
    expect(await refused(messageTo('1'))).toMatchObject({ status: 404, code: 108 })
    await bob.block(alice)
    expect(await refused(messageTo(bob.id))).toEqual({
      status: 403,
      code: 349,
      message: 'You cannot send messages to this user.',
    })
  })

  it('requires access to direct messages', async () => {
    const { harness, alice, bob } = await createBot()
    harness.x.configureApp({ permissions: 'read-write' })
    await alice.authorize()
    expect(await failureOf(await send(harness, alice, messageTo(bob.id)))).toEqual({
      status: 403,
      code: 93,
      message: 'This application is not allowed to access or delete your direct messages.',
    })
  })
})

describe('POST /1.1/direct_messages/indicate_typing.json and mark_read.json', () => {
  it('reach the other user', async () => {
    const { harness, alice, bob } = await createBot()
    const typing = '/1.1/direct_messages/indicate_typing.json'
    expect((await postSigned(harness, bob, typing, { recipient_id: alice.id })).status).toBe(204)
    const { id } = await alice.message(bob, 'Hi')
    const read = '/1.1/direct_messages/mark_read.json'
    const form = { last_read_event_id: id, recipient_id: alice.id }
    expect((await postSigned(harness, bob, read, form)).status).toBe(204)
    const bodies = (await harness.flush()).map(({ json }) => json)
    expect(bodies[0].direct_message_indicate_typing_events[0].sender_id).toBe(bob.id)
    expect(bodies[2].direct_message_mark_read_events[0]).toMatchObject({ sender_id: bob.id, last_read_event_id: id })
    expect(await failureOf(await postSigned(harness, alice, read, form))).toMatchObject({ status: 404, code: 34 })
    expect(await failureOf(await postSigned(harness, bob, typing))).toMatchObject({ status: 404, code: 108 })
    await alice.block(bob)
    expect(await failureOf(await postSigned(harness, bob, typing, { recipient_id: alice.id }))).toMatchObject({
      status: 403,
      code: 349,
    })
  })
})
