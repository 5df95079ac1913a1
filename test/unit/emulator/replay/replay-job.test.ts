import { describe, expect, it } from 'vitest'
import { createEmulator, type EmulatorOptions, type ReplayOptions } from 'x-account-activity/emulator'
import { enterpriseWindow, readWindow } from '../../../../src/emulator/replay/replay-window.ts'
import { EmulatorHarness, reasonOf } from '../../../support/emulator-harness.ts'

const noon = Date.UTC(2026, 10, 21, 12)

async function createSubscribed(options: EmulatorOptions = {}) {
  const harness = new EmulatorHarness(options)
  const id = await harness.register()
  const alice = harness.x.addUser({ screenName: 'alice' })
  await harness.subscribe(id, alice)
  /** Asks for a job of v2. */
  const replay = (from: string, to: string) =>
    harness.asApp('POST', '/2/webhooks/replay', { webhook_id: id, from_date: from, to_date: to })
  /** Asks for one of v1.1 enterprise. */
  const replayV1 = (from: string, to: string) =>
    harness.asApp(
      'POST',
      `/1.1/account_activity/replay/webhooks/${id}/subscriptions/all.json?from_date=${from}&to_date=${to}`,
    )
  /** What was posted, or how a job ended. */
  const flush = async () =>
    (await harness.flush()).map(({ json }) => json.tweet_create_events?.[0].text ?? json.replay_job_status.job_state)
  return { harness, id, alice, replay, replayV1, flush }
}

describe('a window of v1.1 enterprise, at noon', () => {
  it.each([
    ['exactly five days back', '202611161200', '202611161300'],
    ['exactly 31 to 10 minutes ago', '202611211129', '202611211150'],
  ])('is accepted: %s', (_, from, to) => {
    expect(readWindow({ from, to }, noon, enterpriseWindow)).toMatchObject({ from: expect.any(Number) })
  })

  it.each([
    ['', '202611211100', 'from_date', 'missing'],
    ['202611211000', ' ', 'to_date', 'missing'],
    ['-202611211000', '202611211100', 'from_date', 'negative'],
    ['202611211000', '-1', 'to_date', 'negative'],
    ['2026-11-21', '202611211100', 'from_date', 'malformed'],
    ['202611211000', '202613211100', 'to_date', 'malformed'],
    ['202611211201', '202611211300', 'from_date', 'in-future'],
    ['202611211100', '202611211201', 'to_date', 'in-future'],
    ['202611161159', '202611211100', 'from_date', 'too-old'],
    ['202611211130', '202611211140', 'from_date', 'too-recent'],
    ['202611211100', '202611211151', 'to_date', 'too-recent'],
    ['202611211000', '202611211000', 'from_date', 'not-in-order'],
  ])('is refused: %s to %s, because %s is %s', (from, to, parameter, rule) => {
    expect(readWindow({ from, to }, noon, enterpriseWindow)).toMatchObject({ parameter, rule })
  })
})

