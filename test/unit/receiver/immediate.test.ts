import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ActivityEvent } from 'x-account-activity/events'
import {
  type Claim,
  createMemoryDedupeStore,
  createReceiver,
  type DedupeStore,
  type ErrorContext,
  type Handlers,
  type ReceiverHooks,
  type ReceiverOptions,
} from 'x-account-activity/receiver'
import { signatureHeader, twoFollows } from '../../support/receiver.ts'
import { followBody, secret } from '../../support/x-request.ts'

/** What returns promises in a run. Everything else is synchronous. */
interface Waits {
  readonly secret?: boolean
  readonly body?: boolean
  readonly dedupe?: boolean
  readonly handlers?: boolean
}

/** Deliveries, and how a receiver handles them. */
interface Scenario {
  /** The bodies. They come one after the other. */
  readonly deliveries: readonly string[]
  /** The bodies come at the same time, so the order of the reports does not count. */
  readonly isConcurrent?: boolean
  readonly options?: Partial<ReceiverOptions>
  /** The handler of every event, called with its source and with how many calls there have been. */
  readonly handle?: (source: string, count: number) => void
  /** The methods of the store that fail. */
  readonly failing?: readonly (keyof DedupeStore)[]
  /** The result of every claim, instead of that of the store. */
  readonly claim?: Claim
  /** What throws its errors also in a run in which it returns promises. */
  readonly throwing?: 'handler' | 'store'
  /** The key of the signature. */
  readonly key?: string
}

/** The outcome of a run. */
interface Result {
  /** The status of each answer, and its `error` when it has one. */
  readonly answers: readonly string[]
  /** The source or the type of each event that the handler was called with. */
  readonly handled: readonly string[]
  /** The name of each hook that was called, and its report. */
  readonly reports: readonly (readonly [string, object])[]
  /** The phase of each error, its message, the type of its event, and whether it has a delivery. */
  readonly errors: readonly string[]
}

async function run(scenario: Scenario, waits: Waits): Promise<Result> {
  const { deliveries, isConcurrent = false, options, key } = scenario
  const [handled, reports, errors]: [string[], [string, object][], string[]] = [[], [], []]
  const receiver = createReceiver({
    consumerSecret: waits.secret ? async () => secret : secret,
    dedupe: createStore(scenario, waits),
    on: createHandlers(scenario, waits, handled),
    hooks: recordHooks(reports),
    onError: (error, context) => errors.push(describeError(error, context)),
    now: () => 1_795_253_460_000,
    ...options,
  })
  const deliver = async (text: string) => {
    const request = { method: 'POST', url: '/webhook', headers: signatureHeader(text, key) }
    const answer = await receiver.handle({ ...request, body: waits.body ? piecesOf(text) : text })
    return [answer.status, JSON.parse(answer.body).error].filter(Boolean).join(' ')
  }
  const answers: string[] = []
  if (isConcurrent) answers.push(...(await Promise.all(deliveries.map(deliver))))
  else for (const text of deliveries) answers.push(await deliver(text))
  // Waits for handlers that go on after the answer.
  await receiver.close()
  if (isConcurrent) reports.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
  return { answers, handled, reports, errors }
}

function createStore({ claim, failing = [], throwing }: Scenario, waits: Waits): DedupeStore {
  const store = createMemoryDedupeStore()
  const method = <R>(name: keyof DedupeStore, call: (id: string) => R | Promise<R>) => {
    const checked = (id: string) => {
      if (failing.includes(name)) throw new Error(`cannot ${name}`)
      return call(id)
    }
    return waits.dedupe && throwing !== 'store' ? async (id: string) => checked(id) : checked
  }
  return {
    claim: method('claim', (id) => claim ?? store.claim(id)),
    commit: method('commit', store.commit),
    release: method('release', store.release),
  }
}

function createHandlers({ handle, throwing }: Scenario, waits: Waits, handled: string[]): Handlers {
  const any = (event: ActivityEvent) => {
    const source = event.type === 'follow' ? event.sourceId : event.type
    handled.push(source)
    return handle?.(source, handled.length)
  }
  if (!waits.handlers || throwing === 'handler') return { any }
  let count = 0
  return {
    any: async (event) => {
      count += 1
      // An earlier call takes longer than a later one, so that only an ordering keeps them in order.
      for (let ticks = 10 * count; ticks < 50; ticks += 1) await undefined
      return any(event)
    },
  }
}

function recordHooks(reports: [string, object][]): ReceiverHooks {
  const names = ['onCrc', 'onDelivery', 'onEvent', 'onDuplicate', 'onDeadLetter', 'onFailure', 'onReplay']
  return Object.fromEntries(names.map((name) => [name, (report: object) => reports.push([name, report])]))
}

function describeError(error: unknown, { phase, event, delivery }: ErrorContext): string {
  const { message } = error as Error
  return [phase, message, event?.type ?? 'no event', delivery === undefined ? 'no delivery' : 'delivery'].join(', ')
}

