import { describe, expect, it } from 'vitest'
import { EmulatorHarness, hookUrl } from '../../../../support/emulator-harness.ts'
import { callSigned, failureOf, harnessWithAlice, noWebhook, registerAt } from '../../../../support/emulator-v1.ts'

const root = '/1.1/account_activity/all'

const query = `?url=${encodeURIComponent(hookUrl)}`

/** The observed status and error of X. */
const forbidden = { status: 403, code: 200, message: 'Forbidden.' }

describe('an environment', () => {
  const calls = [
    ['owner', 'POST', `webhooks.json${query}`],
    ['app', 'GET', 'webhooks.json'],
    ['owner', 'PUT', 'webhooks/1.json'],
    ['owner', 'DELETE', 'webhooks/1.json'],
    ['owner', 'POST', 'subscriptions.json'],
    ['owner', 'GET', 'subscriptions.json'],
    ['owner', 'DELETE', 'subscriptions.json'],
    ['app', 'DELETE', 'subscriptions/1.json'],
    ['app', 'GET', 'subscriptions/list.json'],
  ] as const

  it.each(calls)('has a case-sensitive label: the %s calls %s %s', async (who, method, rest) => {
    const { harness, owner } = harnessWithAlice({ environments: ['Prod'] })
    for (const label of ['prod', 'PROD', 'dev', '__proto__']) {
      const path = `${root}/${label}/${rest}`
      const answer = who === 'app' ? harness.asApp(method, path) : callSigned(harness, owner, { method, path })
      expect(await failureOf(await answer)).toEqual(forbidden)
    }
  })

  it('is listed with its webhook', async () => {
    const { harness } = harnessWithAlice({ environments: ['dev', 'Prod'] })
    const id = await registerAt(harness, `${root}/Prod/webhooks.json`)
    const response = await harness.asApp('GET', `${root}/webhooks.json`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      environments: [
        { environment_name: 'dev', webhooks: [] },
        {
          environment_name: 'Prod',
          webhooks: [{ id, url: hookUrl, valid: true, created_timestamp: '2026-11-21 09:30:00 +0000' }],
        },
      ],
    })
  })

  it.each<[unknown, typeof TypeError | typeof RangeError]>([
    ['dev', TypeError],
    [null, TypeError],
    [[1], TypeError],
    [[''], RangeError],
    [['a/b'], RangeError],
    [['..'], RangeError],
    [['dev', 'dev'], RangeError],
  ])('cannot be %j', (environments, error) => {
    expect(() => new EmulatorHarness({ environments: environments as string[] })).toThrow(error)
  })

  it('is separate from the other APIs and from other apps', async () => {
    const { harness } = harnessWithAlice()
    const id = await registerAt(harness, `${root}/dev/webhooks.json`)
    expect(await (await harness.asApp('GET', '/2/webhooks')).json()).toEqual({ data: [], meta: { result_count: 0 } })
    expect(await (await harness.asApp('GET', '/1.1/account_activity/webhooks.json')).json()).toEqual([])
    expect((await harness.asApp('DELETE', `/2/webhooks/${id}`)).status).toBe(400)
    const other = harness.x.addApp()
    expect(await (await harness.asApp('GET', `${root}/dev/webhooks.json`, undefined, other)).json()).toEqual([])
    const signed = { method: 'DELETE', path: `${root}/dev/webhooks/${id}.json`, app: other }
    expect(await failureOf(await callSigned(harness, other, signed))).toEqual(noWebhook)
  })
})
