import { describe, expect, it } from 'vitest'
import {
  callSigned,
  failureOf,
  harnessWithAlice,
  noCredentials,
  noPage,
  unauthenticated,
} from '../../../support/emulator-v1.ts'

const root = '/1.1/account_activity/all'

/** The observed status and error of X. */
const forbidden = { status: 403, code: 200, message: 'Forbidden.' }

describe('the errors of v1.1', () => {
  it('distinguish no credentials, wrong credentials and an invalid token', async () => {
    const { harness, alice } = harnessWithAlice()
    const path = `${root}/dev/subscriptions.json`
    const { accessToken } = alice
    const wrong = callSigned(harness, { accessToken, accessTokenSecret: 'wrong' }, { method: 'POST', path })
    expect(await failureOf(await wrong)).toEqual(unauthenticated)
    expect(await failureOf(await harness.x.fetch(`https://api.x.com${path}`))).toEqual(noCredentials)
    await alice.revoke()
    const ended = { status: 401, code: 89, message: 'Invalid or expired token.' }
    expect(await failureOf(await callSigned(harness, alice, { method: 'POST', path }))).toEqual(ended)
    const headers = { authorization: 'Bearer wrong' }
    expect(await failureOf(await harness.x.fetch(`https://api.x.com${path}`, { headers }))).toEqual(ended)
  })

  it.each([
    ['GET', '/1.1/account_activity/all/dev/nothing.json', forbidden],
    ['PATCH', '/1.1/account_activity/all/dev/webhooks.json', forbidden],
    ['POST', '/1.1/account_activity/all/webhooks.json', forbidden],
    ['GET', '/1.1/nothing.json', noPage],
    ['GET', '/1.1/account/nothing.json', noPage],
  ])('do not depend on the credentials for an unknown path or method: %s %s', async (method, path, failure) => {
    const { harness } = harnessWithAlice({ onUnknownRequest: 'ignore' })
    expect(await failureOf(await harness.asApp(method, path))).toEqual(failure)
  })

  it.each([
    ['GET', '/1.1/account_activity/all/webhooks.json'],
    ['GET', '/1.1/account_activity/all/dev/webhooks.json'],
    ['GET', '/1.1/account_activity/all/dev/subscriptions/list.json'],
    ['GET', '/1.1/account_activity/all/subscriptions/count.json'],
    ['DELETE', '/1.1/account_activity/all/dev/subscriptions/1.json'],
  ])('refuse an app that is not enrolled: %s %s', async (method, path) => {
    const { harness } = harnessWithAlice()
    harness.x.configureApp({ enrolled: false })
    expect(await failureOf(await harness.asApp(method, path))).toEqual(forbidden)
  })
})
