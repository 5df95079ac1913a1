import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'
import { EmulatorHarness, reasonOf, start, subscriptionPath } from '../../../support/emulator-harness.ts'
import { continueFrom, createFilledHarness, throughJson } from '../../../support/emulator-saved.ts'

/** The harness with methods that can be destructured. */
function bound(harness: EmulatorHarness): EmulatorHarness {
  const { x, challenges } = harness
  const flush = () => harness.flush()
  const asApp: EmulatorHarness['asApp'] = (...args) => harness.asApp(...args)
  return { x, challenges, flush, asApp } as EmulatorHarness
}

interface RandomAction {
  readonly action: number
  readonly who: number
  readonly whom: number
  readonly text: string
}

/** Runs actions of users. An action that X does not allow is refused. */
async function runActions(x: Emulator, actions: readonly RandomAction[]): Promise<void> {
  for (const { action, who, whom, text } of actions) {
    const [, ...users] = x.users
    const [user, other] = [users[who], users[whom]]
    if (!user || !other) continue
    const posts = JSON.parse(JSON.stringify(x.save().tables)).posts as { id: string }[]
    const post = posts.at(-1 - whom)?.id ?? '1'
    const choices = [
      () => user.post(text),
      () => user.reply(post, text),
      () => user.repost(post),
      () => user.quote(post, text),
      () => user.deletePost(post),
      () => user.like(post),
      () => user.follow(other),
      () => user.block(other),
      () => user.message(other, text),
      () => x.advance({ minutes: whom }),
    ]
    await choices[action]?.().catch((error: unknown) => expect(error).toBeInstanceOf(RangeError))
  }
}

