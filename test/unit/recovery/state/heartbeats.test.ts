import { describe, expect, it } from 'vitest'
import { type Heartbeat, recordHeartbeat } from '../../../../src/recovery/state/heartbeats.ts'
import { emptyState, type RecoveryState } from '../../../../src/recovery/state/recovery-state.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const noon = Date.UTC(2026, 10, 21, 12)
const limits = {
  gapMs: minuteMs,
  heartbeatMs: 15_000,
  marginMs: 10 * minuteMs,
  windowMinutes: 120,
  inboxRetentionMs: 25 * hourMs,
  maxAgeMs: 24 * hourMs,
}

/** Records heartbeats one after the other, and returns the outages that each noticed, as `cause from-to` in seconds. */
class Process {
  state: RecoveryState
  constructor(state: RecoveryState = emptyState) {
    this.state = state
  }

  beat(seconds: number, more: Partial<Heartbeat> = {}): string[] {
    const { state, noticed } = recordHeartbeat(
      this.state,
      {
        processId: 'a',
        role: 'receiver',
        now: noon + seconds * 1000,
        isRegular: true,
        beatsOfOthers: 0,
        silentFor: new Map(),
        ...more,
      },
      limits,
    )
    this.state = state
    return noticed.map(({ cause, from, to }) => `${cause} ${(from - noon) / 1000}-${(to - noon) / 1000}`)
  }
}

