import { describe, expect, it } from 'vitest'
import { crcAnswer, type EmulatorHarness, hookUrl } from '../../../support/emulator-harness.ts'
import {
  callSigned,
  failureOf,
  harnessWithAlice,
  minutesAgo,
  noPage,
  noWebhook,
  registerAt,
  unauthenticated,
  wrongKind,
} from '../../../support/emulator-v1.ts'

const root = '/1.1/account_activity'
const hooks = `${root}/webhooks.json`
const query = `?url=${encodeURIComponent(hookUrl)}`

/** As before, with a webhook. */
async function createRegistered(options: ConstructorParameters<typeof EmulatorHarness>[0] = {}) {
  const enterprise = harnessWithAlice(options)
  const id = await registerAt(enterprise.harness, hooks)
  return { ...enterprise, id, subscription: `${root}/webhooks/${id}/subscriptions/all.json` }
}

describe('POST …/webhooks.json', () => {
  it('registers a webhook, which v2 sees as well', async () => {
    const { harness, owner } = harnessWithAlice()
    const response = await callSigned(harness, owner, { method: 'POST', path: hooks + query })
    expect(response.status).toBe(200)
    const webhook = (await response.json()) as { id: string }
    expect(webhook).toEqual({
      id: expect.stringMatching(/^[1-9][0-9]{18}$/),
      url: hookUrl,
      valid: true,
      created_at: '2026-11-21T09:30:00Z',
    })
    expect(await (await harness.asApp('GET', '/2/webhooks')).json()).toMatchObject({ data: [{ id: webhook.id }] })
  })

  it.each<[string, string, (() => Response) | undefined, string]>([
    ['no URL', '', undefined, 'Webhook URL does not meet the requirements.'],
    ['a URL that is none', '?url=hook', undefined, 'Webhook URL does not meet the requirements.'],
    [
      'a wrong token',
      query,
      () => Response.json({ response_token: 'wrong' }),
      'Webhook URL does not meet the requirements. Invalid CRC token or json response format.',
    ],
    [
      'status 404',
      query,
      () => new Response(null, { status: 404 }),
      'Non-200 response code during CRC GET request (i.e. 404, 500, etc).',
    ],
    [
      'a lost connection',
      query,
      () => {
        throw new TypeError('fetch failed')
      },
      'Non-200 response code during CRC GET request (i.e. 404, 500, etc).',
    ],
  ])('refuses %s', async (_, search, answer, message) => {
    const { harness, owner } = harnessWithAlice()
    harness.onCrc = answer
    const response = await callSigned(harness, owner, { method: 'POST', path: hooks + search })
    expect(await failureOf(response)).toEqual({ status: 403, code: 214, message })
  })

  it.each([
    [3000, 'Webhook URL does not meet the requirements. Invalid CRC token or json response format.'],
    [3001, 'High latency on CRC GET request. Your webhook should respond in less than 3 seconds.'],
  ])('waits 3 seconds for the answer, not %i ms', async (ms, message) => {
    const { harness, owner } = harnessWithAlice()
    harness.onCrc = () => {
      harness.time += ms
      return Response.json({ response_token: 'wrong' })
    }
    const response = await callSigned(harness, owner, { method: 'POST', path: hooks + query })
    expect(await failureOf(response)).toEqual({ status: 403, code: 214, message })
  })

  it('refuses the same URL again, and one webhook too many', async () => {
    const { harness, owner } = harnessWithAlice({ limits: { webhooks: 2 } })
    await registerAt(harness, hooks)
    const register = (url: string) =>
      callSigned(harness, owner, { method: 'POST', path: `${hooks}?url=${encodeURIComponent(url)}` })
    const again = { status: 403, code: 214, message: 'Webhook URL does not meet the requirements.' }
    expect(await failureOf(await register(hookUrl))).toEqual(again)
    expect((await register('https://other.example.com')).status).toBe(200)
    const full = { status: 403, code: 214, message: 'Too many resources already created.' }
    expect(await failureOf(await register('https://third.example.com'))).toEqual(full)
  })

  it('wants the owner of the app, and no bearer token', async () => {
    const { harness, alice } = harnessWithAlice()
    const path = hooks + query
    expect(await failureOf(await callSigned(harness, alice, { method: 'POST', path }))).toEqual(wrongKind)
    expect(await failureOf(await harness.asApp('POST', path))).toEqual({
      status: 403,
      code: 261,
      message: 'Application cannot perform write actions.',
    })
  })
})

