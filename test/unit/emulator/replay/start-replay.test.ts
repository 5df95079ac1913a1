import { describe, expect, it } from 'vitest'
import { hookUrl, reasonOf, subscriptionPath } from '../../../support/emulator-harness.ts'
import { createSubscribed, noon, replayPath } from '../../../support/emulator-replay.ts'

describe('a replay job', () => {
  it('is answered in the form of its path, after a challenge', async () => {
    const { harness, id } = await createSubscribed()
    harness.time = noon
    const job = { job_id: expect.stringMatching(/^\d{19}$/), created_at: '2026-11-21T12:00:00.000Z' }
    const older = await harness.asApp('POST', replayPath(id, '202611210900', '202611211100'))
    expect(await older.json()).toEqual(job)
    await harness.x.idle()
    const body = { webhook_id: id, from_date: '202611210900', to_date: '202611211100' }
    const newer = await harness.asApp('POST', '/2/webhooks/replay', body)
    expect(await newer.json()).toEqual({ data: job })
    expect(harness.challenges).toHaveLength(3)
  })

  it('delivers the events of the window, in order and unchanged, and then its status', async () => {
    const { harness, id, alice } = await createSubscribed()
    const post = async (minute: number, text: string, ms = 0) => {
      harness.time = Date.UTC(2026, 10, 21, 9, minute, 0, ms)
      await alice.post(text)
      // The injected clock must not move while a delivery is pending, or it counts as late.
      await harness.x.idle()
    }
    await post(39, 'before', -1)
    await post(40, 'at the beginning')
    await post(45, 'within')
    await post(50, 'just within', -1)
    await post(50, 'at the end')
    const live = await harness.flush()
    harness.time = noon
    const response = await harness.asApp('POST', replayPath(id, '202611210940', '202611210950'))
    const { job_id } = (await response.json()) as { job_id: string }
    const replayed = await harness.flush()
    expect(replayed.slice(0, -1).map(({ body }) => body)).toEqual(live.slice(1, 4).map(({ body }) => body))
    expect(replayed.at(-1)?.json).toEqual({
      replay_job_status: {
        webhook_id: id,
        job_state: 'Complete',
        job_state_description: 'Job completed successfully',
        job_id,
      },
    })
    expect(harness.x.deliveries.slice(5).map(({ kind }) => kind)).toEqual([
      'replay',
      'replay',
      'replay',
      'replay_job_status',
    ])
  })

  it('delivers events that the receiver lost', async () => {
    const { harness, id, alice } = await createSubscribed({ retries: 'none' })
    harness.onDelivery = () => new Response(null, { status: 503 })
    await alice.post('Lost')
    await harness.flush()
    harness.onDelivery = undefined
    await harness.x.advance({ hours: 1 })
    await harness.asApp('POST', replayPath(id, '202611210930', '202611210931'))
    expect((await harness.flush()).map(({ json }) => json.tweet_create_events?.[0].text)).toEqual(['Lost', undefined])
  })

  it('is incomplete when a delivery fails, which is not attempted again', async () => {
    const { harness, id, alice } = await createSubscribed()
    await alice.post('One')
    await alice.post('Two')
    await harness.flush()
    harness.onDelivery = async (request) =>
      new Response(null, { status: (await request.text()).includes('Two') ? 500 : 200 })
    await harness.x.advance({ hours: 1 })
    await harness.asApp('POST', replayPath(id, '202611210930', '202611210931'))
    const replayed = await harness.flush()
    expect(replayed).toHaveLength(3)
    expect(replayed[2]?.json.replay_job_status).toMatchObject({
      job_state: 'Incomplete',
      job_state_description: 'Job failed to deliver all events, please retry your replay job',
    })
  })

  it('omits the events of other webhooks, and those that an invalid webhook was never sent', async () => {
    const { harness, id, alice } = await createSubscribed()
    const other = await harness.register(`${hookUrl}/other`)
    const bob = harness.x.addUser({ screenName: 'bob' })
    await harness.subscribe(other, bob)
    await bob.post('Not for this webhook')
    harness.onCrc = () => Response.json({})
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    await alice.post('Not tried')
    harness.onCrc = undefined
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    await harness.x.advance({ hours: 1 })
    await harness.flush()
    await harness.asApp('POST', replayPath(id, '202611210930', '202611210931'))
    expect((await harness.flush()).map(({ json }) => Object.keys(json))).toEqual([['replay_job_status']])
  })

  it('is the only one of its webhook, and has ended when its status arrives', async () => {
    const { harness, id, alice } = await createSubscribed()
    const other = await harness.register(`${hookUrl}/other`)
    await alice.post('Hello')
    await harness.flush()
    await harness.x.advance({ hours: 1 })
    const path = replayPath(id, '202611210930', '202611210931')
    const answers: ((response: Response) => void)[] = []
    const redelivered = new Promise<void>((arrived) => {
      harness.onDelivery = () => {
        arrived()
        return new Promise((resolve) => answers.push(resolve))
      }
    })
    expect((await harness.asApp('POST', path)).status).toBe(200)
    await redelivered
    expect(await reasonOf(await harness.asApp('POST', path))).toBe('ReplayConflictError')
    expect((await harness.asApp('POST', replayPath(other, '202611210930', '202611210931'))).status).toBe(200)
    // The receiver now answers the redelivery, and the status of the other job.
    let next: Promise<Response> | undefined
    harness.onDelivery = async (request) => {
      if ((await request.text()).includes(`"webhook_id":"${id}"`)) next ??= harness.asApp('POST', path)
      return new Response()
    }
    for (const answer of answers) answer(new Response())
    await harness.x.idle()
    expect((await next)?.status).toBe(200)
    await harness.x.idle()
  })

  it('is started by only one of two concurrent requests', async () => {
    const { harness, id } = await createSubscribed()
    harness.time = noon
    const path = replayPath(id, '202611210930', '202611210931')
    const responses = await Promise.all([harness.asApp('POST', path), harness.asApp('POST', path)])
    expect(await Promise.all(responses.map(reasonOf))).toEqual([undefined, 'ReplayConflictError'])
  })

  it('requires a valid webhook that passes the challenge', async () => {
    const { harness, id } = await createSubscribed()
    harness.time = noon
    const path = replayPath(id, '202611210930', '202611210931')
    harness.onCrc = () => new Response(null, { status: 500 })
    expect(await reasonOf(await harness.asApp('POST', path))).toBe('CrcValidationFailed')
    harness.onCrc = () => Response.json({})
    expect(await reasonOf(await harness.asApp('POST', path))).toBe('CrcValidationFailed')
    // The wrong token made the webhook invalid. A replay does not validate it again.
    harness.onCrc = undefined
    expect(await reasonOf(await harness.asApp('POST', path))).toBe('CrcValidationFailed')
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    expect((await harness.asApp('POST', path)).status).toBe(200)
  })

  it('delivers the events of a user who was subscribed then, and is not any more', async () => {
    const { harness, id, alice } = await createSubscribed()
    await alice.post('Hello')
    await harness.flush()
    await harness.asApp('DELETE', `/2/account_activity/webhooks/${id}/subscriptions/${alice.id}/all`)
    await alice.post('Goodbye')
    await harness.x.advance({ hours: 1 })
    await harness.asApp('POST', replayPath(id, '202611210930', '202611210931'))
    const texts = (await harness.flush()).map(({ json }) => json.tweet_create_events?.[0].text)
    expect(texts).toEqual(['Hello', undefined])
    expect(await (await harness.asUser(alice, 'GET', subscriptionPath(id))).json()).toEqual({
      data: { subscribed: false },
    })
  })
})
