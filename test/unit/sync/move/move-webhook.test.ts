import { describe, expect, it } from 'vitest'
import { type Client, createClient, createMemoryDedupeStore, createReceiver, type Receiver } from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'
import { createMemoryRecoveryStore } from 'x-account-activity/recovery'
import { moveWebhook, syncSubscriptions, type WebhookMoveOptions } from 'x-account-activity/sync'
import { fetchOf } from '../../../support/x-api.ts'

const from = 'https://old.invalid/x'
const to = 'https://new.invalid/x'
const minuteMs = 60_000
/** Saturday, 21 November 2026, 12:00 UTC. */
const noon = Date.UTC(2026, 10, 21, 12)

/** An app with a webhook and ten accounts on the emulator. Each call to X is one step, and any step can be the last one. */
class MovingApp {
  readonly x: Emulator
  readonly users: EmulatedUser[]
  readonly client: Client
  readonly posts: string[] = []
  readonly handled = new Map<string, number>()
  readonly store = createMemoryRecoveryStore()
  readonly calls: string[] = []
  /** Called before each call. It may throw: the process has died. */
  before: (number: number) => void = () => {}
  /** Whether the new server answers CRC requests as X expects it. */
  isNewUp = true
  readonly #receiver: Receiver

  constructor(webhooks: number) {
    this.x = createEmulator({
      now: () => noon,
      limits: { webhooks, subscriptions: 100, rate: false },
      fetch: (request) => this.#answer(request),
    })
    this.users = Array.from({ length: 10 }, (_, index) => this.x.addUser({ screenName: `account_${index}` }))
    this.#receiver = createReceiver({
      consumerSecret: this.x.app.consumerSecret,
      dedupe: createMemoryDedupeStore({ now: () => this.x.now() }),
      on: {
        tweet_create: ({ postId }) => void this.handled.set(postId, (this.handled.get(postId) ?? 0) + 1),
      },
    })
    this.client = createClient({
      ...this.x.app,
      retry: 0,
      now: () => this.x.now(),
      fetch: fetchOf(async (request) => {
        this.calls.push(`${request.method} ${new URL(request.url).pathname}`)
        this.before(this.calls.length)
        const response = await this.x.fetch(request)
        // X goes on while a move is in progress.
        await this.post()
        return response
      }),
    })
  }

  async start(): Promise<void> {
    const { id } = await this.client.webhooks.create(from)
    await syncSubscriptions(this.client, { webhookId: id, users: this.users })
    this.posts.length = 0
    this.calls.length = 0
  }

  async post(): Promise<void> {
    const user = this.users[this.posts.length % this.users.length]
    if (user !== undefined) this.posts.push((await user.post('hello')).id_str)
  }

  move(options: Partial<WebhookMoveOptions> = {}) {
    return moveWebhook(this.client, {
      from,
      to,
      users: this.users,
      now: () => this.x.now(),
      sleep: async (ms) => void (await this.x.advance({ ms })),
      ...options,
    })
  }

  async lost(): Promise<string[]> {
    await this.x.idle()
    return this.posts.filter((id) => !this.handled.has(id))
  }

  async #answer(request: Request): Promise<Response> {
    if (request.url.startsWith(to) && !this.isNewUp) return new Response('not yet', { status: 404 })
    return this.#receiver.fetch(request)
  }
}

async function start(webhooks = 5): Promise<MovingApp> {
  const app = new MovingApp(webhooks)
  await app.start()
  return app
}

const state = ({ x }: MovingApp) => x.webhooks.map(({ url, subscribers }) => [url, subscribers.length])