describe('GET …/webhooks.json', () => {
  it('lists the webhooks of the app, those that v2 made among them', async () => {
    const { harness, id } = await createRegistered()
    const other = await harness.register('https://v2.example.com')
    expect(await (await harness.asApp('GET', hooks)).json()).toEqual([
      { id, url: hookUrl, valid: true, created_at: '2026-11-21T09:30:00Z' },
      { id: other, url: 'https://v2.example.com', valid: true, created_at: '2026-11-21T09:30:00Z' },
    ])
    expect(await (await harness.asApp('GET', hooks, undefined, harness.x.addApp())).json()).toEqual([])
  })

  it('is for the app alone', async () => {
    const { harness, owner } = harnessWithAlice()
    expect(await failureOf(await callSigned(harness, owner, { method: 'GET', path: hooks }))).toEqual({
      status: 403,
      code: 99,
      message: 'You don’t have access to this resource.',
    })
  })
})

describe('PUT and DELETE …/webhooks/:id.json', () => {
  it('validate and delete', async () => {
    const { harness, owner, id } = await createRegistered()
    const path = `${root}/webhooks/${id}.json`
    harness.onCrc = () => new Response(null, { status: 302 })
    expect(await failureOf(await callSigned(harness, owner, { method: 'PUT', path }))).toEqual({
      status: 403,
      code: 214,
      message: 'Non-200 response code during CRC GET request (i.e. 404, 500, etc).',
    })
    expect(await (await harness.asApp('GET', hooks)).json()).toMatchObject([{ valid: false }])
    harness.onCrc = undefined
    expect((await callSigned(harness, owner, { method: 'PUT', path })).status).toBe(204)
    expect(await (await harness.asApp('GET', hooks)).json()).toMatchObject([{ valid: true }])
    const deleted = await callSigned(harness, owner, { method: 'DELETE', path })
    expect([deleted.status, await deleted.text()]).toEqual([204, ''])
    expect(await (await harness.asApp('GET', hooks)).json()).toEqual([])
  })

  it.each(['PUT', 'DELETE'])('%s refuses what is not the app’s, and the bearer token', async (method) => {
    const { harness, owner, id } = await createRegistered()
    const other = harness.x.addApp()
    const path = `${root}/webhooks/${id}.json`
    expect(await failureOf(await callSigned(harness, other, { method, path, app: other }))).toEqual(noWebhook)
    const unknown = { method, path: `${root}/webhooks/__proto__.json` }
    expect(await failureOf(await callSigned(harness, owner, unknown))).toEqual(noWebhook)
    expect(await failureOf(await harness.asApp(method, path))).toEqual(wrongKind)
  })
})

