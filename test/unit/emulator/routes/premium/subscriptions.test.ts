import { describe, expect, it } from 'vitest'
import {
  callSigned,
  failureOf,
  harnessWithAlice,
  noPage,
  noWebhook,
  registerAt,
  unauthenticated,
  wrongKind,
} from '../../../../support/emulator-v1.ts'

const root = '/1.1/account_activity/all'

describe('subscriptions', () => {
  const path = `${root}/dev/subscriptions.json`

  it('are created, deliver events, and are deleted', async () => {
    const { harness, alice } = harnessWithAlice()
    const call = (method: string) => callSigned(harness, alice, { method, path })
    await registerAt(harness, `${root}/dev/webhooks.json`)
    expect(await failureOf(await call('GET'))).toEqual(noPage)
    expect((await call('POST')).status).toBe(204)
    expect((await call('GET')).status).toBe(204)
    expect(await failureOf(await call('POST'))).toEqual({
      status: 409,
      code: 355,
      message: 'Subscription already exists.',
    })
    await alice.post('Hello from premium')
    expect((await harness.flush()).map(({ json }) => json.for_user_id)).toEqual([alice.id])
    expect((await call('DELETE')).status).toBe(204)
    expect(await failureOf(await call('DELETE'))).toEqual(noPage)
    expect(await failureOf(await call('GET'))).toEqual(noPage)
    await alice.post('Not delivered')
    expect(await harness.flush()).toEqual([])
  })

  it('require a webhook in the environment', async () => {
    const { harness, alice } = harnessWithAlice()
    for (const method of ['POST', 'GET', 'DELETE']) {
      expect(await failureOf(await callSigned(harness, alice, { method, path }))).toEqual(noWebhook)
    }
  })

  it('are deleted by the app', async () => {
    const { harness, alice } = harnessWithAlice()
    await registerAt(harness, `${root}/dev/webhooks.json`)
    await callSigned(harness, alice, { method: 'POST', path })
    const remove = (id: string) => harness.asApp('DELETE', `${root}/dev/subscriptions/${id}.json`)
    expect((await remove(alice.id)).status).toBe(204)
    for (const id of [alice.id, '1', '__proto__']) expect(await failureOf(await remove(id))).toEqual(noPage)
  })

  it('are listed and counted', async () => {
    const { harness, alice, owner } = harnessWithAlice({ tier: 'sandbox' })
    const lists = `${root}/dev/subscriptions/list.json`
    const empty = { environment: 'dev', application_id: owner.id, subscriptions: [] }
    expect(await (await harness.asApp('GET', lists)).json()).toEqual(empty)
    await registerAt(harness, `${root}/dev/webhooks.json`)
    await callSigned(harness, alice, { method: 'POST', path })
    expect(await (await harness.asApp('GET', lists)).json()).toEqual({
      ...empty,
      subscriptions: [{ user_id: alice.id }],
    })
    // The second path is the one of X's samples: https://github.com/xdevplatform/account-activity-dashboard
    for (const counts of ['subscriptions/count.json', 'count.json']) {
      expect(await (await harness.asApp('GET', `${root}/${counts}`)).json()).toEqual({
        account_name: 'app_owner',
        subscriptions_count: '1',
        provisioned_count: '15',
      })
    }
  })

  it('are listed and counted with app-only authentication only', async () => {
    const { harness, alice } = harnessWithAlice()
    for (const rest of ['dev/subscriptions/list.json', 'subscriptions/count.json']) {
      const answer = callSigned(harness, alice, { method: 'GET', path: `${root}/${rest}` })
      expect(await failureOf(await answer)).toEqual(unauthenticated)
    }
  })

  it.each(['POST', 'GET', 'DELETE'])('%s refuses the bearer token', async (method) => {
    const { harness } = harnessWithAlice()
    expect(await failureOf(await harness.asApp(method, path))).toEqual(wrongKind)
  })

  it.each(['POST', 'GET', 'DELETE'])('%s refuses a denied user', async (method) => {
    const { harness, alice } = harnessWithAlice()
    await registerAt(harness, `${root}/dev/webhooks.json`)
    harness.x.configureApp({ deniedUsers: [alice] })
    expect(await failureOf(await callSigned(harness, alice, { method, path }))).toEqual({
      status: 403,
      code: 348,
      message: 'Client application is not permitted to access this user’s webhook subscriptions.',
    })
    harness.x.configureApp({ deniedUsers: [] })
    expect([204, 404]).toContain((await callSigned(harness, alice, { method, path })).status)
  })
})
