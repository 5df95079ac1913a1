import { expect, it } from 'vitest'
import { hookUrl, reasonOf, World } from '../../../support/emulator-world.ts'

const links = '/2/tweets/search/webhooks'

// The answers are those of https://docs.x.com/x-api/webhooks/stream/quickstart, the list as in X's OpenAPI file 2.167.

it('links a webhook to the filtered stream, lists the link and removes it', async () => {
  const world = new World()
  const webhookId = await world.register()
  await world.register(`${hookUrl}/other`)
  const linked = await world.asApp('POST', `${links}/${webhookId}?user.fields=username,name,id&expansions=author_id`)
  expect(linked.status).toBe(200)
  expect(await linked.json()).toEqual({ data: { provisioned: true } })
  expect(await (await world.asApp('GET', links)).json()).toEqual({
    data: [
      {
        application_id: world.x.app.id,
        business_user_id: expect.stringMatching(/^[0-9]{1,19}$/),
        created_at: '2026-11-21T09:30:00.250Z',
        fields: ['user.fields=username', 'name', 'id', 'expansions=author_id'],
        instance_id: expect.stringMatching(/^[0-9]{1,19}$/),
        webhook_id: webhookId,
      },
    ],
  })
  const unlinked = await world.asApp('DELETE', `${links}/${webhookId}`)
  expect(unlinked.status).toBe(200)
  expect(await unlinked.json()).toEqual({ data: { deleted: true } })
  expect(await (await world.asApp('GET', links)).json()).toEqual({ data: [] })
})

it('has one link for each webhook: a second one replaces its parameters', async () => {
  const world = new World()
  const path = `${links}/${await world.register()}`
  await world.asApp('POST', `${path}?tweet.fields=id`)
  await world.asApp('POST', path)
  expect(await (await world.asApp('GET', links)).json()).toMatchObject({ data: [{ fields: [] }] })
})

it('takes no link for a webhook of somebody else, and removes none that is not there', async () => {
  const world = new World()
  const webhookId = await world.register()
  const stranger = world.x.addApp()
  for (const method of ['POST', 'DELETE']) {
    expect(await reasonOf(await world.asApp(method, `${links}/1`))).toBe('WebhookIdInvalid')
    const foreign = await world.asApp(method, `${links}/${webhookId}`, undefined, stranger)
    expect(await reasonOf(foreign)).toBe('WebhookIdInvalid')
  }
  expect((await world.asApp('DELETE', `${links}/${webhookId}`)).status).toBe(404)
})

it('is for an app alone', async () => {
  const world = new World()
  expect((await world.asUser(world.x.app, 'GET', links)).status).toBe(403)
})
