import { describe, expect, it } from 'vitest'
import { reasonOf } from '../../../../support/emulator-harness.ts'
import { createSubscribed, noon, replayPath } from '../../../../support/emulator-replay.ts'

describe('a replay window at noon', () => {
  it.each([
    ['20 hours back to 10 minutes back', '202611201600', '202611211150'],
    ['exactly 24 hours back', '202611201200', '202611201300'],
    ['from exactly 31 minutes ago', '202611211129', '202611211130'],
    ['over midnight', '202611202359', '202611210000'],
  ])('is accepted: %s', async (_, from, to) => {
    const { harness, id } = await createSubscribed()
    harness.time = noon
    expect((await harness.asApp('POST', replayPath(id, from, to))).status).toBe(200)
  })

  it.each([
    ['202611201159', '202611201300', 'from_date must not be older than 24 hours'],
    ['202611211130', '202611211131', 'from_date must be at least 31 minutes in the past'],
    ['202611211200', '202611211130', 'from_date must be at least 31 minutes in the past'],
    ['202611211201', '202611211130', 'from_date must not be in the future'],
    ['202611211000', '202611211151', 'to_date must be at least 10 minutes in the past'],
    ['202611211000', '202611211201', 'to_date must not be in the future'],
    ['202611211100', '202611211000', 'from_date must be before to_date'],
    ['20261121100', '202611211100', 'from_date must be a date and time in the form yyyymmddhhmm'],
    ['2026112110000', '202611211100', 'from_date must be a date and time in the form yyyymmddhhmm'],
    ['', '202611211100', 'from_date must be a date and time in the form yyyymmddhhmm'],
    ['202611312000', '202611211100', 'from_date must be a date and time in the form yyyymmddhhmm'],
    ['202602291000', '202611211100', 'from_date must be a date and time in the form yyyymmddhhmm'],
    ['202611212400', '202611211100', 'from_date must be a date and time in the form yyyymmddhhmm'],
    ['202611211060', '202611211100', 'from_date must be a date and time in the form yyyymmddhhmm'],
    ['-20261121100', '202611211100', 'from_date must be a date and time in the form yyyymmddhhmm'],
    ['202611211000', '2026-11-2111', 'to_date must be a date and time in the form yyyymmddhhmm'],
    ['202611211000', 'NaN', 'to_date must be a date and time in the form yyyymmddhhmm'],
  ])('is refused: %s to %s', async (from, to, message) => {
    const { harness, id } = await createSubscribed()
    harness.time = noon
    const body = { webhook_id: id, from_date: from || ' ', to_date: to }
    for (const response of [
      await harness.asApp('POST', replayPath(id, from, to)),
      await harness.asApp('POST', '/2/webhooks/replay', body),
    ]) {
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ errors: [{ message: `QueryParamInvalid: ${message}` }] })
    }
  })

  it('is refused when a date is missing', async () => {
    const { harness, id } = await createSubscribed()
    const path = `/2/account_activity/replay/webhooks/${id}/subscriptions/all?from_date=202611210900`
    expect(await reasonOf(await harness.asApp('POST', path))).toBe('QueryParamInvalid')
    const body = { webhook_id: id, from_date: '202611210900' }
    expect(await reasonOf(await harness.asApp('POST', '/2/webhooks/replay', body))).toBe('$.to_date')
  })

  it('uses the clock of the emulator', async () => {
    const { harness, id } = await createSubscribed()
    const path = replayPath(id, '202611210930', '202611211000')
    expect(await reasonOf(await harness.asApp('POST', path))).toBe('QueryParamInvalid')
    await harness.x.advance({ hours: 2, minutes: 30 })
    expect((await harness.asApp('POST', path)).status).toBe(200)
  })
})

describe('the option replay.endpoints', () => {
  const newer = '/2/webhooks/replay'

  it.each([
    [undefined, 200, 200],
    [['webhooks', 'account_activity'], 200, 200],
    [['webhooks'], 200, 404],
    [['account_activity'], 404, 200],
    [[], 404, 404],
  ] as const)(
    '%j answers %i on the newer path and %i on the older one',
    async (endpoints, newerStatus, olderStatus) => {
      const { harness, id } = await createSubscribed({ replay: { ...(endpoints && { endpoints }) } })
      harness.time = noon
      const [from, to] = ['202611211000', '202611211100']
      const body = { webhook_id: id, from_date: from, to_date: to }
      expect((await harness.asApp('POST', newer, body)).status).toBe(newerStatus)
      await harness.x.idle()
      expect((await harness.asApp('POST', replayPath(id, from, to))).status).toBe(olderStatus)
    },
  )

  it('answers as for a path that does not exist, and does not report the request as unknown', async () => {
    const { harness } = await createSubscribed({ replay: { endpoints: ['account_activity'] } })
    const response = await harness.asApp('POST', newer, {})
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await response.json()).toEqual({ title: 'Not Found', type: 'about:blank', status: 404, detail: 'Not Found' })
    expect(harness.x.requests.at(-1)).toMatchObject({
      route: `POST ${newer}`,
      status: 404,
      failedCheck: 'endpoint',
      reason: 'An option of the emulator turns this endpoint off.',
    })
  })
})
