import { hourMs, minuteMs } from '../../internal/clock.ts'
import { addOutage, type OutageLimits } from './outages.ts'
import type { ProcessRole, RecoveryProcess, RecoveryState } from './recovery-state.ts'
import { type Span, totalMs } from './time-spans.ts'

/** A heartbeat of a process. */
export interface Heartbeat {
  readonly processId: string
  readonly role: ProcessRole
  readonly now: number
  /** Whether it is one of the regular heartbeats. Others are recorded for deliveries. */
  readonly isRegular: boolean
  /** How many regular heartbeats of other receivers this process has seen since its own last one. */
  readonly beatsOfOthers: number
  /**
   * For how many regular heartbeats of this process each other one has recorded none. Clocks of two machines may differ by
   * hours, so the times in the state do not show whether a process is alive.
   */
  readonly silentFor: ReadonlyMap<string, number>
  /** The time since which this process answers deliveries with errors. */
  readonly failingSince?: number | undefined
  /** A span in which deliveries failed for longer than X tries again. */
  readonly failed?: Span | undefined
}

/** What a heartbeat is compared with. */
export interface HeartbeatLimits extends OutageLimits {
  readonly heartbeatMs: number
  /** How long an inbox keeps what no worker handles, in milliseconds. */
  readonly inboxRetentionMs: number
  /** How far back X replays, in milliseconds. */
  readonly maxAgeMs: number
}

/** An outage that was noticed, and how. */
export interface NoticedOutage extends Span {
  readonly cause: 'process_start' | 'no_heartbeat' | 'deliveries_failed' | 'workers_gone' | 'clock_set_back'
}

/** A new state, and the outages that were noticed. */
export interface NoticedOutages {
  readonly state: RecoveryState
  readonly noticed: readonly NoticedOutage[]
}

/** Short gaps are counted for this many times `gapMs`. */
const shortGapWindow = 10

/** A process that has not recorded a heartbeat for this long is removed. */
const processAgeMs = hourMs

/** How many processes are remembered. Those that recorded a heartbeat last are at the end of the list. */
const maxProcesses = 100

/** Records a heartbeat, and notices the outages that it reveals. */
export function recordHeartbeat(state: RecoveryState, beat: Heartbeat, limits: HeartbeatLimits): NoticedOutages {
  const { processId, role, now } = beat
  const own = state.processes?.find(({ id }) => id === processId)
  const dead = deadFailures(state, beat, limits)
  const noticed = [
    ...(role === 'receiver' ? noticeReceiver(state, { own, beat, limits }) : { outages: [] }).outages,
    ...(beat.failed ? [{ ...beat.failed, cause: 'deliveries_failed' as const }] : []),
    ...dead.map(({ failingSince: from, aliveAt: to }) => ({ from, to, cause: 'deliveries_failed' as const })),
  ]
  const recorded = {
    ...state,
    ...(role === 'receiver' && { aliveAt: now, ...shortGapsOf(state, { own, beat, limits }) }),
    processes: nextProcesses(state, { own, beat, limits }, dead),
  }
  const workers = noticeWorkers(recorded, beat, limits)
  const all = [...noticed, ...workers.noticed].filter(({ from, to }) => from < to)
  return { state: all.reduce((next, outage) => addOutage(next, outage, limits), workers.state), noticed: all }
}

/** The outage of everything that X still keeps: nothing is known about that time. */
export function everythingThatXKeeps(now: number, { maxAgeMs }: Pick<HeartbeatLimits, 'maxAgeMs'>): Span {
  // X drops the oldest minutes while the first job is created.
  return { from: now - maxAgeMs + 3 * minuteMs, to: now }
}

interface BeatContext {
  /** The process in the state, if it has recorded a heartbeat before. */
  readonly own: RecoveryProcess | undefined
  readonly beat: Heartbeat
  readonly limits: HeartbeatLimits
}

function noticeReceiver(state: RecoveryState, context: BeatContext): { readonly outages: readonly NoticedOutage[] } {
  const { aliveAt } = state
  if (aliveAt === undefined) return { outages: [] }
  const outage =
    context.own === undefined ? noticeStart(aliveAt, context) : noticeRunning(aliveAt, context.own, context)
  if (outage !== undefined) return { outages: [outage] }
  const loop = noticeCrashLoop(state, context)
  return { outages: loop === undefined ? [] : [loop] }
}

/** A process has started. */
function noticeStart(aliveAt: number, { beat: { now }, limits }: BeatContext): NoticedOutage | undefined {
  if (now - aliveAt > limits.gapMs) return { from: aliveAt, to: now, cause: 'process_start' }
  // The clocks of several machines differ a little. The next heartbeat decides about that.
  return now - aliveAt < -limits.gapMs ? clockSetBack(aliveAt, now, limits) : undefined
}

/** A process goes on, with the clock that it had before. */
function noticeRunning(
  aliveAt: number,
  own: RecoveryProcess,
  { beat: { now, beatsOfOthers, isRegular }, limits }: BeatContext,
): NoticedOutage | undefined {
  const hasOthers = beatsOfOthers > 0
  if (now < own.aliveAt && !hasOthers) return clockSetBack(own.aliveAt, now, limits)
  if (own.startedBehind !== undefined && isRegular && !hasOthers) return clockSetBack(own.startedBehind, now, limits)
  // Another receiver may have a clock that is ahead.
  const from = aliveAt <= now ? aliveAt : own.aliveAt
  const uncoveredMs = now - own.aliveAt - beatsOfOthers * limits.heartbeatMs
  const isGap = now - from > limits.gapMs && uncoveredMs > limits.gapMs
  return isGap ? { from, to: now, cause: 'no_heartbeat' } : undefined
}

