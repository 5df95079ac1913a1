import { describe, expect, it } from 'vitest'
import { answerOf, callAs, createBot } from '../../../../support/emulator-calls.ts'

describe('POST /2/dm_conversations/…/messages', () => {
  it('sends a message, and delivers it with the app as its source', async () => {
    const { harness, alice, bob } = await createBot()
    const path = `/2/dm_conversations/with/${bob.id}/messages`
    const { status, body } = await answerOf(await callAs(harness, alice, 'POST', path, { text: 'Hi <bob>' }))
    const [delivery] = await harness.flush()
    const [message] = delivery?.json.direct_message_events ?? []
    expect(status).toBe(201)
    // alice is older, so her id is smaller.
    expect(body).toEqual({ data: { dm_conversation_id: `${alice.id}-${bob.id}`, dm_event_id: message.id } })
    expect(message.message_create).toMatchObject({
      target: { recipient_id: bob.id },
      sender_id: alice.id,
      source_app_id: harness.x.app.id,
      message_data: { text: 'Hi &lt;bob&gt;' },
    })
    expect(delivery?.json.apps).toEqual({
      [harness.x.app.id]: { id: harness.x.app.id, name: 'Emulated App', url: 'https://example.com/app' },
    })
  })

  it('sends to a conversation of the user, from both sides', async () => {
    const { harness, alice, bob } = await createBot()
    const path = `/2/dm_conversations/${alice.id}-${bob.id}/messages`
    expect((await callAs(harness, alice, 'POST', path, { text: 'Hi' })).status).toBe(201)
    expect((await callAs(harness, bob, 'POST', path, { text: 'Hi' })).status).toBe(201)
    const senders = (await harness.flush()).map(({ json }) => json.direct_message_events[0].message_create.sender_id)
    expect(senders).toEqual([alice.id, bob.id])
    const carol = harness.x.addUser({ screenName: 'carol' })
    expect((await callAs(harness, carol, 'POST', path, { text: 'Hi' })).status).toBe(403)
    const reversed = `/2/dm_conversations/${bob.id}-${alice.id}/messages`
    expect((await callAs(harness, alice, 'POST', reversed, { text: 'Hi' })).status).toBe(403)
  })

  it.each<[unknown, number]>([
    ['not JSON', 400],
    [{}, 400],
    [{ text: '' }, 400],
    [{ text: 1 }, 400],
    [{ text: 'Hi', attachments: [{ media_id: '1' }] }, 400],
    [{ text: 'a'.repeat(10_000) }, 201],
    [{ text: 'a'.repeat(10_001) }, 400],
  ])('answers the body %j as X does', async (body, status) => {
    const { harness, alice, bob } = await createBot()
    const path = `/2/dm_conversations/with/${bob.id}/messages`
    expect((await callAs(harness, alice, 'POST', path, body)).status).toBe(status)
  })

  it('refuses unknown users, oneself, a user who has blocked this one, and groups', async () => {
    const { harness, alice, bob } = await createBot()
    const send = async (id: string) =>
      (await callAs(harness, alice, 'POST', `/2/dm_conversations/with/${id}/messages`, { text: 'Hi' })).status
    expect(await send('1')).toBe(404)
    expect(await send(alice.id)).toBe(403)
    await bob.block(alice)
    await harness.flush()
    expect(await send(bob.id)).toBe(403)
    expect(await answerOf(await callAs(harness, alice, 'POST', '/2/dm_conversations', {}))).toMatchObject({
      status: 403,
      body: { detail: 'The emulator has no group conversations.' },
    })
    expect(await harness.flush()).toEqual([])
  })

  it('requires access to direct messages', async () => {
    const { harness, alice, bob } = await createBot()
    harness.x.configureApp({ permissions: 'read-write' })
    await alice.authorize()
    const path = `/2/dm_conversations/with/${bob.id}/messages`
    expect((await harness.asUser(alice, 'POST', path)).status).toBe(403)
    await alice.authorize(harness.x.app, { scopes: ['tweet.read', 'users.read', 'dm.read'] })
    expect((await callAs(harness, alice, 'POST', path, { text: 'Hi' })).status).toBe(403)
    expect(harness.x.requests.at(-1)?.reason).toContain('dm.write')
  })
})
