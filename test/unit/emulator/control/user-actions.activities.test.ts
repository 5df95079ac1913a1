import { describe, expect, it } from 'vitest'
import { createEmulator } from 'x-account-activity/emulator'
import { type ActivityHarness, activityWorld, subscriptionsPath } from '../../../support/emulator-activity.ts'

async function control(harness: ActivityHarness, path: string, body: object) {
  const response = await harness.x.fetch(`http://127.0.0.1/emulator${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, answer: (await response.json()) as Record<string, string> }
}

describe('the control API', () => {
  it.each<[string, object, string]>([
    ['updateProfile', { bio: 'Tea' }, 'profile.update.bio'],
    ['encryptedMessage', { to: 'bob' }, 'chat.sent'],
    ['startSpace', {}, 'spaces.start'],
    ['endSpace', { space: 'SPACE' }, 'spaces.end'],
    ['startBroadcast', { title: 'Tea' }, 'broadcast.start'],
    ['chatInBroadcast', { broadcast: 'BROADCAST', text: 'Hello' }, 'broadcast.chat'],
    ['endBroadcast', { broadcast: 'BROADCAST' }, 'broadcast.end'],
  ])('runs the user action %s', async (verb, fields, type) => {
    const { harness, alice } = await activityWorld([type])
    const ids: Record<string, string> = {
      SPACE: (await alice.startSpace()).id,
      BROADCAST: (await alice.startBroadcast({ title: 'Tea' })).id,
    }
    await harness.flush()
    const body = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, ids[value] ?? value]))
    const { status, answer } = await control(harness, `/users/alice/${verb}`, body)
    expect([status, answer]).toEqual([200, expect.any(Object)])
    const [received, ...more] = await harness.flush()
    expect([received?.json.data.event_type, more]).toEqual([type, []])
    if (verb.startsWith('start')) expect(answer.id).toBe(received?.json.data.payload.broadcast_id)
  })

  it('publishes news', async () => {
    const { harness, webhookId } = await activityWorld([])
    const subscription = { event_type: 'news.new', filter: { keyword: 'tea' }, webhook_id: webhookId }
    await harness.asApp('POST', subscriptionsPath, subscription)
    const { answer } = await control(harness, '/news', { keyword: 'tea', headline: 'Tea is up' })
    expect((await harness.flush()).map(({ json }) => json.data.event_uuid)).toEqual([answer.id])
  })

  it.each<[string, object, string]>([
    ['/users/alice/updateProfile', { description: 'x' }, '"description"'],
    ['/users/alice/updateProfile', { bio: 5 }, '"bio" must be a string, got number'],
    ['/users/alice/endSpace', { space: 'x' }, '"space" must be a space of this emulator'],
    ['/users/alice/encryptedMessage', { to: 'zoe' }, '"to" must be the handle or the id of a user'],
    ['/news', { keyword: 'tea' }, '"headline" must be a string, got undefined'],
  ])('refuses %s with %j', async (path, body, message) => {
    const { harness } = await activityWorld([])
    expect(await control(harness, path, body)).toEqual({
      status: 400,
      answer: { error: expect.stringContaining(message) },
    })
  })

  it('has an endpoint for each action of a user', async () => {
    const response = await createEmulator().fetch('http://127.0.0.1/emulator')
    const { endpoints } = (await response.json()) as { endpoints: { path: string; about: string }[] }
    for (const { about } of endpoints) expect(about).toMatch(/\.$/)
    expect(endpoints.map(({ path }) => path)).toContain('/emulator/users/:user/chatInBroadcast')
  })
})