async function* piecesOf(text: string) {
  for (const byte of new TextEncoder().encode(text)) yield Uint8Array.of(byte)
}

/** A result whose reports are easy to read: without ids, which are hashes, and durations, which are 0. */
function simplify({ reports, ...others }: Result) {
  const texts = reports.map(([name, report]) => {
    const { id: _id, durationMs: _durationMs, ...members } = report as Record<string, unknown>
    return [name, ...Object.entries(members).map(([member, value]) => `${member}=${value}`)].join(' ')
  })
  return { ...others, reports: texts }
}

const failFirst = (_source: string, count: number) => {
  if (count === 1) throw new Error('database is down')
}
const failFor22 = (source: string) => {
  if (source === '22') throw new Error('database is down')
}

const once = [followBody()]
const { for_user_id, follow_events } = JSON.parse(followBody())
const sameFollowTwice = JSON.stringify({ for_user_id, follow_events: [...follow_events, ...follow_events] })
const follows = [1, 2, 3].map((number) => followBody({ source: `2${number}` }))

const follow = 'type=follow forUserId=11'
const handled = `onEvent ${follow} isHandled=true`
const notHandled = `onEvent ${follow} isHandled=false`
const handlerFailed = `onFailure phase=handler error=Error ${follow}`
const storeFailed = `onFailure phase=store error=Error ${follow}`
const isDone = `onDuplicate ${follow} state=done`
const received = 'onDelivery status=200 forUserId=11 eventTypes=follow'
const failed = 'onDelivery status=500 reason=handler_failed forUserId=11 eventTypes=follow'
const handlerError = 'handler, database is down, follow, delivery'

const failedOnce = {
  answers: ['500 handler_failed', '200', '200'],
  handled: ['22', '22'],
  reports: [handlerFailed, notHandled, failed, handled, received, isDone, received],
  errors: [handlerError],
}
const claimFailed = {
  answers: ['500 handler_failed'],
  handled: [],
  reports: [storeFailed, failed],
  errors: ['store, cannot claim, follow, delivery'],
}
/** The handlers have succeeded: X does not have to send the event again, and the commit is tried again behind the answer. */
const commitFailed = {
  answers: ['200'],
  handled: ['22'],
  // Once with the answer, and once more when the receiver closes.
  reports: [handled, storeFailed, received, storeFailed],
  errors: ['store, cannot commit, follow, delivery', 'store, cannot commit, follow, delivery'],
}

function refused(status: number, reason: string, message: string) {
  const reports = [
    `onFailure phase=verification error=VerificationError reason=${reason}`,
    `onDelivery status=${status} reason=${reason} eventTypes=`,
  ]
  const errors = [expect.stringMatching(`^verification, ${message}.*, no event, no delivery$`)]
  return { answers: [`${status} ${reason}`], handled: [], reports, errors }
}