describe('a saved state', () => {
  it('is plain JSON, and does not change in a round trip', async () => {
    const harness = await createFilledHarness()
    const saved = harness.x.save()
    expect(throughJson(saved)).toEqual(saved)
    expect(createEmulator({ state: throughJson(saved), now: () => start }).save()).toEqual(saved)
  })

  it('does not change later', async () => {
    const harness = await createFilledHarness()
    const saved = harness.x.save()
    const before = JSON.stringify(saved)
    await harness.x.user('alice')?.post('More')
    expect(JSON.stringify(saved)).toBe(before)
  })

  it('keeps ids, keys, tokens and subscriptions', async () => {
    const harness = await createFilledHarness()
    const copy = continueFrom(harness)
    expect(JSON.stringify(copy.x.apps)).toBe(JSON.stringify(harness.x.apps))
    expect(copy.x.webhooks).toEqual(harness.x.webhooks)
    expect(copy.x.now()).toBe(harness.x.now())
    const describeUser = ({ id, screenName, name, accessToken, accessTokenSecret, oauth2Token }: EmulatedUser) =>
      [id, screenName, name, accessToken, accessTokenSecret, oauth2Token].join()
    expect(copy.x.users.map(describeUser)).toEqual(harness.x.users.map(describeUser))
    const alice = copy.x.user('alice')
    if (!alice) throw new Error('The user alice is missing.')
    expect((await copy.asApp('GET', '/2/webhooks')).status).toBe(200)
    const path = subscriptionPath(copy.x.webhooks[0]?.id ?? '')
    expect(await (await copy.asUser(alice, 'GET', path)).json()).toEqual({ data: { subscribed: true } })
  })

  it('continues with the same ids, challenges, links and bytes', async () => {
    const harness = await createFilledHarness()
    const copy = continueFrom(harness)
    const play = async ({ x, flush, asApp, challenges }: EmulatorHarness) => {
      const [alice, bob] = ['alice', 'bob'].map((name) => x.user(name))
      if (!alice || !bob) throw new Error('A user is missing.')
      const dave = x.addUser({ screenName: 'dave' })
      await bob.like(await alice.post('Again @bob https://example.com'))
      await bob.unfollow(alice)
      await alice.typing(bob)
      await bob.message(alice, 'Hm')
      await asApp('PUT', `/2/webhooks/${x.webhooks[0]?.id}`)
      await x.advance({ hours: 1 })
      const received = (await flush()).slice(-8)
      return [dave.id, dave.accessToken, x.addApp().consumerKey, challenges.at(-1)?.url, ...received.map((r) => r.body)]
    }
    const [original, again] = [await play(bound(harness)), await play(bound(copy))]
    expect(original.length).toBeGreaterThan(8)
    expect(again).toEqual(original)
  })

  it('contains the events for replays', async () => {
    const copy = continueFrom(await createFilledHarness())
    await copy.x.advance({ hours: 1 })
    const id = copy.x.webhooks[0]?.id
    const body = { webhook_id: id, from_date: '202611210900', to_date: '202611211100' }
    expect((await copy.asApp('POST', '/2/webhooks/replay', body)).status).toBe(200)
    const replayed = await copy.flush()
    expect(replayed.length).toBeGreaterThan(8)
    expect(replayed[0]?.json.tweet_create_events[0].text).toMatch(/^Über @bob: https:\/\/t\.co\/\w{10} #fünf/)
  })

  it('contains the scheduled retries and challenges', async () => {
    const harness = await createFilledHarness()
    harness.onDelivery = () => new Response(null, { status: 500 })
    await harness.x.user('alice')?.post('Try again')
    await harness.x.idle()
    const copy = continueFrom(harness)
    copy.onDelivery = harness.onDelivery
    for (const { x } of [harness, copy]) await x.advance({ hours: 30 })
    const attempts = ({ x }: EmulatorHarness) =>
      x.deliveries.map(({ attempt, at, body }) => [attempt, at - start, body])
    const again = attempts(copy)
    expect(again.map(([attempt]) => attempt)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
    expect(again).toEqual(attempts(harness).slice(-8))
    expect(copy.challenges.length).toBeGreaterThan(0)
    const urls = copy.challenges.map(({ url }) => url)
    expect(urls).toEqual(harness.challenges.slice(-urls.length).map(({ url }) => url))
  })

  it('contains the replay jobs that have not started', async () => {
    const options = { replay: { takesMinutes: 5 } }
    const harness = new EmulatorHarness(options)
    const [alice] = await harness.subscribed('alice')
    await alice.post('Bring me back')
    await harness.x.advance({ hours: 1 })
    const [webhook] = harness.x.webhooks
    const body = { webhook_id: webhook?.id, from_date: '202611210900', to_date: '202611211000' }
    expect((await harness.asApp('POST', '/2/webhooks/replay', body)).status).toBe(200)
    const copy = new EmulatorHarness({ ...options, state: throughJson(harness.x.save()) })
    expect(await reasonOf(await copy.asApp('POST', '/2/webhooks/replay', body))).toBe('ReplayConflictError')
    await copy.x.advance({ minutes: 5 })
    expect(copy.x.deliveries.map(({ kind }) => kind)).toEqual(['replay', 'replay_job_status'])
    expect((await copy.asApp('POST', '/2/webhooks/replay', body)).status).toBe(200)
  })

  it('can be read whatever the options, because all times are whole milliseconds', async () => {
    const harness = new EmulatorHarness({
      crcSchedule: { everyMinutes: 1.00001, validForHours: 0.00001, graceHours: 0.00001 },
      replay: { takesMinutes: 0.00123 },
      retries: [0.0004, 1.0004],
      faults: { clockSkewMs: 0.5 },
    })
    const [alice] = await harness.subscribed('alice')
    harness.onDelivery = harness.onCrc = () => new Response(null, { status: 500 })
    await alice.post('Hello')
    await harness.x.advance({ minutes: 1.5, ms: 0.4 })
    harness.x.addUser({ screenName: 'bob' })
    const saved = harness.x.save()
    expect(createEmulator({ state: throughJson(saved), now: () => start }).save()).toMatchObject({ version: 1 })
  })

  it('does not contain a running replay job', async () => {
    const harness = await createFilledHarness()
    harness.onDelivery = () => new Promise<never>(() => undefined)
    await harness.x.advance({ hours: 1 })
    const body = { webhook_id: harness.x.webhooks[0]?.id, from_date: '202611210900', to_date: '202611211100' }
    expect((await harness.asApp('POST', '/2/webhooks/replay', body)).status).toBe(200)
    const copy = continueFrom(harness)
    expect((await copy.asApp('POST', '/2/webhooks/replay', body)).status).toBe(200)
  })

  it('does not change in a round trip after any actions, and continues in the same way', async () => {
    const actions = fc.array(
      fc.record({ action: fc.nat(9), who: fc.nat(2), whom: fc.nat(2), text: fc.string({ minLength: 1 }) }),
    )
    await fc.assert(
      fc.asyncProperty(actions, actions, async (before, after) => {
        const harness = new EmulatorHarness({ seed: 1 })
        await harness.subscribed('alice', 'bob', 'carol')
        await runActions(harness.x, before)
        await harness.x.idle()
        const copy = continueFrom(harness)
        expect(copy.x.save()).toEqual(harness.x.save())
        const [sent, sentAgain] = [await harness.flush(), await copy.flush()]
        expect(sentAgain).toEqual([])
        expect(sent.length).toBeGreaterThanOrEqual(0)
        for (const { x } of [harness, copy]) await runActions(x, after)
        const bodies = async (of: EmulatorHarness) => (await of.flush()).map(({ body }) => body)
        expect(await bodies(copy)).toEqual(await bodies(harness))
        expect(copy.x.save()).toEqual(harness.x.save())
      }),
      { numRuns: 30 },
    )
  })
})