describe('moveWebhook', () => {
  it('loses no event, and delivers none twice to handlers, where the plan has room for two', async () => {
    const app = await start()
    const result = await app.move()
    expect(result).toMatchObject({ webhook: { url: to }, isComplete: true, deleted: [{ url: from }], kept: [] })
    expect(result.subscribed).toHaveLength(10)
    expect(result).not.toHaveProperty('gap')
    expect(state(app)).toEqual([[to, 10]])
    expect(app.posts.length).toBeGreaterThan(10)
    expect(await app.lost()).toEqual([])
    expect(new Set(app.handled.values())).toEqual(new Set([1]))
  })

  it('keeps both for ten seconds, because events begin some seconds after a subscription', async () => {
    const app = await start()
    const before = app.x.now()
    const waits: number[] = []
    const sleep = async (ms: number) => {
      waits.push(ms)
      expect(state(app)).toEqual([
        [from, 10],
        [to, 10],
      ])
      await app.x.advance({ ms })
    }
    await app.move({ sleep })
    expect(waits).toEqual([10_000])
    expect(app.x.now() - before).toBe(10_000)
  })

  it.each([5, 1])('continues after it ended at any step, with room for %s webhooks', async (webhooks) => {
    const whole = await start(webhooks)
    await whole.move()
    const steps = whole.calls.length
    expect(steps).toBeGreaterThan(14)
    for (let last = 1; last <= steps; last += 1) {
      const app = await start(webhooks)
      app.before = (number) => {
        if (number === last) throw new TypeError('the process has died')
      }
      // A move whose account failed is not complete; the others reject.
      const first = await app.move({ store: app.store, concurrency: 1 }).catch(() => undefined)
      if (first !== undefined) expect(first.isComplete).toBe(false)
      app.before = () => {}
      const { isComplete, gap } = await app.move({ store: app.store })
      expect({ last, isComplete, state: state(app) }).toEqual({ last, isComplete: true, state: [[to, 10]] })
      const lost = await app.lost()
      if (webhooks === 5) expect(lost).toEqual([])
      else if (lost.length > 0) expect(gap ?? first?.gap).toBeDefined()
    }
  })

  it('names the gap, and reports it to the recovery, where the plan has no room for two', async () => {
    const app = await start(1)
    const before = app.x.now()
    const reported: unknown[] = []
    const { gap, deleted, isComplete } = await app.move({ recovery: { report: (span) => reported.push(span) } })
    expect(state(app)).toEqual([[to, 10]])
    expect(isComplete).toBe(true)
    expect(deleted).toMatchObject([{ url: from }])
    expect(gap).toEqual({ from: new Date(before), to: new Date(before + 10_000) })
    expect(reported).toEqual([gap])
  })

  it('remembers in the store when a gap began that an earlier call left', async () => {
    const app = await start(1)
    const began = app.x.now()
    app.before = (number) => {
      if (app.calls[number - 2]?.startsWith('DELETE')) throw new TypeError('the process has died')
    }
    const { create } = app.client.webhooks
    const client = {
      ...app.client,
      webhooks: {
        ...app.client.webhooks,
        create: (url: string) => (url === to ? create(url) : Promise.reject(new TypeError('dead'))),
      },
    }
    const options = { from, to, users: app.users, store: app.store, now: () => app.x.now() }
    await expect(moveWebhook(client, options)).rejects.toMatchObject({ code: 'transport' })
    expect(app.x.webhooks).toEqual([])
    app.before = () => {}
    await app.x.advance({ minutes: 7 })
    const { gap } = await app.move({ store: app.store })
    expect(gap).toEqual({ from: new Date(began), to: new Date(began + 7 * minuteMs + 10_000) })
    // The next call has nothing to do.
    expect(await app.move({ store: app.store })).not.toHaveProperty('gap')
  })

  it('without a store, the gap of an interrupted call begins 24 hours before its end', async () => {
    const app = await start(1)
    await app.client.webhooks.delete(app.x.webhooks[0]?.id ?? '')
    const { gap } = await app.move()
    expect(Number(gap?.to) - Number(gap?.from)).toBe(24 * 60 * minuteMs)
  })

  it('deletes nothing without room when the new URL does not answer', async () => {
    const app = await start(1)
    app.isNewUp = false
    // The name "new.invalid" has no address, so the probe passes, and X refuses the URL.
    await expect(app.move()).rejects.toMatchObject({
      reason: 'CrcValidationFailed',
      hint: expect.stringMatching(
        /is registered again as webhook \d+\. Its accounts are subscribed again\. Events from/,
      ),
    })
    expect(state(app)).toEqual([[from, 10]])
  })

  it('deletes nothing with room when X refuses the new URL', async () => {
    const app = await start()
    app.isNewUp = false
    await expect(app.move()).rejects.toMatchObject({ reason: 'CrcValidationFailed' })
    expect(state(app)).toEqual([[from, 10]])
    expect(await app.lost()).toEqual([])
  })

  it('keeps the old webhook while an account is subscribed only there', async () => {
    const app = await start()
    const [lost, ...others] = app.users as [EmulatedUser, ...EmulatedUser[]]
    const { isComplete, kept, skipped } = await app.move({ users: [...others, { userId: lost.id, accessToken: null }] })
    expect(isComplete).toBe(false)
    expect(kept).toMatchObject([{ webhook: { url: from }, userIds: [lost.id] }])
    expect(skipped).toEqual([{ userId: lost.id, isSubscribed: false }])
    expect(state(app)).toEqual([
      [from, 10],
      [to, 9],
    ])
    expect(await app.move({ users: others, maxRemovals: 1 })).toMatchObject({ isComplete: true, kept: [] })
    expect(state(app)).toEqual([[to, 9]])
  })

  it('refuses to delete the old webhook to make room when accounts would be lost', async () => {
    const app = await start(1)
    const users = app.users.slice(2)
    await expect(app.move({ users })).rejects.toThrow(RangeError)
    await expect(app.move({ users })).rejects.toThrow('2 of its accounts have no credentials in "users"')
    expect(state(app)).toEqual([[from, 10]])
    expect(await app.move({ users, maxRemovals: 2 })).toMatchObject({ isComplete: true })
  })

  it('moves activity subscriptions as well', async () => {
    const app = await start()
    const [user] = app.users as [EmulatedUser]
    const { id: webhookId } = app.x.webhooks[0] ?? { id: '' }
    await app.client.activity.subscriptions.create(
      { eventType: 'post.create', filter: { userId: user.id }, webhookId },
      { user },
    )
    const { isComplete, webhook } = await app.move()
    expect(isComplete).toBe(true)
    const moved: unknown[] = []
    for await (const one of app.client.activity.subscriptions.list()) moved.push(one.webhookId)
    expect(moved).toEqual([webhook.id])
  })

  it('takes the id of the old webhook, or leaves all others', async () => {
    const app = await start()
    const { id } = app.x.webhooks[0] ?? { id: '' }
    expect(await app.move({ from: id })).toMatchObject({ isComplete: true, deleted: [{ id }] })
    const third = 'https://third.invalid/x'
    expect(await app.move({ from: undefined, to: third })).toMatchObject({ deleted: [{ url: to }] })
    expect(state(app)).toEqual([[third, 10]])
  })

  it('does nothing but check when the move is complete', async () => {
    const app = await start()
    await app.move()
    app.calls.length = 0
    expect(await app.move()).toMatchObject({ isComplete: true, deleted: [], subscribed: [] })
    expect(app.calls).toHaveLength(2)
  })

  it.each<[string, object, string]>([
    ['no URL', { to: undefined }, '"to" must be a string, got undefined'],
    [
      'a path as the old URL',
      { from: '/x' },
      '"from" must be an absolute http or https URL with a valid host and port',
    ],
    ['an empty old URL', { from: '' }, '"from" must not be empty'],
    ['a negative overlap', { overlapMs: -1 }, '"overlapMs" must be an integer from 0 to 9007199254740991, got -1'],
    ['removals that are not a number', { maxRemovals: '1' }, '"maxRemovals" must be a number, got string'],
    ['a recovery without report', { recovery: {} }, '"recovery.report" must be a function, got undefined'],
    ['a store without get', { store: {} }, '"store.get" must be a function, got undefined'],
  ])('refuses %s, before any call', async (_, options, message) => {
    const app = new MovingApp(5)
    await expect(app.move(options)).rejects.toThrow(message)
    expect(app.calls).toEqual([])
  })
})