describe('recordHeartbeat', () => {
  it('records the time and the process', () => {
    const process = new Process()
    expect(process.beat(0)).toEqual([])
    expect(process.state).toEqual({
      ...emptyState,
      aliveAt: noon,
      processes: [{ id: 'a', role: 'receiver', beat: 1, aliveAt: noon }],
    })
  })

  it.each([
    ['no_heartbeat', 'a'],
    ['process_start', 'b'],
  ])('notices a gap that is longer than gapMs: %s', (cause, processId) => {
    const process = new Process()
    process.beat(0)
    const { state } = process
    expect(process.beat(60, { processId })).toEqual([])
    const other = new Process(state)
    expect(other.beat(60.001, { processId })).toEqual([`${cause} 0-60.001`])
    expect(other.state.outages).toEqual([{ from: noon, to: noon + 60_001 }])
  })

  it('notices no gap while another receiver is alive', () => {
    const process = new Process()
    process.beat(0)
    process.beat(0, { processId: 'b' })
    // "a" is blocked for ten minutes, and "b" goes on.
    for (let at = 15; at <= 600; at += 15) expect(process.beat(at, { processId: 'b' })).toEqual([])
    expect(process.beat(605, { beatsOfOthers: 40 })).toEqual([])
  })

  it('notices the part of a gap in which the other receiver was dead as well', () => {
    const process = new Process()
    process.beat(0)
    for (let at = 15; at <= 300; at += 15) process.beat(at, { processId: 'b' })
    expect(process.beat(600, { beatsOfOthers: 20 })).toEqual(['no_heartbeat 300-600'])
  })

  it('notices no gap of the others when the clock of one receiver jumps ahead', () => {
    const process = new Process()
    process.beat(0)
    process.beat(5, { processId: 'b' })
    expect(process.beat(3600, { processId: 'b', beatsOfOthers: 240 })).toEqual([])
    expect(process.beat(30, { beatsOfOthers: 1 })).toEqual([])
    // "b" is dead, and "a" is blocked: its own clock shows it.
    expect(process.beat(130)).toEqual(['no_heartbeat 30-130'])
  })

  it('notices a crash loop: 55 seconds down, 5 seconds up', () => {
    const process = new Process()
    process.beat(0, { processId: '0' })
    const noticed: string[] = []
    for (let loop = 1; loop <= 10; loop += 1) noticed.push(...process.beat(loop * 60, { processId: String(loop) }))
    expect(noticed.slice(0, 2)).toEqual(['process_start 0-120', 'process_start 120-180'])
    expect(noticed).toHaveLength(9)
    expect(process.state.outages).toEqual([{ from: noon, to: noon + 600_000 }])
  })

  it('notices no crash loop when another receiver was alive, or when restarts are rare', () => {
    const rolling = new Process()
    rolling.beat(0)
    for (let restart = 1; restart <= 40; restart += 1) {
      expect(rolling.beat(restart * 15 - 1, { processId: `pod ${restart}` })).toEqual([])
      expect(rolling.beat(restart * 15, { beatsOfOthers: 0 })).toEqual([])
    }
    const rare = new Process()
    for (let restart = 0; restart < 5; restart += 1) {
      const start = restart * 900
      expect(rare.beat(start, { processId: String(restart) })).toEqual([])
      for (let at = 15; at <= 845; at += 15) rare.beat(start + at, { processId: String(restart) })
    }
  })

  it('asks for everything that X keeps when the clock went back while the process runs', () => {
    const process = new Process()
    process.beat(0)
    const [noticed] = process.beat(-600)
    expect(noticed).toBe(`clock_set_back ${-600 - 24 * 3600 + 180}-600`)
    expect(process.beat(-585)).toEqual([])
  })

  it('asks for everything that X keeps when a process starts before the last heartbeat', () => {
    const process = new Process()
    process.beat(0)
    expect(process.beat(-61, { processId: 'b' })).toEqual([`clock_set_back ${-61 - 24 * 3600 + 180}-61`])
    expect(process.beat(-46, { processId: 'b' })).toEqual([])
  })

  it('decides at the next regular heartbeat when a process starts a little before the last one', () => {
    const alone = new Process()
    alone.beat(0)
    expect(alone.beat(-30, { processId: 'b', isRegular: false })).toEqual([])
    expect(alone.beat(-20, { processId: 'b', isRegular: false })).toEqual([])
    expect(alone.beat(-15, { processId: 'b' })).toEqual([`clock_set_back ${-15 - 24 * 3600 + 180}-15`])

    const beside = new Process()
    beside.beat(0)
    beside.beat(-30, { processId: 'b', isRegular: false })
    expect(beside.beat(-15, { processId: 'b', beatsOfOthers: 1 })).toEqual([])
    expect(beside.beat(0, { processId: 'b' })).toEqual([])
  })

  it('adds a span of deliveries that failed', () => {
    const process = new Process()
    process.beat(0)
    expect(process.beat(15, { failed: { from: noon - 5000, to: noon } })).toEqual(['deliveries_failed -5-0'])
  })

  it('adds the failures of a process that died', () => {
    const process = new Process()
    process.beat(0, { processId: 'b', failingSince: noon - 60_000 })
    process.beat(0)
    for (let silent = 1; silent <= 7; silent += 1) {
      expect(process.beat(silent * 15, { silentFor: new Map([['b', silent]]) })).toEqual([])
    }
    expect(process.beat(120, { silentFor: new Map([['b', 8]]) })).toEqual(['deliveries_failed -60-0'])
    expect(process.beat(135, { silentFor: new Map([['b', 9]]) })).toEqual([])
  })

  it('notices when no worker is alive for longer than the inbox keeps what it stores', () => {
    const process = new Process()
    process.beat(0, { processId: 'w', role: 'worker' })
    expect(process.state).not.toHaveProperty('aliveAt')
    process.beat(0)
    const noticed: string[] = []
    for (let at = 15; at <= 27 * 3600; at += 15) noticed.push(...process.beat(at, { beatsOfOthers: 0 }))
    expect(noticed).toEqual(['workers_gone 0-75', 'workers_gone 75-3690'])
    expect(process.beat(28 * 3600, { processId: 'w2', role: 'worker' })).toEqual([`workers_gone 3690-${3 * 3600}`])
  })

  it('removes a process that has been dead for an hour', () => {
    const process = new Process()
    process.beat(0, { processId: 'b' })
    process.beat(3600, { silentFor: new Map([['b', 240]]) })
    expect(process.state.processes?.map(({ id }) => id)).toEqual(['b', 'a'])
    process.beat(3615, { silentFor: new Map([['b', 241]]) })
    expect(process.state.processes?.map(({ id }) => id)).toEqual(['a'])
  })

  it('remembers the hundred processes that recorded a heartbeat last', () => {
    const process = new Process()
    for (let id = 0; id <= 100; id += 1) process.beat(id, { processId: String(id) })
    expect(process.state.processes).toHaveLength(100)
    expect(process.state.processes?.[0]?.id).toBe('1')
  })

  // Found by the random world 2.
  it('knows both of two processes whose clocks differ by hours', () => {
    const process = new Process()
    process.beat(0)
    process.beat(0, { processId: 'b' })
    for (let at = 15; at <= 600; at += 15) {
      expect(process.beat(at, { beatsOfOthers: 1 })).toEqual([])
      expect(process.beat(at - 5400, { processId: 'b', beatsOfOthers: 1 })).toEqual([])
    }
  })
})