describe('subscriptions', () => {
  it('begin, are there for v2 as well, and end', async () => {
    const { harness, alice, id, subscription: path } = await createRegistered()
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

  it('are ended by the app, too', async () => {
    const { harness, alice, id, subscription } = await createRegistered()
    await callSigned(harness, alice, { method: 'POST', path: subscription })
    const remove = (userId: string) =>
      harness.asApp('DELETE', `${root}/webhooks/${id}/subscriptions/${userId}/all.json`)
    expect((await remove(alice.id)).status).toBe(204)
    for (const userId of [alice.id, '1', 'constructor']) expect(await failureOf(await remove(userId))).toEqual(noPage)
    const unknown = harness.asApp('DELETE', `${root}/webhooks/1/subscriptions/${alice.id}/all.json`)
    expect(await failureOf(await unknown)).toEqual(noWebhook)
    const signed = { method: 'DELETE', path: `${root}/webhooks/${id}/subscriptions/${alice.id}/all.json` }
    expect(await failureOf(await callSigned(harness, alice, signed))).toEqual(wrongKind)
  })

  it('are listed and counted', async () => {
    const { harness, alice, owner, id, subscription } = await createRegistered()
    await callSigned(harness, alice, { method: 'POST', path: subscription })
    expect(await (await harness.asApp('GET', `${root}/webhooks/${id}/subscriptions/all/list.json`)).json()).toEqual({
      webhook_id: id,
      webhook_url: hookUrl,
      application_id: owner.id,
      subscriptions: [{ user_id: alice.id }],
    })
    expect(await (await harness.asApp('GET', `${root}/subscriptions/count.json`)).json()).toEqual({
      account_name: 'app_owner',
      provisioned_count: '5000',
      subscriptions_count_all: '1',
      subscriptions_count_direct_messages: '0',
    })
    const unknown = harness.asApp('GET', `${root}/webhooks/1/subscriptions/all/list.json`)
    expect(await failureOf(await unknown)).toEqual(noWebhook)
  })

  it('are listed and counted for the app alone', async () => {
    const { harness, alice, id } = await createRegistered()
    for (const path of [`${root}/webhooks/${id}/subscriptions/all/list.json`, `${root}/subscriptions/count.json`]) {
      expect(await failureOf(await callSigned(harness, alice, { method: 'GET', path }))).toEqual(unauthenticated)
    }
  })

  it.each(['POST', 'GET', 'DELETE'])(
    '%s refuses the app, a webhook that is not there, and a denied user',
    async (method) => {
      const { harness, alice, subscription: path } = await createRegistered()
      expect(await failureOf(await harness.asApp(method, path))).toEqual(wrongKind)
      const unknown = { method, path: `${root}/webhooks/1/subscriptions/all.json` }
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
    const { harness, alice, subscription } = await createRegistered()
    const headers = { authorization: `Bearer ${alice.oauth2Token}` }
    const response = harness.x.fetch(`https://api.x.com${subscription}`, { method, headers })
    expect(await failureOf(await response)).toEqual(wrongKind)
  })
})

describe('POST …/replay/webhooks/:id/subscriptions/all.json', () => {
  const window = (from: string, to: string) => `?from_date=${from}&to_date=${to}`
  const usual = window(minutesAgo(120), minutesAgo(60))
  const replay = (id: string, search = usual) => `${root}/replay/webhooks/${id}/subscriptions/all.json${search}`

  it('brings back what happened within five days', async () => {
    const { harness, alice, id, subscription } = await createRegistered()
    await callSigned(harness, alice, { method: 'POST', path: subscription })
    const post = await alice.post('Four days ago, in a moment')
    await harness.flush()
    await harness.x.advance({ days: 4 })
    const at = (minutes: number) =>
      new Date(harness.x.now() + minutes * 60_000).toISOString().replace(/\D/g, '').slice(0, 12)
    const path = replay(id, window(at(-4 * 24 * 60 - 1), at(-4 * 24 * 60 + 1)))
    const response = await harness.asApp('POST', path)
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({
      job_id: expect.stringMatching(/^[1-9][0-9]{18}$/),
      created_at: '2026-11-25T09:30:00Z',
    })
    const [replayed, status] = await harness.flush()
    expect(replayed?.json.tweet_create_events[0].id_str).toBe(post.id_str)
    expect(status?.json.replay_job_status).toMatchObject({ webhook_id: id, job_state: 'Complete' })
  })

  it.each([
    ['no from_date', `?to_date=${minutesAgo(60)}`, 357, 'from_date: queryParam is required.'],
    ['no to_date', `?from_date=${minutesAgo(60)}`, 357, 'to_date: queryParam is required.'],
    ['no date at all', window('yesterday', minutesAgo(60)), 358, 'Unable to parse from_date parameter.'],
    ['31 February', window(minutesAgo(60), '202602310000'), 358, 'Unable to parse to_date parameter.'],
    [
      'a negative date',
      window('-202611210800', minutesAgo(60)),
      360,
      'from_date: [-202611210800] is not greater than or equal to 0.',
    ],
    [
      'a future beginning',
      window('202611210931', '202611210932'),
      368,
      'from_date: [202611210931] is not in the past.',
    ],
    ['a future end', window(minutesAgo(60), '202611210931'), 368, 'to_date: [202611210931] is not in the past.'],
    [
      'a beginning 30 minutes ago',
      window('202611210900', '202611210910'),
      368,
      'from_date: [202611210900] is not in the past.',
    ],
    ['the wrong order', window(minutesAgo(60), minutesAgo(61)), 356, 'from_date must be before to_date.'],
    ['more than five days', window('202611160930', minutesAgo(60)), 356, 'from_date must be within the past 5 days.'],
  ])('refuses %s', async (_, search, code, message) => {
    const { harness, id } = await createRegistered()
    expect(await failureOf(await harness.asApp('POST', replay(id, search)))).toEqual({ status: 400, code, message })
  })

  it.each([
    ['202611160931', '202611160932', 202],
    ['202611210859', '202611210919', 202],
    ['202611210900', '202611210919', 400],
    ['202611210858', '202611210920', 202],
    ['202611210858', '202611210921', 400],
  ])('takes %s to %s with status %i', async (from, to, status) => {
    const { harness, id } = await createRegistered()
    expect((await harness.asApp('POST', replay(id, window(from, to)))).status).toBe(status)
  })

  it.each([
    ['1', noWebhook],
    ['-1', { status: 400, code: 360, message: 'webhook_id: [-1] is not greater than or equal to 0.' }],
    ['one', { status: 400, code: 358, message: 'Unable to parse webhook_id parameter.' }],
  ])('refuses the webhook %s', async (id, failure) => {
    const { harness } = await createRegistered()
    expect(await failureOf(await harness.asApp('POST', replay(id)))).toEqual(failure)
  })

  it('refuses a webhook of another app', async () => {
    const { harness, id } = await createRegistered()
    expect(await failureOf(await harness.asApp('POST', replay(id), undefined, harness.x.addApp()))).toEqual(noWebhook)
  })

  it('refuses an invalid webhook, and one that fails the challenge', async () => {
    const { harness, id } = await createRegistered()
    const needsCrc = { status: 400, code: 214, message: 'Webhook is marked invalid and requires a CRC check.' }
    harness.onCrc = () => Response.json({})
    expect(await failureOf(await harness.asApp('POST', replay(id)))).toEqual(needsCrc)
    harness.onCrc = undefined
    expect(await failureOf(await harness.asApp('POST', replay(id)))).toEqual(needsCrc)
  })

  it('takes one job at a time', async () => {
    const { harness, id } = await createRegistered()
    let open = () => {}
    harness.onCrc = async (request) => {
      await new Promise<void>((resolve) => (open = resolve))
      return crcAnswer(request, harness.x.app.consumerSecret)
    }
    const first = harness.asApp('POST', replay(id))
    await expect.poll(() => harness.challenges.length).toBe(2)
    expect(await failureOf(await harness.asApp('POST', replay(id)))).toEqual({
      status: 409,
      code: 355,
      message: 'A replay job is already in progress for this webhook.',
    })
    open()
    expect((await first).status).toBe(202)
  })

  it('wants the app alone, with access, on the enterprise tier', async () => {
    const { harness, owner, id } = await createRegistered()
    expect(await failureOf(await callSigned(harness, owner, { method: 'POST', path: replay(id) }))).toEqual({
      status: 401,
      code: 32,
      message: 'Invalid authentication method. Please use application-only authentication.',
    })
    harness.x.configureApp({ enrolled: false })
    expect(await failureOf(await harness.asApp('POST', replay(id)))).toEqual({
      status: 401,
      code: 61,
      message: 'Client is not permitted to request this method.',
    })
    const premium = await createRegistered({ tier: 'premium' })
    expect(await failureOf(await premium.harness.asApp('POST', replay(premium.id)))).toEqual({
      status: 403,
      code: 200,
      message:
        'Account Activity API enterprise account with replay is required. Please confirm you have an enterprise account and replay is enabled.',
    })
  })

  it('is asked five times in 15 minutes, and no more', async () => {
    const { harness, id } = await createRegistered()
    for (let call = 0; call < 5; call += 1) {
      expect((await harness.asApp('POST', replay(id))).status).toBe(202)
      await harness.flush()
    }
    expect(await failureOf(await harness.asApp('POST', replay(id)))).toEqual({
      status: 429,
      code: 88,
      message: 'Too many requests. Please back off your API request rate.',
    })
  })
})
