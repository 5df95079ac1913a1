import { describe, expect, it } from 'vitest'
import { hookUrl } from '../../../../support/emulator-harness.ts'
import {
  callSigned,
  enterpriseRoot,
  failureOf,
  harnessWithWebhook,
  noPage,
  noWebhook,
  unauthenticated,
  wrongKind,
} from '../../../../support/emulator-v1.ts'

describe('subscriptions', () => {
  it('are created, visible to v2, and deleted', async () => {
    const { harness, alice, id, subscription: path } = await harnessWithWebhook()
    const call = (method: string) => callSigned(harness, alice, { method, path })
    expect(await failureOf(await call('GET'))).toEqual(noPage)
    const created = await call('POST')
    expect([created.status, await created.text()]).toEqual([204, ''])
    expect((await call('GET')).status).toBe(204)
    const seen = await harness.asUser(alice, 'GET', `/2/account_activity/webhooks/${id}/subscriptions/all`)
    expect(await seen.json()).toEqual({ data: { subscribed: true } })
    expect(await failureOf(await call('POST'))).toEqual({
      status: 409,
      code: 355,
      message: 'Subscription already exists.',
    })
    expect((await call('DELETE')).status).toBe(204)
    expect(await failureOf(await call('DELETE'))).toEqual(noPage)
  })

  it('are deleted by the app', async () => {
    const { harness, alice, id, subscription } = await harnessWithWebhook()
    await callSigned(harness, alice, { method: 'POST', path: subscription })
    const remove = (userId: string) =>
      harness.asApp('DELETE', `${enterpriseRoot}/webhooks/${id}/subscriptions/${userId}/all.json`)
    expect((await remove(alice.id)).status).toBe(204)
    for (const userId of [alice.id, '1', 'constructor']) expect(await failureOf(await remove(userId))).toEqual(noPage)
    const unknown = harness.asApp('DELETE', `${enterpriseRoot}/webhooks/1/subscriptions/${alice.id}/all.json`)
    expect(await failureOf(await unknown)).toEqual(noWebhook)
    const signed = { method: 'DELETE', path: `${enterpriseRoot}/webhooks/${id}/subscriptions/${alice.id}/all.json` }
    expect(await failureOf(await callSigned(harness, alice, signed))).toEqual(wrongKind)
  })

  it('are listed and counted', async () => {
    const { harness, alice, owner, id, subscription } = await harnessWithWebhook()
    await callSigned(harness, alice, { method: 'POST', path: subscription })
    expect(
      await (await harness.asApp('GET', `${enterpriseRoot}/webhooks/${id}/subscriptions/all/list.json`)).json(),
    ).toEqual({
      webhook_id: id,
      webhook_url: hookUrl,
      application_id: owner.id,
      subscriptions: [{ user_id: alice.id }],
    })
    expect(await (await harness.asApp('GET', `${enterpriseRoot}/subscriptions/count.json`)).json()).toEqual({
      account_name: 'app_owner',
      provisioned_count: '5000',
      subscriptions_count_all: '1',
      subscriptions_count_direct_messages: '0',
    })
    const unknown = harness.asApp('GET', `${enterpriseRoot}/webhooks/1/subscriptions/all/list.json`)
    expect(await failureOf(await unknown)).toEqual(noWebhook)
  })

  it('are listed and counted with app-only authentication only', async () => {
    const { harness, alice, id } = await harnessWithWebhook()
    for (const path of [
      `${enterpriseRoot}/webhooks/${id}/subscriptions/all/list.json`,
      `${enterpriseRoot}/subscriptions/count.json`,
    ]) {
      expect(await failureOf(await callSigned(harness, alice, { method: 'GET', path }))).toEqual(unauthenticated)
    }
  })

  it.each(['POST', 'GET', 'DELETE'])(
    '%s refuses the bearer token, an unknown webhook and a denied user',
    async (method) => {
      const { harness, alice, subscription: path } = await harnessWithWebhook()
      expect(await failureOf(await harness.asApp(method, path))).toEqual(wrongKind)
      const unknown = { method, path: `${enterpriseRoot}/webhooks/1/subscriptions/all.json` }
      expect(await failureOf(await callSigned(harness, alice, unknown))).toEqual(noWebhook)
      harness.x.configureApp({ deniedUsers: [alice] })
      expect(await failureOf(await callSigned(harness, alice, { method, path }))).toMatchObject({
        status: 403,
        code: 348,
      })
    },
  )

  it.each([
    ['POST', 'a user of OAuth 2.0'],
    ['GET', 'a user of OAuth 2.0'],
    ['DELETE', 'a user of OAuth 2.0'],
  ])('%s refuses %s', async (method) => {
    const { harness, alice, subscription } = await harnessWithWebhook()
    const headers = { authorization: `Bearer ${alice.oauth2Token}` }
    const response = harness.x.fetch(`https://api.x.com${subscription}`, { method, headers })
    expect(await failureOf(await response)).toEqual(wrongKind)
  })
})
