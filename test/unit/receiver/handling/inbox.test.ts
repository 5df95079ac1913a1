import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  createMemoryDedupeStore,
  createMemoryInbox,
  type HandlerContext,
  type Inbox,
  type InboxItem,
  type InboxRunOptions,
  type NewInboxItem,
  type ReceiverOptions,
} from 'x-account-activity/receiver'
import { deferred } from '../../../support/deferred.ts'
import { createTestReceiver, settle } from '../../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../../support/x-request.ts'

type Handle = Parameters<Inbox['run']>[0]

/** An inbox that records each call, and hands out no item by itself. */
function recordingInbox(canPostpone?: boolean) {
  const added: NewInboxItem[] = []
  const runs: { handle: Handle; options: InboxRunOptions; stop: ReturnType<typeof vi.fn> }[] = []
  const inbox: Inbox = {
    add: async (items) => void added.push(...items),
    run: (handle, options) => {
      const stop = vi.fn(async () => {})
      runs.push({ handle, options, stop })
      return { stop, canPostpone }
    },
    deadLetters: () => [],
    retry: () => false,
    discard: () => false,
    close: () => {},
  }
  return { inbox, added, runs }
}

function setUp(options: Partial<ReceiverOptions> & { inbox: Inbox }) {
  const { receiver, errors } = createTestReceiver({ now: () => 1_795_253_460_000, ...options })
  const deliver = async (body = followBody()) => (await receiver.fetch(deliveryRequest(body))).status
  return { receiver, errors, deliver }
}

/** The item that an inbox hands out for one that was added. */
const handOut = (item: NewInboxItem | undefined, attempt = 1): InboxItem => {
  if (item === undefined) throw new Error('nothing was added')
  return { ...item, attempt }
}
const never = new AbortController().signal

describe('a delivery', () => {
  it('is answered when it is in the inbox, and not before', async () => {
    const stored = deferred()
    const { inbox, added } = recordingInbox()
    const follow = vi.fn()
    const add = (items: readonly NewInboxItem[]) => {
      added.push(...items)
      return stored.promise
    }
    const { deliver } = setUp({ inbox: { ...inbox, add }, on: { follow } })
    const answer = deliver()
    const answered = vi.fn()
    void answer.then(answered)
    await settle()
    expect(answered).not.toHaveBeenCalled()
    stored.resolve()
    expect(await answer).toBe(200)
    expect(follow).not.toHaveBeenCalled()
    expect(added).toEqual([
      { id: expect.any(String), eventIndex: 0, body: followBody(), receivedAt: 1_795_253_460_000 },
    ])
  })

  it('of several events is added as one item for each, with an ordering key when order is set', async () => {
    const { inbox, added } = recordingInbox()
    const { deliver } = setUp({ inbox, order: 'account' })
    const events = ['22', '33'].map((source) => JSON.parse(followBody({ source })).follow_events[0])
    const body = JSON.stringify({ for_user_id: '11', follow_events: events })
    expect(await deliver(body)).toBe(200)
    expect(added).toMatchObject([
      { body, eventIndex: 0, orderingKey: '11' },
      { body, eventIndex: 1, orderingKey: '11' },
    ])
    expect(new Set(added.map(({ id }) => id)).size).toBe(2)
  })

  it('of several accounts is added with the account of each event as its ordering key', async () => {
    const { inbox, added } = recordingInbox()
    const { deliver } = setUp({ inbox, order: 'account' })
    const envelope = (user_id: string) => ({ event_type: 'post.create', filter: { user_id }, payload: { id: '1' } })
    await deliver(JSON.stringify({ data: [envelope('11'), envelope('12'), { event_type: 'news.new', payload: {} }] }))
    expect(added.map(({ orderingKey }) => orderingKey)).toEqual(['11', '12', '11'])
  })

  it('without events is answered, and nothing is added', async () => {
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

  it('that is not from X is not added', async () => {
    const { inbox, added } = recordingInbox()
    const { receiver } = setUp({ inbox })
    expect((await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))).status).toBe(401)
    expect(added).toEqual([])
  })
})

