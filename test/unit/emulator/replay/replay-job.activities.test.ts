import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from 'x-account-activity/emulator'
import { activityWorld, parsed } from '../../../support/emulator-activity.ts'
import { replayPath } from '../../../support/emulator-replay.ts'

/** A webhook with a subscription of each API, and one post an hour ago. */
async function setup(options: EmulatorOptions = {}) {
  const world = await activityWorld(['post.create', 'like.create'], options)
  const { harness, webhookId, alice } = world
  await harness.subscribe(webhookId, alice)
  await alice.like(await alice.post('Hello'))
  await harness.x.advance({ hours: 1 })
  const live = await harness.flush()
  const [from_date, to_date] = ['202611210930', '202611210931']
  const replay = () => harness.asApp('POST', '/2/webhooks/replay', { webhook_id: webhookId, from_date, to_date })
  return { ...world, live, replay, from: from_date, to: to_date }
}

describe('a replay job of /2/webhooks/replay', () => {
  it('delivers the events of both APIs, and marks those of the X Activity API', async () => {
    const { harness, live, replay } = await setup()
    expect((await replay()).status).toBe(200)
    const replayed = await harness.flush()
    expect(replayed.map(({ json }) => json)).toEqual([
      ...live.map(({ json }) => ('data' in json ? { ...json, meta: { replay: true } } : json)),
      { replay_job_status: expect.objectContaining({ job_state: 'Complete' }) },
    ])
    expect(live.filter(({ json }) => 'data' in json)).toHaveLength(2)
    const records = harness.x.deliveries.filter(({ kind }) => kind !== 'live')
    expect(records.map(({ kind, api }) => `${kind} ${api}`)).toEqual([
      'replay account_activity',
      'replay activity',
      'replay account_activity',
      'replay activity',
      'replay_job_status account_activity',
    ])
  })

  it('keeps the ids of the events', async () => {
    const { harness, live, replay } = await setup()
    await replay()
    const replayed = (await harness.flush()).slice(0, -1)
    expect(replayed.map((one) => parsed(one).id)).toEqual(live.map((one) => parsed(one).id))
    expect(parsed(replayed[1])).toMatchObject({ type: 'post.create', isReplay: true })
  })

  it('includes what was not delivered', async () => {
    const { harness, alice, webhookId } = await setup({ retries: 'none' })
    harness.onDelivery = () => new Response(null, { status: 500 })
    await alice.post('Missed')
    await harness.flush()
    harness.onDelivery = undefined
    await harness.x.advance({ hours: 1 })
    const { status } = await harness.asApp('POST', '/2/webhooks/replay', {
      webhook_id: webhookId,
      from_date: '202611211030',
      to_date: '202611211031',
    })
    expect(status).toBe(200)
    expect((await harness.flush()).map(({ json }) => json.data?.payload.text)).toContain('Missed')
  })

  it('goes on after its state was saved and loaded', async () => {
    const { harness, replay } = await setup({ replay: { takesMinutes: 5 } })
    await replay()
    await harness.x.load(harness.x.save())
    await harness.x.advance({ minutes: 5 })
    expect((await harness.flush()).filter(({ json }) => json.meta?.replay)).toHaveLength(2)
  })
})

describe('a replay job of the older paths', () => {
  it('delivers the events of the Account Activity API only', async () => {
    const { harness, webhookId, from, to } = await setup()
    const v1 = `/1.1/account_activity/replay/webhooks/${webhookId}/subscriptions/all.json?from_date=${from}&to_date=${to}`
    for (const path of [replayPath(webhookId, from, to), v1]) {
      expect((await harness.asApp('POST', path)).ok).toBe(true)
      expect((await harness.flush()).map(({ json }) => Object.keys(json).at(-1))).toEqual([
        'tweet_create_events',
        'favorite_events',
        'replay_job_status',
      ])
    }
  })
})
