import { expect, it } from 'vitest'
import { EmulatorHarness, hookUrl, reasonOf } from '../../../../support/emulator-harness.ts'

const links = '/2/tweets/search/webhooks'

// The expected answers are those of https://docs.x.com/x-api/webhooks/stream/quickstart. The list is that of X's OpenAPI
// description 2.167.

it('creates, lists and deletes a link to the filtered stream', async () => {
  const harness = new EmulatorHarness()
  const webhookId = await harness.register()
  await harness.register(`${hookUrl}/other`)
  const linked = await harness.asApp('POST', `${links}/${webhookId}?user.fields=username,name,id&expansions=author_id`)
  expect(linked.status).toBe(200)
  expect(await linked.json()).toEqual({ data: { provisioned: true } })
  expect(await (await harness.asApp('GET', links)).json()).toEqual({
    data: [
      {
        application_id: harness.x.app.id,
        business_user_id: expect.stringMatching(/^[0-9]{1,19}$/),
        created_at: '2026-11-21T09:30:00.250Z',
        fields: ['user.fields=username', 'name', 'id', 'expansions=author_id'],
        instance_id: expect.stringMatching(/^[0-9]{1,19}$/),
        webhook_id: webhookId,
      },
    ],
  })
  const unlinked = await harness.asApp('DELETE', `${links}/${webhookId}`)
  expect(unlinked.status).toBe(200)
  expect(await unlinked.json()).toEqual({ data: { deleted: true } })
  expect(await (await harness.asApp('GET', links)).json()).toEqual({ data: [] })
})

it('replaces the parameters when a webhook is linked again', async () => {
  const harness = new EmulatorHarness()
  const path = `${links}/${await harness.register()}`
  await harness.asApp('POST', `${path}?tweet.fields=id`)
  await harness.asApp('POST', path)
  expect(await (await harness.asApp('GET', links)).json()).toMatchObject({ data: [{ fields: [] }] })
})

it('refuses a webhook of another app, and deletes no link that does not exist', async () => {
  const harness = new EmulatorHarness()
  const webhookId = await harness.register()
  const otherApp = harness.x.addApp()
  for (const method of ['POST', 'DELETE']) {
    expect(await reasonOf(await harness.asApp(method, `${links}/1`))).toBe('WebhookIdInvalid')
    const foreign = await harness.asApp(method, `${links}/${webhookId}`, undefined, otherApp)
    expect(await reasonOf(foreign)).toBe('WebhookIdInvalid')
  }
  expect((await harness.asApp('DELETE', `${links}/${webhookId}`)).status).toBe(404)
})

it('requires app-only authentication', async () => {
  const harness = new EmulatorHarness()
  expect((await harness.asUser(harness.x.app, 'GET', links)).status).toBe(403)
})

it.each([
  ['query=cat', 'The query parameter [query] is not one of [tweet.fields,expansions,user.fields,'],
  ['tweet.fields=id,cat', 'The `tweet.fields` query parameter value [cat] is not one of [article,attachments,'],
  ['expansions=cat', 'The `expansions` query parameter value [cat] is not one of [article.cover_media,'],
  ['user.fields=cat', 'The `user.fields` query parameter value [cat] is not one of [affiliation,'],
])('refuses the fields %s', async (query, message) => {
  const harness = new EmulatorHarness()
  const response = await harness.asApp('POST', `${links}/${await harness.register()}?${query}`)
  expect(response.status).toBe(400)
  const { errors } = (await response.json()) as { errors: { message: string }[] }
  expect(errors[0]?.message.slice(0, message.length)).toBe(message)
})

it.each(['pay-per-use', 'premium', 'sandbox'] as const)('refuses every call on the tier %s', async (tier) => {
  const harness = new EmulatorHarness({ tier })
  const id = await harness.register()
  for (const [method, path] of [
    ['POST', `${links}/${id}`],
    ['GET', links],
    ['DELETE', `${links}/${id}`],
  ] as const) {
    const response = await harness.asApp(method, path)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ type: 'https://api.x.com/2/problems/client-forbidden' })
    expect(harness.x.requests.at(-1)).toMatchObject({
      failedCheck: 'enrolment',
      reason: `The tier "${tier}" has no links to the filtered stream.`,
    })
  }
})
