import { describe, expect, it, vi } from 'vitest'
import { createClient } from 'x-account-activity'
import { type Delivery, parseDelivery } from 'x-account-activity/events'
import { type RunStreamOptions, runStream } from 'x-account-activity/stream'
import { deferred } from '../../support/deferred.ts'
import { createTestReceiver } from '../../support/receiver.ts'
import { createStreamServer } from '../../support/stream-server.ts'
import { patientOptions } from '../../support/x-api.ts'
import { deliveryRequest, followBody } from '../../support/x-request.ts'

const follow = parseDelivery(followBody())
const numbered = (id: number) => parseDelivery({ data: { event_type: 'a.type.of.tomorrow', event_uuid: String(id) } })

/** A client whose stream has these deliveries, and then waits for its signal if it has no end. */
function clientOf(deliveries: Iterable<Delivery>, { hasEnd = true } = {}) {
  const seen: unknown[] = []
  let read = 0
  const stream = vi.fn((options: { signal?: AbortSignal | undefined } = {}) => {
    seen.push(options)
    return (async function* () {
      for (const delivery of deliveries) {
        read += 1
        yield delivery
      }
      if (!hasEnd) {
        await new Promise((_, reject) =>
          options.signal?.addEventListener('abort', () => reject(options.signal?.reason)),
        )
      }
    })()
  })
  return { client: { activity: { stream } }, seen, read: () => read }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('runStream', () => {
  it('passes each delivery to the receiver, and resolves when the stream is complete', async () => {
    const handler = vi.fn()
    const { receiver } = createTestReceiver({ on: { follow: handler } })
    const { client } = clientOf([follow, numbered(1), follow])
    expect(await runStream({ client, receiver })).toBeUndefined()
    expect(handler).toHaveBeenCalledExactlyOnceWith(follow.events[0], expect.anything())
  })

  it('does not handle again what came by webhook', async () => {
    const handler = vi.fn()
    const { receiver } = createTestReceiver({ on: { follow: handler } })
    await receiver.fetch(deliveryRequest(followBody()))
    await runStream({ client: clientOf([follow]).client, receiver })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('does not handle an event of the X Activity API again that came by webhook', async () => {
    // https://docs.x.com/x-api/activity/introduction
    const body = JSON.stringify({
      data: {
        event_uuid: '-2348917263871',
        event_type: 'follow.follow',
        filter: { user_id: '12' },
        tag: 'support',
        payload: { source: { data: { id: '11' } }, target: { data: { id: '12' } } },
      },
    })
    const types: string[] = []
    const { receiver } = createTestReceiver()
    receiver.onAny(({ type }) => void types.push(type))
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    await runStream({ client: clientOf([parseDelivery(body)]).client, receiver })
    expect(types).toEqual(['follow.follow'])
  })

  it('passes its options on to the stream, and its reports to the functions', async () => {
    const { client, seen } = clientOf([])
    const { receiver } = createTestReceiver()
    const connect = vi.fn()
    const headers = { 'x-proxy': '1' }
    const window = { startTime: '2026-11-28T11:00:00Z', endTime: '2026-11-28T12:00:00Z', backfillMinutes: 5 }
    await runStream({
      client,
      receiver,
      ...window,
      headers,
      retry: 3,
      timeoutMs: 1,
      on: { connect, unhandled: vi.fn() },
    })
    const signal = expect.any(AbortSignal)
    expect(seen).toEqual([{ ...window, headers, retry: 3, timeoutMs: 1, signal, on: { connect } }])
  })

  it('works with a client', async () => {
    const types: string[] = []
    const { receiver } = createTestReceiver()
    receiver.onAny(({ type }) => void types.push(type))
    const { fetch } = createStreamServer(({ send, end }) => {
      send(`\r\n${followBody()}\r\n{"data":{"event_type":"a.type.of.tomorrow"}}\r\n`)
      end()
    })
    const client = createClient({ ...patientOptions(), fetch })
    await runStream({ client, receiver, startTime: '2026-11-28T11:00:00Z', endTime: '2026-11-28T12:00:00Z' })
    expect(types.sort()).toEqual(['follow', 'unknown'])
  })

  it.each([1, 3])('handles at most %s deliveries at the same time, and reads no more', async (concurrency) => {
    const running: ReturnType<typeof deferred>[] = []
    const dispatch = async () => {
      const work = deferred()
      running.push(work)
      await work.promise
      return true
    }
    const { client, read } = clientOf(Array.from({ length: 5 }, (_, index) => numbered(index)))
    const run = runStream({ client, receiver: { dispatch }, concurrency })
    for (let done = 0; done < 5; done += 1) {
      await turn()
      expect(running).toHaveLength(Math.min(done + concurrency, 5))
      expect(read()).toBe(Math.min(done + concurrency, 5))
      running[done]?.resolve()
    }
    await run
  })

  it('resolves on abort, closes the stream and aborts the handlers', async () => {
    const controller = new AbortController()
    const signals: AbortSignal[] = []
    const unhandled = vi.fn()
    const { receiver } = createTestReceiver({
      on: {
        follow: (_event, { signal }) => {
          signals.push(signal)
          return new Promise(() => undefined)
        },
      },
    })
    const { client, seen } = clientOf([follow], { hasEnd: false })
    const run = runStream({ client, receiver, signal: controller.signal, on: { unhandled } })
    await turn()
    controller.abort()
    expect(await run).toBeUndefined()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    expect((seen[0] as { signal: AbortSignal }).signal.aborted).toBe(true)
    expect(unhandled.mock.calls).toEqual([[{ delivery: follow, attempts: 1 }]])
  })

  it('rejects with the error of the stream, after the handlers have ended', async () => {
    const work = deferred()
    const { client } = clientOf(
      (function* () {
        yield follow
        throw new Error('TooManyConnections')
      })(),
    )
    const ended = vi.fn()
    const dispatch = async () => {
      await work.promise
      return true
    }
    const run = runStream({ client, receiver: { dispatch } })
    run.catch(ended)
    await turn()
    expect(ended).not.toHaveBeenCalled()
    work.resolve()
    await expect(run).rejects.toThrow('TooManyConnections')
  })
})

describe('a delivery that is not handled', () => {
  function setup(results: readonly boolean[], more: Partial<RunStreamOptions> = {}) {
    const waits: number[] = []
    const dispatch = vi.fn(async () => results[dispatch.mock.calls.length - 1] ?? false)
    const unhandled = vi.fn()
    const sleep = async (ms: number) => void waits.push(ms)
    const { client } = clientOf([follow])
    const run = () => runStream({ client, receiver: { dispatch }, sleep, on: { unhandled }, ...more })
    return { run, waits, dispatch, unhandled }
  }

  it('is passed to the receiver again, because X does not send it again', async () => {
    const { run, waits, dispatch, unhandled } = setup([false, false, true])
    await run()
    expect(dispatch).toHaveBeenCalledTimes(3)
    expect(waits).toEqual([1_000, 2_000])
    expect(unhandled).not.toHaveBeenCalled()
  })

  it.each([
    [undefined, [1_000, 2_000, 4_000, 8_000]],
    [1, []],
    [7, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000]],
  ])('is reported after maxAttempts, %s', async (maxAttempts, expected) => {
    const { run, waits, unhandled } = setup([], { maxAttempts })
    await run()
    expect(waits).toEqual(expected)
    expect(unhandled.mock.calls).toEqual([[{ delivery: follow, attempts: expected.length + 1 }]])
  })

  it('is handled by the handlers that failed only', async () => {
    const failing = vi.fn().mockRejectedValueOnce(new Error('database is down'))
    const { receiver } = createTestReceiver({ on: { follow: failing } })
    await runStream({ client: clientOf([follow]).client, receiver, sleep: async () => {} })
    expect(failing).toHaveBeenCalledTimes(2)
  })

  it('is reported if the signal is aborted during the wait', async () => {
    const controller = new AbortController()
    const sleep = (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const { run, dispatch, unhandled } = setup([], { sleep, signal: controller.signal })
    const running = run()
    await turn()
    controller.abort()
    await running
    expect(dispatch).toHaveBeenCalledTimes(1)
    expect(unhandled).toHaveBeenCalledTimes(1)
  })

  it('ends the stream if the receiver itself fails', async () => {
    const { client } = clientOf([follow], { hasEnd: false })
    const dispatch = () => Promise.reject(new TypeError('not a receiver'))
    await expect(runStream({ client, receiver: { dispatch } })).rejects.toThrow('not a receiver')
  })
})

describe('the options', () => {
  const client = clientOf([]).client
  const receiver = createTestReceiver().receiver
  it.each<readonly [unknown, typeof TypeError | typeof RangeError, RegExp]>([
    [undefined, TypeError, /"options" must be an object/],
    [{ receiver }, TypeError, /"client" must be an object/],
    [{ client: {}, receiver }, TypeError, /"client.activity" must be an object/],
    [{ client: { activity: {} }, receiver }, TypeError, /"client.activity.stream" must be a function/],
    [{ client }, TypeError, /"receiver" must be an object/],
    [{ client, receiver: {} }, TypeError, /"receiver.dispatch" must be a function/],
    [{ client, receiver, on: null }, TypeError, /"on" must be an object/],
    [{ client, receiver, on: { unhandled: 1 } }, TypeError, /"on.unhandled" must be a function/],
    [{ client, receiver, concurrency: 0 }, RangeError, /"concurrency" must be an integer from 1 to 1000/],
    [{ client, receiver, concurrency: 1001 }, RangeError, /"concurrency" must/],
    [{ client, receiver, maxAttempts: Number.NaN }, RangeError, /"maxAttempts" must be an integer from 1 to 100/],
    [{ client, receiver, maxAttempts: 101 }, RangeError, /"maxAttempts" must/],
    [{ client, receiver, sleep: 1 }, TypeError, /"sleep" must be a function/],
  ])('%o are refused', async (options, Expected, message) => {
    const run = runStream(options as RunStreamOptions)
    await expect(run).rejects.toThrow(Expected)
    await expect(run).rejects.toThrow(message)
  })
})