const scenarios: readonly (readonly [string, Scenario, ReturnType<typeof simplify>])[] = [
  [
    'a delivery whose handler succeeds',
    { deliveries: once },
    { answers: ['200'], handled: ['22'], reports: [handled, received], errors: [] },
  ],
  [
    'a delivery that comes twice',
    { deliveries: [followBody(), followBody()] },
    { answers: ['200', '200'], handled: ['22'], reports: [handled, received, isDone, received], errors: [] },
  ],
  [
    'a delivery whose handler fails the first time',
    { deliveries: [followBody(), followBody(), followBody()], handle: failFirst },
    failedOnce,
  ],
  [
    'a delivery whose handler throws the first time',
    { deliveries: [followBody(), followBody(), followBody()], handle: failFirst, throwing: 'handler' },
    failedOnce,
  ],
  [
    'a delivery of several events, of which the first fails',
    { deliveries: [twoFollows, twoFollows], handle: failFor22 },
    {
      answers: ['500 handler_failed', '500 handler_failed'],
      handled: ['22', '33', '22'],
      reports: [
        ...[handlerFailed, notHandled, handled, `${failed},follow`],
        ...[handlerFailed, notHandled, isDone, `${failed},follow`],
      ],
      errors: [handlerError, handlerError],
    },
  ],
  [
    'a delivery that contains an event twice',
    { deliveries: [sameFollowTwice] },
    { answers: ['200'], handled: ['22'], reports: [handled, isDone, `${received},follow`], errors: [] },
  ],
  [
    'a delivery of an unknown event',
    { deliveries: ['{"for_user_id":"11","spaces_events":[{"id":"1"}]}'] },
    {
      answers: ['200'],
      handled: ['unknown'],
      reports: [
        'onEvent type=unknown forUserId=11 isHandled=true',
        'onDelivery status=200 forUserId=11 eventTypes=unknown',
      ],
      errors: [],
    },
  ],
  [
    'a delivery without events',
    { deliveries: ['{"for_user_id":"11","follow_events":[]}'] },
    { answers: ['200'], handled: [], reports: ['onDelivery status=200 forUserId=11 eventTypes='], errors: [] },
  ],
  [
    'a delivery that names no account, in order of accounts',
    {
      deliveries: ['{"user_event":{"revoke":{"target":{"app_id":"1"},"source":{"user_id":"11"}}}}'],
      options: { order: 'account' },
    },
    {
      answers: ['200'],
      handled: ['user_revoke'],
      reports: ['onEvent type=user_revoke isHandled=true', 'onDelivery status=200 eventTypes=user_revoke'],
      errors: [],
    },
  ],
  [
    'a delivery that says that a replay job has ended',
    { deliveries: ['{"replay_job_status":{"webhook_id":"7","job_state":"Complete","job_id":"9"}}'] },
    {
      answers: ['200'],
      handled: ['replay_job_status'],
      reports: [
        'onReplay jobId=9 state=Complete webhookId=7',
        'onEvent type=replay_job_status isHandled=true',
        'onDelivery status=200 eventTypes=replay_job_status',
      ],
      errors: [],
    },
  ],
  ['a store that fails to claim', { deliveries: once, failing: ['claim'] }, claimFailed],
  ['a store that throws on claim', { deliveries: once, failing: ['claim'], throwing: 'store' }, claimFailed],
  ['a store that fails to commit', { deliveries: once, failing: ['commit'] }, commitFailed],
  ['a store that throws on commit', { deliveries: once, failing: ['commit'], throwing: 'store' }, commitFailed],
  [
    'a store that fails to release what a handler did not handle',
    { deliveries: once, handle: failFirst, failing: ['release'] },
    {
      answers: ['500 handler_failed'],
      handled: ['22'],
      reports: [handlerFailed, notHandled, storeFailed, failed],
      errors: [handlerError, 'store, cannot release, follow, delivery'],
    },
  ],
  [
    'an event that another process is handling',
    { deliveries: once, claim: 'in_progress' },
    {
      answers: ['500 handler_failed'],
      handled: [],
      reports: [`onDuplicate ${follow} state=in_progress`, failed],
      errors: [],
    },
  ],
  [
    'deliveries for one account at the same time, in order of accounts',
    { deliveries: follows, isConcurrent: true, options: { order: 'account' }, handle: failFirst },
    {
      answers: ['500 handler_failed', '200', '200'],
      handled: ['21', '22', '23'],
      reports: [received, received, failed, notHandled, handled, handled, handlerFailed],
      errors: [handlerError],
    },
  ],
  [
    'a delivery whose handler fails, with after-accept',
    { deliveries: once, isConcurrent: true, options: { ack: 'after-accept' }, handle: failFirst },
    { answers: ['200'], handled: ['22'], reports: [received, notHandled, handlerFailed], errors: [handlerError] },
  ],
  [
    'a delivery with the signature of another key',
    { deliveries: once, key: 'wrong' },
    refused(401, 'signature_mismatch', 'The signature'),
  ],
  ['a signed body that is not JSON', { deliveries: ['nonsense'] }, refused(400, 'body_not_json', 'The body')],
  [
    'a body that is too large',
    { deliveries: once, options: { maxBodyBytes: 10 } },
    refused(413, 'body_too_large', 'The body'),
  ],
  [
    'a delivery of too many events',
    { deliveries: [twoFollows], options: { maxEventsPerDelivery: 1 } },
    refused(413, 'too_many_events', 'The delivery'),
  ],
]

const everything = { secret: true, body: true, dedupe: true, handlers: true }

describe.each(scenarios)('%s', (_, scenario, expected) => {
  it('has these answers, reports and errors when nothing returns a promise', async () => {
    expect(simplify(await run(scenario, {}))).toEqual(expected)
  })

  it.each<[string, Waits]>([
    ['everything returns', everything],
    ['the secret is', { secret: true }],
    ['the body is', { body: true }],
    ['the store returns', { dedupe: true }],
    ['the handlers return', { handlers: true }],
  ])('has the same when %s a promise', async (_name, waits) => {
    const result = await run(scenario, waits)
    expect(simplify(result)).toEqual(expected)
    expect(result).toEqual(await run(scenario, {}))
  })
})

describe('the two ways of a delivery', () => {
  it.each([
    ['starts no timer when nothing returns a promise', {}, false],
    ['starts the timer of handlerTimeoutMs when the handlers return promises', { handlers: true }, true],
    ['starts it when the store returns promises', { dedupe: true }, true],
  ])('%s', async (_, waits, isStarted) => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    onTestFinished(() => setTimer.mockRestore())
    await run({ deliveries: once }, waits)
    expect(setTimer.mock.calls.some(([, ms]) => ms === 2_500)).toBe(isStarted)
  })
})
