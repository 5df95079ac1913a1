import { describe, expect, it } from 'vitest'
import { EmulatorHarness, subscriptionPath } from '../../../support/emulator-harness.ts'
import { callSigned, failureOf, registerAt } from '../../../support/emulator-v1.ts'

const premium = '/1.1/account_activity/all/dev'

describe('an app that is not enrolled', () => {
  const notEnrolled = (clientId: string) => ({
    title: 'Client Forbidden',
    detail: expect.any(String),
    type: 'https://api.x.com/2/problems/client-forbidden',
    status: 403,
    reason: 'client-not-enrolled',
    client_id: clientId,
    required_enrollment: 'Appropriate Level of API Access',
    registration_url: 'https://developer.x.com/en/portal/projects-and-apps',
  })

  it.each([
    ['POST', '/2/webhooks'],
    ['GET', '/2/webhooks'],
    ['PUT', '/2/webhooks/1'],
    ['DELETE', '/2/webhooks/1'],
    ['POST', '/2/webhooks/replay'],
    ['GET', '/2/account_activity/webhooks/1/subscriptions/all/list'],
    ['DELETE', '/2/account_activity/webhooks/1/subscriptions/1/all'],
    ['GET', '/2/account_activity/subscriptions/count'],
    ['POST', '/2/account_activity/replay/webhooks/1/subscriptions/all'],
  ])('is refused by %s %s', async (method, path) => {
    const harness = new EmulatorHarness()
    const app = harness.x.addApp({ enrolled: false })
    const response = await harness.asApp(method, path, undefined, app)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual(notEnrolled(app.id))
    harness.x.configureApp({ enrolled: true }, app)
    expect((await harness.asApp(method, path, undefined, app)).status).not.toBe(403)
  })

  it.each(['POST', 'GET'])('is refused by %s on behalf of a user', async (method) => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    harness.x.configureApp({ enrolled: false })
    const response = await harness.asUser(alice, method, subscriptionPath('1'))
    expect(await response.json()).toEqual(notEnrolled(harness.x.app.id))
  })

  it('gets code 200 from v1.1', async () => {
    const harness = new EmulatorHarness()
    await registerAt(harness, `${premium}/webhooks.json`)
    harness.x.configureApp({ enrolled: false })
    const response = await callSigned(harness, harness.x.app, { method: 'POST', path: `${premium}/subscriptions.json` })
    expect(await failureOf(response)).toEqual({ status: 403, code: 200, message: 'Forbidden.' })
  })
})