/**
 * The clock went back, so the time since the last heartbeat is not known. If the clock was right before, it is behind now, and
 * the outage may extend beyond the last heartbeat.
 */
function clockSetBack(aliveAt: number, now: number, limits: HeartbeatLimits): NoticedOutage {
  const setBackMs = aliveAt - now
  const to = setBackMs > limits.maxAgeMs ? now : aliveAt + setBackMs
  return { from: everythingThatXKeeps(now, limits).from, to, cause: 'clock_set_back' }
}

/** Many short gaps are an outage: X gives up deliveries whose attempts all fall into gaps. */
function noticeCrashLoop(state: RecoveryState, context: BeatContext): NoticedOutage | undefined {
  if (context.own !== undefined) return undefined
  const known = (state.shortGaps ?? []).filter(({ isReported }) => isReported)
  const first = shortGapsOf(state, context).shortGaps?.find(
    (gap) => gap.isReported && !known.some(({ from }) => from === gap.from),
  )
  return first && { from: first.from, to: context.beat.now, cause: 'process_start' }
}

function shortGapsOf(state: RecoveryState, context: BeatContext): Pick<RecoveryState, 'shortGaps'> {
  const { own, limits } = context
  const { now } = context.beat
  const { aliveAt = now } = state
  const recent = (state.shortGaps ?? []).filter(({ to }) => to > now - shortGapWindow * limits.gapMs && to <= now)
  if (own !== undefined) {
    // This process was alive in the meantime, while another one started.
    const isOnTime = now - own.aliveAt <= limits.gapMs
    const kept = recent.filter(({ from }) => !isOnTime || from < own.aliveAt)
    return withShortGaps(state, kept)
  }
  const isShort = now > aliveAt && now - aliveAt <= limits.gapMs
  const gaps = isShort ? [...recent, { from: aliveAt, to: now }] : recent
  const isOutage = isShort && totalMs(gaps) > limits.gapMs
  return withShortGaps(state, isOutage ? gaps.map((gap) => ({ ...gap, isReported: true })) : gaps)
}

function withShortGaps(state: RecoveryState, shortGaps: NonNullable<RecoveryState['shortGaps']>) {
  return shortGaps.length === 0 && state.shortGaps === undefined ? {} : { shortGaps }
}

/** The processes that are dead, and had deliveries that failed. */
function deadFailures(
  { processes = [] }: RecoveryState,
  { processId, silentFor }: Heartbeat,
  { gapMs, heartbeatMs }: HeartbeatLimits,
): (RecoveryProcess & { readonly failingSince: number })[] {
  return processes.flatMap(({ failingSince, ...other }) => {
    const silentMs = (silentFor.get(other.id) ?? 0) * heartbeatMs
    const isDead = other.id !== processId && silentMs > gapMs + 3 * heartbeatMs
    return isDead && failingSince !== undefined ? [{ ...other, failingSince }] : []
  })
}

function nextProcesses(
  { processes = [], aliveAt }: RecoveryState,
  { own, beat, limits }: BeatContext,
  dead: readonly RecoveryProcess[],
): readonly RecoveryProcess[] {
  const { processId: id, role, now, isRegular, failingSince, silentFor } = beat
  const isBehind = own === undefined && role === 'receiver' && aliveAt !== undefined && aliveAt > now
  const startedBehind = isBehind && aliveAt - now <= limits.gapMs ? aliveAt : isRegular ? undefined : own?.startedBehind
  const next: RecoveryProcess = {
    id,
    role,
    beat: (own?.beat ?? 0) + (isRegular ? 1 : 0),
    aliveAt: now,
    ...(failingSince !== undefined && { failingSince }),
    ...(startedBehind !== undefined && { startedBehind }),
  }
  const others = processes.flatMap(({ failingSince, ...other }) => {
    if (other.id === id || (silentFor.get(other.id) ?? 0) * limits.heartbeatMs > processAgeMs) return []
    const isRecorded = failingSince === undefined || dead.some((one) => one.id === other.id)
    return [isRecorded ? other : { ...other, failingSince }]
  })
  return [...others, next].slice(-maxProcesses)
}

/** Without workers, an inbox drops what is older than its retention. */
function noticeWorkers(state: RecoveryState, { role, now }: Heartbeat, limits: HeartbeatLimits): NoticedOutages {
  const { workersAliveAt, areWorkersGone, ...others } = state
  const isBack = role === 'worker'
  const droppedTo = now - limits.inboxRetentionMs
  const from = workersAliveAt ?? now
  const reportAfterMs = isBack ? 0 : areWorkersGone ? hourMs : limits.gapMs
  const noticed = droppedTo - from > reportAfterMs ? [{ from, to: droppedTo, cause: 'workers_gone' as const }] : []
  if (isBack) return { state: { ...others, workersAliveAt: now }, noticed }
  if (noticed.length === 0) return { state, noticed }
  return { state: { ...others, workersAliveAt: droppedTo, areWorkersGone: true }, noticed }
}