describe('a replay job', () => {
  it('of v1.1 reaches back five days', async () => {
    const { harness, alice, replayV1, flush } = await createSubscribed()
    await alice.post('Hello')
    await harness.x.advance({ days: 4, hours: 23 })
    await flush()
    expect((await replayV1('202611210930', '202611210931')).status).toBe(202)
    expect(await flush()).toEqual(['Hello', 'Complete'])
  })

  it('brings back what was before the user left, and nothing from before they came', async () => {
    const { harness, id, alice, replay, flush } = await createSubscribed()
    const bob = harness.x.addUser({ screenName: 'bob' })
    await bob.post('Not subscribed yet')
    await alice.post('Alice is here')
    await harness.subscribe(id, bob)
    await harness.asApp('DELETE', `/2/account_activity/webhooks/${id}/subscriptions/${alice.id}/all`)
    await alice.post('Alice has left')
    await bob.post('Bob is here')
    await harness.x.advance({ hours: 1 })
    await flush()
    await replay('202611210930', '202611210931')
    expect(await flush()).toEqual(['Alice is here', 'Bob is here', 'Complete'])
  })

  it('tries nothing again', async () => {
    const { harness, alice, replay, flush } = await createSubscribed()
    await alice.post('Hello')
    await harness.x.advance({ hours: 1 })
    await flush()
    harness.onDelivery = () => new Response(null, { status: 503 })
    await replay('202611210930', '202611210931')
    await harness.x.advance({ days: 1 })
    expect(await flush()).toEqual(['Hello', 'Incomplete'])
    expect(harness.x.deliveries.slice(1)).not.toContainEqual(expect.objectContaining({ retryAt: expect.anything() }))
  })

  it('takes as long as it is set to, and is the only one until then', async () => {
    const { harness, alice, replay, flush } = await createSubscribed({ replay: { takesMinutes: 5 } })
    await alice.post('Hello')
    await harness.x.advance({ hours: 1 })
    await flush()
    expect((await replay('202611210930', '202611210931')).status).toBe(200)
    await harness.x.advance({ minutes: 4.9 })
    expect(await reasonOf(await replay('202611210930', '202611210931'))).toBe('ReplayConflictError')
    expect(await flush()).toEqual([])
    await harness.x.advance({ minutes: 0.1 })
    expect(await flush()).toEqual(['Hello', 'Complete'])
    expect((await replay('202611210930', '202611210931')).status).toBe(200)
  })

  it('brings nothing to a webhook that became invalid meanwhile', async () => {
    const { harness, id, alice, replay, flush } = await createSubscribed({ replay: { takesMinutes: 5 } })
    await alice.post('Hello')
    await harness.x.advance({ hours: 1 })
    await flush()
    await replay('202611210930', '202611210931')
    harness.onCrc = () => Response.json({})
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    await harness.x.advance({ hours: 1 })
    expect(await flush()).toEqual([])
  })

  it('brings nothing to a webhook that was deleted meanwhile', async () => {
    const { harness, id, alice, replay, flush } = await createSubscribed({ replay: { takesMinutes: 5 } })
    await alice.post('Hello')
    await harness.x.advance({ hours: 1 })
    await flush()
    await replay('202611210930', '202611210931')
    await harness.asApp('DELETE', `/2/webhooks/${id}`)
    await harness.x.advance({ hours: 1 })
    expect(await flush()).toEqual([])
  })

  it('says nothing more when the webhook becomes invalid while it runs', async () => {
    const { harness, id, alice, replay, flush } = await createSubscribed()
    for (let count = 0; count < 60; count += 1) await alice.post(`Post ${count}`)
    await harness.x.advance({ hours: 1 })
    await flush()
    let validated: Promise<Response> | undefined
    harness.onDelivery = async () => {
      harness.onCrc = () => Response.json({})
      validated ??= harness.asApp('PUT', `/2/webhooks/${id}`)
      await validated
      return new Response()
    }
    await replay('202611210930', '202611210931')
    expect((await flush()).filter((text) => /omplete/.test(text))).toEqual([])
  })

  it('brings back what there was room for', async () => {
    const { harness, alice, replay, flush } = await createSubscribed({ replay: { keptMegabytes: 0.004 } })
    for (const text of ['One', 'Two', 'Three', 'Four']) await alice.post(text)
    await harness.x.advance({ hours: 1 })
    await flush()
    await replay('202611210930', '202611210931')
    expect(await flush()).toEqual(['Three', 'Four', 'Complete'])
  })
})

describe('the options of replays', () => {
  it.each([
    [{ takesMinutes: -1 }, RangeError],
    [{ takesMinutes: Number.NaN }, RangeError],
    [{ keptMegabytes: -1 }, RangeError],
    [{ minutes: 1 }, RangeError],
    [{ keptMegabytes: '32' }, TypeError],
    [null, TypeError],
    [5, TypeError],
  ])('are refused: %j', (replay, error) => {
    expect(() => createEmulator({ replay: replay as ReplayOptions })).toThrow(error)
  })
})
