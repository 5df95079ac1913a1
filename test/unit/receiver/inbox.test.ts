import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  createMemoryDedupeStore,
  createMemoryInbox,
  createReceiver,
  type ErrorContext,
  type HandlerContext,
  type Inbox,
  type InboxItem,
  type InboxRunOptions,
  type NewInboxItem,
  type ReceiverOptions,
} from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

type Handle = Parameters<Inbox['run']>[0]

/** An inbox that writes down what is done with it, and hands out nothing by itself. */
function recordingInbox() {
  const added: NewInboxItem[] = []
  const runs: { handle: Handle; options: InboxRunOptions; stop: ReturnType<typeof vi.fn> }[] = []
  const inbox: Inbox = {
    add: async (items) => void added.push(...items),
    run: (handle, options) => {
      const stop = vi.fn(async () => {})
      runs.push({ handle, options, stop })
      return { stop }
    },
    deadLetters: () => [],
    retry: () => false,
    discard: () => false,
    close: () => {},
  }
  return { inbox, added, runs }
}

function setUp(options: Partial<ReceiverOptions> & { inbox: Inbox }) {
  const errors: { error: unknown; context: ErrorContext }[] = []
  const onError = (error: unknown, context: ErrorContext) => errors.push({ error, context })
  const receiver = createReceiver({ consumerSecret: secret, now: () => 1_795_253_460_000, onError, ...options })
  const deliver = async (body = followBody()) => (await receiver.fetch(deliveryRequest(body))).status
  return { receiver, errors, deliver }
}

/** What the inbox hands out of what was put into it. */
const out = (item: NewInboxItem | undefined, attempt = 1): InboxItem => {
  if (item === undefined) throw new Error('nothing was added')
  return { ...item, attempt }
}
const never = new AbortController().signal
const turn = () => new Promise(setImmediate)

describe('a delivery', () => {
  it('is answered when it stands in the inbox, and not before', async () => {
    const kept = deferred()
    const { inbox, added } = recordingInbox()
    const follow = vi.fn()
    const add = (items: readonly NewInboxItem[]) => {
      added.push(...items)
      return kept.promise
    }
    const { deliver } = setUp({ inbox: { ...inbox, add }, on: { follow } })
    const answer = deliver()
    const answered = vi.fn()
    void answer.then(answered)
    await turn()
    expect(answered).not.toHaveBeenCalled()
    kept.resolve()
    expect(await answer).toBe(200)
    expect(follow).not.toHaveBeenCalled()
    expect(added).toEqual([{ id: expect.any(String), body: followBody(), receivedAt: 1_795_253_460_000 }])
  })

  it('of several events is kept as one item for each, in a lane where order is asked for', async () => {
    const { inbox, added } = recordingInbox()
    const { deliver } = setUp({ inbox, order: 'account' })
    const events = ['22', '33'].map((source) => JSON.parse(followBody({ source })).follow_events[0])
    const body = JSON.stringify({ for_user_id: '11', follow_events: events })
    expect(await deliver(body)).toBe(200)
    expect(added).toMatchObject([
      { body, orderingKey: '11' },
      { body, orderingKey: '11' },
    ])
    expect(new Set(added.map(({ id }) => id)).size).toBe(2)
  })

  it('without events is answered, and nothing is kept', async () => {
    const { inbox } = recordingInbox()
    const add = vi.fn()
    const { deliver } = setUp({ inbox: { ...inbox, add } })
    expect(await deliver('{"for_user_id":"11","follow_events":[]}')).toBe(200)
    expect(add).not.toHaveBeenCalled()
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('disk is full'))],
    [
      'throws',
      () => {
        throw new Error('disk is full')
      },
    ],
  ])('is answered with 500 when the inbox %s', async (_, add) => {
    const { inbox } = recordingInbox()
    const { deliver, errors } = setUp({ inbox: { ...inbox, add } })
    expect(await deliver()).toBe(500)
    expect(errors).toMatchObject([{ error: { message: 'disk is full' }, context: { phase: 'store' } }])
  })

  it('of another sender never gets there', async () => {
    const { inbox, added } = recordingInbox()
    const { receiver } = setUp({ inbox })
    expect((await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))).status).toBe(401)
    expect(added).toEqual([])
  })
})

