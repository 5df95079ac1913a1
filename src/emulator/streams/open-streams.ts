import type { SentActivity } from '../delivery/activity-feed.ts'
import type { Tier } from '../options/tiers.ts'
import { connectionReset } from '../outbox/connection-errors.ts'
import type { Faults } from '../simulation/faults.ts'
import type { Scheduler } from '../simulation/scheduler.ts'
import type { SeededRandom } from '../simulation/seeded-random.ts'
import type { VirtualClock } from '../simulation/virtual-clock.ts'
import type { Counters } from '../state/counters.ts'
import { EventLog } from '../state/event-log.ts'
import type { State } from '../state/state.ts'
import type { AppState } from '../state/tables.ts'
import type { LinkFields } from './link-fields.ts'
import { type EndReason, StreamConnection } from './stream-connection.ts'
import type { StreamWindow } from './stream-window.ts'

/** What streams take from the platform. */
export interface StreamContext {
  readonly tier: Tier
  readonly clock: VirtualClock
  readonly random: SeededRandom
  readonly counters: Counters
  readonly state: State
  readonly scheduler: Scheduler
  readonly faults: Faults
  readonly replay: { readonly keptBytes: number }
}

/** The name of a stream in `/2/connections`. X documents no name for the stream of activities, so that one is inferred. */
export type StreamName = 'activity_stream' | 'filtered_stream'

/** What a connection asks for. */
export interface StreamRequest {
  readonly stream: StreamName
  /** The connections to this stream that an app may have. */
  readonly maxConnections: number
  readonly window: StreamWindow
  /** The fields of posts. Absent for the stream of activities, which has all fields. */
  readonly fields?: LinkFields
  /** The events from `from` (included) to `to` (not included), oldest first. */
  past(from: number, to: number): Iterable<StreamedEvent>
}

/** An event in a stream. */
export interface StreamedEvent {
  /** Milliseconds since 1970. */
  readonly occurredAt: number
  /** The event in JSON. */
  readonly body: string
}

/** A connection to a stream, open or not. Times are in milliseconds since 1970 on the emulator. */
export interface StreamRecord {
  /** A UUID. */
  readonly id: string
  readonly appId: string
  readonly stream: StreamName
  readonly connectedAt: number
  /** Absent while the connection is open. */
  endedAt?: number
  /** Absent while the connection is open. */
  endReason?: EndReason
}

interface OpenStream {
  readonly record: StreamRecord
  readonly connection: StreamConnection
  readonly request: StreamRequest
}

/** The faults with which an event is lost, in the order in which they are tried. */
const losses = ['closed', 'dropped', 'disconnected', 'stalled'] as const
/**
 * How often an empty line is sent. X sends one at least every 20 seconds, and a client counts a connection as lost after
 * that. In real time, the ticker may add a second.
 */
const keepAliveMs = 15_000
const keptRecords = 100
/** How often due tasks are started while a stream is open, in milliseconds of real time. */
const tickMs = 1000

/**
 * The open streams: those of the X Activity API, and the filtered streams. Each receives the events of its app.
 *
 * @see https://docs.x.com/x-api/fundamentals/consuming-streaming-data
 */
export class OpenStreams {
  readonly #context: StreamContext
  readonly #open = new Map<string, OpenStream>()
  readonly #records: StreamRecord[] = []
  #ticker: ReturnType<typeof setInterval> | undefined

  constructor(context: StreamContext) {
    this.#context = context
  }

