import { describe, expect, it } from 'vitest'
import { createClient, type StreamDisconnectReport } from 'x-account-activity'
import type { EmulatedUser, EmulatorOptions } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { createReceiver } from 'x-account-activity/receiver'
import { type RunStreamOptions, runStream } from 'x-account-activity/stream'
import { deferred } from '../../support/deferred.ts'
import { EmulatorHarness } from '../../support/emulator-harness.ts'
import { settled } from '../../support/emulator-stream.ts'

/** The number of open streams of the first app. */
async function connections({ x }: EmulatorHarness): Promise<number> {
  const headers = { authorization: `Bearer ${x.app.bearerToken}` }
  const response = await x.fetch('https://api.x.com/2/connections', { headers })
  return ((await response.json()) as { data: object[] }).data.length
}

/** An app without a webhook, whose receiver keeps the texts of the posts of alice. */
function createApp(options: EmulatorOptions = {}, { baseUrl = undefined as string | undefined } = {}) {
  const harness = new EmulatorHarness(options)
  const { x } = harness
  const texts: (string | undefined)[] = []
  const receiver = createReceiver({
    consumerSecret: x.app.consumerSecret,
    on: { 'post.create': ({ payload }) => void texts.push(payload.text) },
  })
  const waits: number[] = []
  const sleep = async (ms: number) => void waits.push(ms)
  const transport = baseUrl === undefined ? { fetch: x.fetch } : { baseUrl }
  const client = createClient({ ...x.app, ...transport, now: () => x.now(), retry: { sleep } })
  const alice = x.user('alice') ?? x.addUser({ screenName: 'alice' })
  const disconnects: StreamDisconnectReport[] = []
  const controller = new AbortController()
  const { signal } = controller
  const on = { disconnect: (report: StreamDisconnectReport) => disconnects.push(report) }
  /** Runs the stream until `act` has ended. */
  const during = async (act: () => Promise<unknown>, more: Partial<RunStreamOptions> = {}) => {
    const running = runStream({ client, receiver, signal, on, ...more })
    await untilConnected(harness)
    await act()
    await x.idle()
    await settled()
    controller.abort()
    await running
  }
  return { harness, x, client, receiver, alice, texts, waits, disconnects, during }
}

/** Waits until there is an open stream. It asks again and again, and lets everything else run in between. */
async function untilConnected(harness: EmulatorHarness, count = 1): Promise<void> {
  while ((await connections(harness)) < count) await settled()
}

async function subscribe(client: ReturnType<typeof createApp>['client'], alice: EmulatedUser, webhookId?: string) {
  const filter = { userId: alice.id }
  await client.activity.subscriptions.create({ eventType: 'post.create', filter, ...(webhookId && { webhookId }) })
}

describe('runStream with the emulator', () => {
  it('handles the events of an app that has no public URL', async () => {
    const { harness, client, alice, texts, during } = createApp()
    await subscribe(client, alice)
    await during(async () => {
      await alice.post('Über alles: 🐱 & more')
      await alice.post('Again')
    })
    expect(texts).toEqual(['Über alles: 🐱 &amp; more', 'Again'])
    expect(harness.received).toEqual([])
    expect(await connections(harness)).toBe(0)
  })

  it('does not handle again what came by webhook', async () => {
    const { harness, x, client, receiver, alice, texts, during } = createApp()
    harness.onDelivery = (request) => receiver.fetch(request)
    await subscribe(client, alice, await harness.register())
    await alice.post('Before the stream')
    await x.idle()
    await during(() => alice.post('By both'))
    expect(texts).toEqual(['Before the stream', 'By both'])
    expect(harness.received).toHaveLength(2)
  })

  it.each([
    ['closed', { reason: 'ended' }, 250],
    ['dropped', { reason: 'network' }, 250],
    ['disconnected', { reason: 'refused', detail: 'UpstreamOperationalDisconnect' }, 250],
  ] as const)('connects again after the fault %s, and backfill recovers what was lost', async (fault, report, wait) => {
    const { harness, x, client, alice, texts, waits, disconnects, during } = createApp()
    await subscribe(client, alice)
    await during(
      async () => {
        await alice.post('First')
        await settled()
        x.faults({ stream: { [fault]: { next: 1 } } })
        await alice.post('Lost')
        await settled()
        await untilConnected(harness)
        await alice.post('Last')
      },
      { backfillMinutes: 5 },
    )
    expect(texts).toEqual(['First', 'Lost', 'Last'])
    expect(disconnects[0]).toMatchObject(report)
    expect(waits).toEqual([wait])
  })

  it('reads what happened in a time in the past, and then resolves', async () => {
    const { x, client, receiver, alice, texts } = createApp()
    await subscribe(client, alice)
    await alice.post('Yesterday')
    await x.advance({ hours: 23 })
    await alice.post('Today')
    const endTime = new Date(x.now() - 1000)
    await runStream({ client, receiver, startTime: new Date(x.now() - 24 * 3_600_000 + 1000), endTime })
    expect(texts).toEqual(['Yesterday'])
  })

  it('rejects when other processes have all connections', async () => {
    const { harness, x, client, receiver } = createApp()
    const controller = new AbortController()
    const headers = { authorization: `Bearer ${x.app.bearerToken}` }
    const others = [1, 2].map(() =>
      x.fetch('https://api.x.com/2/activity/stream', { headers, signal: controller.signal }).catch(() => undefined),
    )
    await untilConnected(harness, 2)
    await expect(runStream({ client, receiver })).rejects.toMatchObject({
      code: 'api',
      endpoint: 'activity.stream',
      reason: 'TooManyConnections',
      status: 429,
    })
    controller.abort()
    await Promise.all(others)
  })

  it('rejects when the tier has no backfill', async () => {
    const { client, receiver } = createApp({ tier: 'pay-per-use' })
    await expect(runStream({ client, receiver, backfillMinutes: 1 })).rejects.toMatchObject({
      endpoint: 'activity.stream',
      status: 400,
      message: expect.stringContaining('backfill_minutes'),
    })
  })

  it('continues with a saved state', async () => {
    const { x, client, alice } = createApp()
    await subscribe(client, alice)
    await alice.post('Saved')
    const copy = createApp({ state: JSON.parse(JSON.stringify(x.save())) })
    const user = copy.x.user('alice') as EmulatedUser
    await copy.during(() => user.post('Continued'), { backfillMinutes: 5 })
    expect(copy.texts).toEqual(['Saved', 'Continued'])
  })

  it('reads the stream from a socket', async () => {
    const { harness, x, client: local, receiver, alice, texts } = createApp()
    await subscribe(local, alice)
    await using server = await serveEmulator(x)
    const client = createClient({ ...x.app, baseUrl: server.url, now: () => x.now() })
    const controller = new AbortController()
    const arrived = deferred()
    receiver.on('post.create', () => arrived.resolve())
    const running = runStream({ client, receiver, signal: controller.signal })
    await untilConnected(harness)
    await alice.post('Over HTTP 🐱')
    await arrived.promise
    await settled()
    controller.abort()
    await running
    expect(texts).toEqual(['Over HTTP 🐱'])
    while ((await connections(harness)) > 0) await settled()
  })
})