describe('an item', () => {
  async function addOne(options: Partial<ReceiverOptions>, canPostpone?: boolean) {
    const { inbox, added, runs } = recordingInbox(canPostpone)
    const set = setUp({ ...options, inbox })
    await set.deliver()
    return { ...set, item: handOut(added[0]), handle: runs[0]?.handle ?? (() => Promise.reject(new Error('no run'))) }
  }

  it('is handed to the handlers with the same context as a delivery', async () => {
    const follow = vi.fn()
    const { handle, item } = await addOne({ on: { follow } })
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

  it('whose handler fails goes back to the inbox, with the error', async () => {
    const follow = vi.fn().mockRejectedValueOnce(new Error('database is down'))
    const { handle, item, errors } = await addOne({ on: { follow } })
    await expect(handle(item, never)).rejects.toThrow('database is down')
    expect(errors).toMatchObject([{ context: { phase: 'handler' } }])
    await handle({ ...item, attempt: 2 }, never)
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('is handled again when the inbox hands it out again', async () => {
    const follow = vi.fn()
    const { handle, item } = await addOne({ on: { follow } })
    await handle(item, never)
    await handle(item, never)
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('is handled once when a dedupe store is given as well', async () => {
    const follow = vi.fn()
    const { handle, item } = await addOne({ on: { follow }, dedupe: createMemoryDedupeStore() })
    await handle(item, never)
    await handle(item, never)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('goes back to the inbox while another process is handling its event, without counting an attempt', async () => {
    const dedupe = { ...createMemoryDedupeStore(), claim: () => 'in_progress' as const }
    const follow = vi.fn()
    const { handle, item, errors } = await addOne({ on: { follow }, dedupe }, true)
    expect(await handle(item, never)).toBe('in_progress')
    expect([follow.mock.calls, errors]).toEqual([[], []])
  })

  it('fails while another process is handling its event in an inbox that counts each attempt', async () => {
    const dedupe = { ...createMemoryDedupeStore(), claim: () => 'in_progress' as const }
    const { handle, item } = await addOne({ on: { follow: () => {} }, dedupe })
    await expect(handle(item, never)).rejects.toThrow('Another process is handling the event.')
  })

  it('counts an attempt when its own handler failed, also while another process is handling its activity', async () => {
    const claim = (id: string) => (id.startsWith('follow:') ? ('claimed' as const) : ('in_progress' as const))
    const follow = vi.fn().mockRejectedValueOnce(new Error('database is down'))
    const dedupe = { ...createMemoryDedupeStore(), claim }
    const { handle, item } = await addOne({ on: { follow }, onActivity: { follow: () => {} }, dedupe }, true)
    await expect(handle(item, never)).rejects.toThrow('database is down')
    expect(await handle(item, never)).toBe('in_progress')
  })

  it('gives the handlers its lease, whatever the token of the dedupe store', async () => {
    const contexts: HandlerContext[] = []
    const follow = (_event: unknown, context: HandlerContext) => void contexts.push(context)
    const dedupe = { ...createMemoryDedupeStore(), claim: () => ({ state: 'claimed' as const, token: 1 }) }
    const { handle, item } = await addOne({ on: { follow }, dedupe })
    await handle({ ...item, lease: { token: 9 } }, never)
    expect(contexts[0]?.lease).toEqual({ token: 9 })
  })

  it('that is handed out twice at the same time is handled once', async () => {
    const hanging = deferred()
    const follow = vi.fn(() => hanging.promise)
    const { handle, item } = await addOne({ on: { follow } })
    const both = [handle(item, never), handle(item, never)]
    await settle()
    hanging.resolve()
    await Promise.all(both)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('is handled with the signal of the inbox', async () => {
    const signals: AbortSignal[] = []
    const hanging = deferred()
    const follow = (_event: unknown, { signal }: HandlerContext) => {
      signals.push(signal)
      return hanging.promise
    }
    const { handle, item } = await addOne({ on: { follow } })
    const time = new AbortController()
    const running = handle(item, time.signal)
    await settle()
    expect(signals[0]?.aborted).toBe(false)
    time.abort('over')
    expect(signals[0]).toMatchObject({ aborted: true, reason: 'over' })
    hanging.resolve()
    await running
    const late = handle(item, time.signal)
    await settle()
    expect(signals[1]?.aborted).toBe(true)
    await late
  })

  it('that an older version stored under another id is found by its place in the delivery', async () => {
    const { inbox, added, runs } = recordingInbox()
    const follow = vi.fn()
    const { deliver } = setUp({ inbox, on: { follow } })
    const events = ['22', '33'].map((source) => JSON.parse(followBody({ source })).follow_events[0])
    await deliver(JSON.stringify({ for_user_id: '11', follow_events: events }))
    await runs[0]?.handle({ ...handOut(added[1]), id: 'follow:an-older-form' }, never)
    expect(follow).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ sourceId: '33' }), expect.anything())
  })

  it('that another inbox stored without its place is found by its id', async () => {
    const follow = vi.fn()
    const { handle, item } = await addOne({ on: { follow } })
    const { eventIndex, ...rest } = item
    await handle(rest, never)
    await handle({ ...item, eventIndex: 5 }, never)
    expect(follow).toHaveBeenCalledTimes(2)
  })

  it('without a handler is given back, and handed to a handler that is added later', async () => {
    const inbox = createMemoryInbox()
    const follow = vi.fn()
    const { receiver, deliver, errors } = setUp({ inbox, now: Date.now, on: { user_revoke: () => {} } })
    expect(await deliver()).toBe(200)
    await settle()
    receiver.on('follow', follow)
    await settle()
    expect(follow).toHaveBeenCalledOnce()
    receiver.onAny(follow)
    await settle()
    expect(follow).toHaveBeenCalledOnce()
    expect(errors).toEqual([])
    expect(await receiver.close()).toBe(true)
  })

  it('that comes after the last handler is removed waits for the next one', async () => {
    const inbox = createMemoryInbox()
    const [before, after] = [vi.fn(), vi.fn()]
    const { receiver, deliver } = setUp({ inbox, now: Date.now })
    const remove = receiver.onAny(before)
    await settle()
    remove()
    await deliver()
    await settle()
    receiver.on('follow', after)
    await settle()
    expect([before, after].map(({ mock }) => mock.calls.length)).toEqual([0, 1])
    expect(await receiver.close()).toBe(true)
  })

  it('without a handler fails in an inbox that cannot keep what is given back', async () => {
    const { handle, item } = await addOne({ on: { user_revoke: () => {} } })
    await expect(handle(item, never)).rejects.toThrow(
      new Error('The event type follow has no handler. Add one with "on", "onActivity" or "onAny".'),
    )
  })

  it('that reports the end of a replay job needs no handler', async () => {
    const { inbox, added, runs } = recordingInbox()
    const onReplay = vi.fn()
    const { deliver } = setUp({ inbox, on: { follow: () => {} }, hooks: { onReplay } })
    await deliver('{"replay_job_status":{"webhook_id":"7","job_state":"Complete","job_id":"9"}}')
    await expect(runs[0]?.handle(handOut(added[0]), never)).resolves.toBeUndefined()
    expect(onReplay).toHaveBeenCalledOnce()
  })

  it.each([
    ['whose body is not JSON', { body: 'nonsense' }],
    ['whose body does not contain its event', { body: '{"for_user_id":"11","follow_events":[]}' }],
  ])('%s goes back to the inbox', async (_, broken) => {
    const follow = vi.fn()
    const { handle, item } = await addOne({ on: { follow } })
    await expect(handle({ ...item, ...broken }, never)).rejects.toThrow()
    expect(follow).not.toHaveBeenCalled()
  })
})

describe('the processing of an inbox', () => {
  it('starts once, with the first handler', async () => {
    const { inbox, runs } = recordingInbox()
    const { receiver } = setUp({ inbox, on: {}, workers: 3 })
    await settle()
    expect(runs).toHaveLength(0)
    receiver.on('follow', () => {})
    expect(runs).toHaveLength(0)
    receiver.onAny(() => {})
    await settle()
    expect(runs).toMatchObject([{ options: { concurrency: 3 } }])
  })

  it('is left to other processes with 0 workers', async () => {
    const { inbox, runs } = recordingInbox()
    const { receiver, deliver } = setUp({ inbox, workers: 0, on: { follow: () => {} } })
    receiver.onAny(() => {})
    expect(await deliver()).toBe(200)
    await settle()
    expect(runs).toEqual([])
    expect(await receiver.close()).toBe(true)
  })

  it('is stopped by close, which waits for it', async () => {
    const { inbox, runs } = recordingInbox()
    const { receiver } = setUp({ inbox, on: { follow: () => {} } })
    await settle()
    const stopped = deferred()
    runs[0]?.stop.mockReturnValue(stopped.promise)
    const closed = receiver.close()
    await settle()
    expect(runs[0]?.stop).toHaveBeenCalledOnce()
    stopped.resolve()
    expect(await closed).toBe(true)
  })

  it('does not start after close', async () => {
    const { inbox, runs } = recordingInbox()
    const { receiver } = setUp({ inbox, on: { follow: () => {} } })
    await receiver.close()
    receiver.onAny(() => {})
    await settle()
    expect(runs).toEqual([])
  })

  it('reports errors of the inbox', async () => {
    const { inbox, runs } = recordingInbox()
    const { errors, receiver } = setUp({ inbox, on: { follow: () => {} } })
    await settle()
    runs[0]?.options.onError(new Error('connection lost'))
    runs[0]?.stop.mockRejectedValue(new Error('cannot stop'))
    expect(await receiver.close()).toBe(true)
    expect(errors.map(({ error, context }) => [(error as Error).message, context.phase])).toEqual([
      ['connection lost', 'store'],
      ['cannot stop', 'store'],
    ])
  })

  it('reports that it cannot start', async () => {
    const { inbox } = recordingInbox()
    const run = () => {
      throw new Error('no such file')
    }
    const { errors } = setUp({ inbox: { ...inbox, run }, on: { follow: () => {} } })
    await settle()
    expect(errors).toMatchObject([{ error: { message: 'no such file' }, context: { phase: 'store' } }])
  })

  it('hands out what failed again, with a real inbox, and ends with close', async () => {
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

describe('a dead letter', () => {
  it.each([
    ['whose body cannot be parsed', { id: 'follow:1', body: 'no JSON' }],
    ['whose body does not contain its event', { id: 'follow:1', body: '{"for_user_id":"11","follow_events":[]}' }],
  ])('%s is reported with the id of its item', async (_, item) => {
    const { inbox, runs } = recordingInbox()
    const onDeadLetter = vi.fn()
    setUp({ inbox, on: { follow: () => {} }, hooks: { onDeadLetter } })
    await settle()
    runs[0]?.options.onDeadLetter?.({
      ...item,
      receivedAt: 1_000,
      attempts: 3,
      failedAt: 61_000,
      error: 'always fails',
    })
    expect(onDeadLetter.mock.calls).toEqual([[{ type: 'unknown', id: 'follow:1', attempts: 3, ageMs: 60_000 }]])
  })
})

describe('an inbox', () => {
  it.each([[undefined], [null], [{}], [{ duplicates: 'follow:1' }], [{ duplicates: [1, 'another'] }]])(
    'that resolves to %o when it adds reports no duplicate',
    async (result) => {
      const { inbox } = recordingInbox()
      const onDuplicate = vi.fn()
      const { deliver } = setUp({ inbox: { ...inbox, add: async () => result as never }, hooks: { onDuplicate } })
      expect(await deliver()).toBe(200)
      expect(onDuplicate).not.toHaveBeenCalled()
    },
  )
})