  /** Opens a stream. Returns `undefined` when the app has as many as X allows. */
  connect(app: AppState, incoming: Request, request: StreamRequest): Promise<Response> | undefined {
    const { clock, counters, random, faults } = this.#context
    if (this.#openOf(app.id, request.stream).length >= request.maxConnections) return undefined
    counters.connections += 1
    const id = random.uuid(`connection ${counters.connections}`)
    const record: StreamRecord = { id, appId: app.id, stream: request.stream, connectedAt: clock.now() }
    const connection = new StreamConnection(incoming, (reason) => this.#end(record, reason))
    if (!connection.isOpen) return connection.response
    this.#records.splice(0, Math.max(0, this.#records.length + 1 - keptRecords))
    this.#records.push(record)
    const stream = { record, connection, request }
    this.#open.set(id, stream)
    this.#startTicker()
    if (faults.shouldInject('stream.tooManyConnections')) connection.disconnect('TooManyConnections')
    else this.#begin(stream)
    return connection.response
  }

  /** Sends an event to the open streams of activities of its app, and keeps it for windows. */
  deliverActivity({ app, occurredAt, body }: SentActivity): void {
    const { tier, state, replay } = this.#context
    if (tier === 'enterprise') {
      const { log } = state.activityLogs.get(app.id) ?? { log: new EventLog() }
      state.activityLogs.set(app.id, { appId: app.id, log })
      log.append({ occurredAt, message: { api: 'activity', body } }, replay.keptBytes)
    }
    for (const stream of this.#openOf(app.id, 'activity_stream')) this.#send(stream, { occurredAt, body })
  }

  /** Sends a post to the open filtered streams of an app. Each has its own fields. */
  deliverPost(appId: string, occurredAt: number, bodyWith: (fields: LinkFields) => string): void {
    for (const stream of this.#openOf(appId, 'filtered_stream')) {
      this.#send(stream, { occurredAt, body: bodyWith(stream.request.fields ?? new Map()) })
    }
  }

  /** The ids of the apps with an open filtered stream, each once. */
  get appsWithFilteredStream(): ReadonlySet<string> {
    const filtered = [...this.#open.values()].filter(({ request }) => request.stream === 'filtered_stream')
    return new Set(filtered.map(({ record }) => record.appId))
  }

  /** The latest connections of an app, oldest first. */
  recordsOf(app: AppState): readonly StreamRecord[] {
    return this.#records.filter(({ appId }) => appId === app.id)
  }

  /** Disconnects an open stream of an app. Returns whether there was one. */
  kill(app: AppState, id: string): boolean {
    const stream = this.#open.get(id)
    if (stream?.record.appId !== app.id) return false
    stream.connection.disconnect('ForceDisconnect')
    return true
  }

  /** Closes all streams. */
  closeAll(): void {
    for (const { connection } of [...this.#open.values()]) connection.close()
  }

  #openOf(appId: string, name: StreamName): OpenStream[] {
    return [...this.#open.values()].filter(({ record }) => record.appId === appId && record.stream === name)
  }

  /** Sends what happened before, and schedules the keep-alives and the end. */
  #begin(stream: OpenStream): void {
    const { clock, scheduler } = this.#context
    const { connection, request } = stream
    const { from, to = Infinity } = request.window
    const now = clock.now()
    if (from !== undefined) for (const event of request.past(from, to)) this.#send(stream, event)
    if (to <= now) connection.close()
    else if (to < Infinity) scheduler.schedule(to, () => connection.close())
    this.#scheduleKeepAlive(connection)
  }

  #scheduleKeepAlive(connection: StreamConnection): void {
    const { clock, scheduler } = this.#context
    if (!connection.isOpen) return
    scheduler.schedule(clock.now() + keepAliveMs, () => {
      connection.keepAlive()
      this.#scheduleKeepAlive(connection)
    })
  }

  /** Sends an event, unless a fault prevents it. The event is then lost on this connection. */
  #send({ connection, request }: OpenStream, { occurredAt, body }: StreamedEvent): void {
    const { faults } = this.#context
    if (occurredAt >= (request.window.to ?? Infinity) || !connection.isOpen) return
    const loss = losses.find((name) => faults.shouldInject(`stream.${name}`))
    if (loss === 'closed') connection.close()
    else if (loss === 'dropped') connection.drop(connectionReset())
    else if (loss === 'disconnected') connection.disconnect('UpstreamOperationalDisconnect')
    else if (loss === 'stalled') connection.stall()
    if (loss !== undefined) return
    const isSplit = faults.shouldInject('stream.split')
    connection.send(body, { isSplit })
    if (faults.shouldInject('stream.duplicated')) connection.send(body, { isSplit })
  }

  #end(record: StreamRecord, reason: EndReason): void {
    record.endedAt = this.#context.clock.now()
    record.endReason = reason
    this.#open.delete(record.id)
    if (this.#open.size > 0) return
    clearInterval(this.#ticker)
    this.#ticker = undefined
  }

  /**
   * Starts what is due once a second: when the base clock moves on its own, a client may wait for a keep-alive and call
   * nothing in the meantime. The timer does not keep the process alive.
   */
  #startTicker(): void {
    if (this.#ticker !== undefined) return
    const ticker: unknown = setInterval(() => this.#context.scheduler.startDueTasks(), tickMs)
    this.#ticker = ticker as ReturnType<typeof setInterval>
    // In Node.js, a timer is an object.
    if (typeof ticker === 'object' && ticker !== null && 'unref' in ticker) (ticker as { unref(): void }).unref()
  }
}

/** A connection to the stream of activities of an app. The events of the past are those that were kept. */
export function activityStream({ activityLogs }: State, app: AppState, window: StreamWindow): StreamRequest {
  const past = (from: number, to: number) =>
    (activityLogs.get(app.id)?.log.between(from, to) ?? []).map(({ occurredAt, message: { body } }) => ({
      occurredAt,
      body,
    }))
  return { stream: 'activity_stream', maxConnections: 2, window, past }
}
