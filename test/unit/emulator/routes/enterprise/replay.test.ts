import { describe, expect, it } from 'vitest'
import { crcAnswer } from '../../../../support/emulator-harness.ts'
import {
  callSigned,
  enterpriseRoot,
  failureOf,
  harnessWithWebhook,
  minutesAgo,
  noWebhook,
} from '../../../../support/emulator-v1.ts'

describe('POST …/replay/webhooks/:id/subscriptions/all.json', () => {
  const window = (from: string, to: string) => `?from_date=${from}&to_date=${to}`
  const usual = window(minutesAgo(120), minutesAgo(60))
  const replay = (id: string, search = usual) =>
    `${enterpriseRoot}/replay/webhooks/${id}/subscriptions/all.json${search}`

  it('delivers the events of the last five days', async () => {
    const { harness, alice, id, subscription } = await harnessWithWebhook()
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
    const { harness, id } = await harnessWithWebhook()
    expect(await failureOf(await harness.asApp('POST', replay(id, search)))).toEqual({ status: 400, code, message })
  })

  it.each([
    ['202611160931', '202611160932', 202],
    ['202611210859', '202611210919', 202],
    ['202611210900', '202611210919', 400],
    ['202611210858', '202611210920', 202],
    ['202611210858', '202611210921', 400],
  ])('answers the window from %s to %s with status %i', async (from, to, status) => {
    const { harness, id } = await harnessWithWebhook()
    expect((await harness.asApp('POST', replay(id, window(from, to)))).status).toBe(status)
  })

  it.each([
    ['1', noWebhook],
    ['-1', { status: 400, code: 360, message: 'webhook_id: [-1] is not greater than or equal to 0.' }],
    ['one', { status: 400, code: 358, message: 'Unable to parse webhook_id parameter.' }],
  ])('refuses the webhook %s', async (id, failure) => {
    const { harness } = await harnessWithWebhook()
    expect(await failureOf(await harness.asApp('POST', replay(id)))).toEqual(failure)
  })

  it('refuses a webhook of another app', async () => {
    const { harness, id } = await harnessWithWebhook()
    expect(await failureOf(await harness.asApp('POST', replay(id), undefined, harness.x.addApp()))).toEqual(noWebhook)
  })

  it('refuses an invalid webhook, and a webhook that fails the challenge', async () => {
    const { harness, id } = await harnessWithWebhook()
    const needsCrc = { status: 400, code: 214, message: 'Webhook is marked invalid and requires a CRC check.' }
    harness.onCrc = () => Response.json({})
    expect(await failureOf(await harness.asApp('POST', replay(id)))).toEqual(needsCrc)
    harness.onCrc = undefined
    expect(await failureOf(await harness.asApp('POST', replay(id)))).toEqual(needsCrc)
  })

  it('accepts one job at a time', async () => {
    const { harness, id } = await harnessWithWebhook()
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

  it('requires app-only authentication, enrolment and the enterprise tier', async () => {
    const { harness, owner, id } = await harnessWithWebhook()
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
    const premium = await harnessWithWebhook({ tier: 'premium' })
    expect(await failureOf(await premium.harness.asApp('POST', replay(premium.id)))).toEqual({
      status: 403,
      code: 200,
      message:
        'Account Activity API enterprise account with replay is required. Please confirm you have an enterprise account and replay is enabled.',
    })
  })

  it('accepts five calls in 15 minutes', async () => {
    const { harness, id } = await harnessWithWebhook()
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
