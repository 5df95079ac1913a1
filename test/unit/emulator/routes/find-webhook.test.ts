import { describe, expect, it } from 'vitest'
import { EmulatorHarness, reasonOf, subscriptionPath } from '../../../support/emulator-harness.ts'

describe('an id of no webhook of the app', () => {
  it.each(['1', '9999999999999999999', 'abc', '__proto__', 'constructor', '%00', '12%2F3'])(
    'is refused: %s',
    async (id) => {
      const harness = new EmulatorHarness()
      await harness.register()
      for (const response of [
        await harness.asApp('PUT', `/2/webhooks/${id}`),
        await harness.asApp('DELETE', `/2/webhooks/${id}`),
        await harness.asUser(harness.x.app, 'POST', subscriptionPath(id)),
        await harness.asUser(harness.x.app, 'GET', subscriptionPath(id)),
        await harness.asApp('GET', `${subscriptionPath(id)}/list`),
        await harness.asApp('DELETE', `/2/account_activity/webhooks/${id}/subscriptions/1/all`),
        await harness.asApp(
          'POST',
          `/2/account_activity/replay/webhooks/${id}/subscriptions/all?from_date=1&to_date=2`,
        ),
      ]) {
        expect(response.status).toBe(400)
        expect(await reasonOf(response)).toBe('WebhookIdInvalid')
      }
    },
  )

  it('is refused when the webhook belongs to another app', async () => {
    const harness = new EmulatorHarness()
    const id = await harness.register()
    const other = harness.x.addApp()
    expect(await reasonOf(await harness.asApp('DELETE', `/2/webhooks/${id}`, undefined, other))).toBe(
      'WebhookIdInvalid',
    )
  })
})