describe('an item', () => {
  async function keepOne(options: Partial<ReceiverOptions>) {
    const { inbox, added, runs } = recordingInbox()
    const set = setUp({ ...options, inbox })
    await set.deliver()
    return { ...set, item: out(added[0]), handle: runs[0]?.handle ?? (() => Promise.reject(new Error('no run'))) }
  }

  it('reaches the handlers with what they have always been given', async () => {
    const follow = vi.fn()
    const { handle, item } = await keepOne({ on: { follow } })
    await handle(item, never)
    expect(follow).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ type: 'follow', sourceId: '22', id: item.id }),
      expect.objectContaining({
        delivery: expect.objectContaining({ forUserId: '11' }),
        receivedAt: new Date(1_795_253_460_000),
        deadline: new Date(1_795_253_460_000 + 60_000),
      }),
    )
  })

  it('that fails is given back with the error of its handler', async () => {
    const follow = vi.fn().mockRejectedValueOnce(new Error('database is down'))
    const { handle, item, errors } = await keepOne({ on: { follow } })
    await expect(handle(item, never)).rejects.toThrow('database is down')
    expect(errors).toMatchObject([{ context: { phase: 'handler' } }])
    await handle({ ...item, attempt: 2 }, never)
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('is handled again when it is handed out again: the inbox knows best', async () => {
    const follow = vi.fn()
    const { handle, item } = await keepOne({ on: { follow } })
    await handle(item, never)
    await handle(item, never)
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('is not handled again where a dedupe store says so', async () => {
    const follow = vi.fn()
    const { handle, item } = await keepOne({ on: { follow }, dedupe: createMemoryDedupeStore() })
    await handle(item, never)
    await handle(item, never)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('is given back while somebody else is at it', async () => {
    const dedupe = { ...createMemoryDedupeStore(), claim: () => 'in_progress' as const }
    const { handle, item } = await keepOne({ on: { follow: () => {} }, dedupe })
    await expect(handle(item, never)).rejects.toThrow('Another process is handling the event.')
  })

  it('that is handed out twice at a time is handled once', async () => {
    const hanging = deferred()
    const follow = vi.fn(() => hanging.promise)
    const { handle, item } = await keepOne({ on: { follow } })
    const both = [handle(item, never), handle(item, never)]
    await turn()
    hanging.resolve()
    await Promise.all(both)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('passes the signal of the inbox on', async () => {
    const signals: AbortSignal[] = []
    const hanging = deferred()
    const follow = (_event: unknown, { signal }: HandlerContext) => {
      signals.push(signal)
      return hanging.promise
    }
    const { handle, item } = await keepOne({ on: { follow } })
    const time = new AbortController()
    const running = handle(item, time.signal)
    await turn()
    expect(signals[0]?.aborted).toBe(false)
    time.abort('over')
    expect(signals[0]).toMatchObject({ aborted: true, reason: 'over' })
    hanging.resolve()
    await running
    const late = handle(item, time.signal)
    await turn()
    expect(signals[1]?.aborted).toBe(true)
    await late
  })

  it.each([
    ['whose body is gone', { body: 'nonsense' }],
    ['whose body is of another event', { body: followBody({ source: '99' }) }],
  ])('%s is given back', async (_, broken) => {
    const follow = vi.fn()
    const { handle, item } = await keepOne({ on: { follow } })
    await expect(handle({ ...item, ...broken }, never)).rejects.toThrow()
    expect(follow).not.toHaveBeenCalled()
  })
})

describe('work on the inbox', () => {
  it('begins with the first handler, not before, and once', async () => {
    const { inbox, runs } = recordingInbox()
    const { receiver } = setUp({ inbox, on: {}, workers: 3 })
    await turn()
    expect(runs).toHaveLength(0)
    receiver.on('follow', () => {})
    expect(runs).toHaveLength(0)
    receiver.onAny(() => {})
    await turn()
    expect(runs).toMatchObject([{ options: { concurrency: 3 } }])
  })

  it('is left to other processes with no workers', async () => {
    const { inbox, runs } = recordingInbox()
    const { receiver, deliver } = setUp({ inbox, workers: 0, on: { follow: () => {} } })
    receiver.onAny(() => {})
    expect(await deliver()).toBe(200)
    await turn()
    expect(runs).toEqual([])
    expect(await receiver.close()).toBe(true)
  })

  it('is stopped when the receiver is closed, which waits for it', async () => {
    const { inbox, runs } = recordingInbox()
    const { receiver } = setUp({ inbox, on: { follow: () => {} } })
    await turn()
    const stopped = deferred()
    runs[0]?.stop.mockReturnValue(stopped.promise)
    const closed = receiver.close()
    await turn()
    expect(runs[0]?.stop).toHaveBeenCalledOnce()
    stopped.resolve()
    expect(await closed).toBe(true)
  })

  it('does not begin any more when the receiver is closed', async () => {
    const { inbox, runs } = recordingInbox()
    const { receiver } = setUp({ inbox, on: { follow: () => {} } })
    await receiver.close()
    receiver.onAny(() => {})
    await turn()
    expect(runs).toEqual([])
  })

  it('reports what goes wrong beside the handlers', async () => {
    const { inbox, runs } = recordingInbox()
    const { errors, receiver } = setUp({ inbox, on: { follow: () => {} } })
    await turn()
    runs[0]?.options.onError(new Error('connection lost'))
    runs[0]?.stop.mockRejectedValue(new Error('cannot stop'))
    expect(await receiver.close()).toBe(true)
    expect(errors.map(({ error, context }) => [(error as Error).message, context.phase])).toEqual([
      ['connection lost', 'store'],
      ['cannot stop', 'store'],
    ])
  })

  it('that cannot begin is reported', async () => {
    const { inbox } = recordingInbox()
    const run = () => {
      throw new Error('no such file')
    }
    const { errors } = setUp({ inbox: { ...inbox, run }, on: { follow: () => {} } })
    await turn()
    expect(errors).toMatchObject([{ error: { message: 'no such file' }, context: { phase: 'store' } }])
  })

  it('goes through a real one, tries again what failed, and drains', async () => {
    const inbox = createMemoryInbox({ backoff: { baseMs: 1, maxMs: 1 } })
    onTestFinished(async () => inbox.close())
    const seen: string[] = []
    const follow = vi.fn(async (event: { sourceId: string }) => {
      seen.push(event.sourceId)
      if (seen.length === 1) throw new Error('not yet')
    })
    const { receiver, deliver } = setUp({ inbox, now: Date.now, on: { follow } })
    expect(await deliver()).toBe(200)
    expect(await deliver()).toBe(200)
    await vi.waitFor(() => expect(seen).toEqual(['22', '22']))
    expect(await receiver.close()).toBe(true)
  })
})

describe('createReceiver', () => {
  const { inbox } = recordingInbox()
  it.each([
    ['an inbox that is none', { inbox: 'redis' }, TypeError],
    ['an inbox without its verbs', { inbox: { add: () => {} } }, TypeError],
    ['an inbox that nothing would go into', { inbox, ack: 'after-handlers' }, RangeError],
    ['a negative number of workers', { inbox, workers: -1 }, RangeError],
    ['half a worker', { inbox, workers: 0.5 }, RangeError],
    ['an order that is none', { order: 'sender' }, RangeError],
    ['no time for handlers', { handlerTimeoutMs: 0 }, RangeError],
    ['more time than a timer has', { handlerTimeoutMs: 2 ** 31 }, RangeError],
    ['NaN milliseconds for a body', { bodyTimeoutMs: Number.NaN }, RangeError],
    ['endless time for a body', { bodyTimeoutMs: Number.POSITIVE_INFINITY }, RangeError],
    ['no deliveries at a time', { maxConcurrentDeliveries: 0 }, RangeError],
    ['a text for deliveries at a time', { maxConcurrentDeliveries: '10' }, TypeError],
  ])('throws on %s', (_, options, type) => {
    expect(() => createReceiver({ consumerSecret: secret, ...options } as never)).toThrow(type)
  })

  it('takes after-accept without an inbox', () => {
    expect(() => createReceiver({ consumerSecret: secret, ack: 'after-accept' })).not.toThrow()
  })
})
