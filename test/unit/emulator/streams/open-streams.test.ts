import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from 'x-account-activity/emulator'
import { createPlatform } from '../../../../src/emulator/create-platform.ts'
import { setFaults } from '../../../../src/emulator/delivery-system.ts'
import type { AppState } from '../../../../src/emulator/state/tables.ts'
import { activityStream } from '../../../../src/emulator/streams/open-streams.ts'
import type { StreamWindow } from '../../../../src/emulator/streams/stream-window.ts'
import { start } from '../../../support/emulator-harness.ts'
import { settled } from '../../../support/emulator-stream.ts'

/** A platform, a function that emits an event, and one that opens a stream. */
function create(options: EmulatorOptions = {}) {
  const platform = createPlatform({ now: () => start, ...options })
  const app = { id: '7', deniedUsers: new Set<string>() } as AppState
  const emit = (name: string, to = app) =>
    platform.activityFeed.emit({ app: to, occurredAt: platform.clock.now(), body: `{"data":"${name}"}` })
  const open = async (window: StreamWindow = {}) => {
    const request = activityStream(platform.state, app, window)
    const response = platform.streams.connect(app, new Request('https://api.x.com/2/activity/stream'), request)
    let text = ''
    const stream = { end: undefined as unknown }
    const reading = async () => {
      const reader = (await response)?.body?.getReader()
      for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
        text += `${new TextDecoder().decode(read.value)}|`
      }
      stream.end = 'ended'
    }
    void reading().catch((error: unknown) => {
      stream.end = error
    })
    /** What arrived since the last call, with a bar after each piece. */
    const read = async () => {
      await settled()
      const arrived = text
      text = ''
      return arrived
    }
    return Object.assign(stream, { read })
  }
  return { platform, app, emit, open }
}

const line = (name: string) => `{"data":"${name}"}\r\n|`

describe('an event', () => {
  it('goes to all open streams of its app, and to no other', async () => {
    const { emit, open } = create()
    emit('before')
    const streams = [await open(), await open()]
    emit('a')
    emit('other', { id: '8' } as AppState)
    emit('b')
    for (const stream of streams) expect(await stream.read()).toBe(line('a') + line('b'))
  })

  it('has a stream of its own as the reason of the head', async () => {
    const { platform, emit, open } = create()
    const stream = await open()
    await platform.scheduler.advance({ seconds: 3 })
    emit('a')
    expect(await stream.read()).toBe(line('a'))
    await platform.scheduler.advance({ seconds: 17 })
    expect(await stream.read()).toBe('\r\n|')
  })
})

describe('a time in the past', () => {
  it('is sent before what happens now, and sent again on each connection', async () => {
    const { platform, emit, open } = create()
    emit('a')
    await platform.scheduler.advance({ minutes: 3 })
    emit('b')
    await platform.scheduler.advance({ minutes: 3 })
    const from = platform.clock.now() - 5 * 60_000
    const stream = await open({ from })
    emit('c')
    expect(await stream.read()).toBe(line('b') + line('c'))
    expect(await (await open({ from: start })).read()).toBe(line('a') + line('b') + line('c'))
  })

  it('ends when it is complete', async () => {
    const { platform, emit, open } = create()
    emit('a')
    await platform.scheduler.advance({ minutes: 1 })
    emit('b')
    const stream = await open({ from: start, to: start + 60_000 })
    expect([await stream.read(), stream.end]).toEqual([line('a'), 'ended'])
    const empty = await open({ from: start + 1, to: start + 60_000 })
    expect([await empty.read(), empty.end]).toEqual(['', 'ended'])
  })

  it('ends at a time that is still to come', async () => {
    const { platform, app, emit, open } = create()
    const stream = await open({ to: start + 15_000 })
    emit('a')
    await platform.scheduler.advance({ ms: 14_999 })
    expect([await stream.read(), stream.end]).toEqual([line('a'), undefined])
    await platform.scheduler.advance({ ms: 1 })
    expect([await stream.read(), stream.end]).toEqual(['', 'ended'])
    const request = activityStream(platform.state, app, {})
    expect(platform.streams.connect(app, new Request('https://api.x.com'), request)).toBeDefined()
  })

  it('is kept on the enterprise tier only', async () => {
    const { platform, emit } = create({ tier: 'pay-per-use' })
    emit('a')
    expect(platform.state.activityLogs.size).toBe(0)
  })
})

describe('a fault', () => {
  it.each<[string, string, unknown]>([
    ['closed', '', 'ended'],
    ['dropped', '', expect.objectContaining({ message: expect.any(String) })],
    ['disconnected', expect.stringContaining('"disconnect_type":"UpstreamOperationalDisconnect"'), 'ended'],
    ['stalled', '', undefined],
  ])('%s takes the place of an event', async (name, text, end) => {
    const { platform, emit, open } = create()
    const stream = await open()
    emit('a')
    expect(await stream.read()).toBe(line('a'))
    setFaults(platform, { stream: { [name]: { next: 1 } } })
    emit('b')
    emit('c')
    await platform.scheduler.advance({ minutes: 2 })
    expect(await stream.read()).toEqual(text)
    expect(stream.end).toEqual(end)
    // What was lost is there for the next connection.
    const next = await open({ from: start })
    expect(await next.read()).toBe(line('a') + line('b') + line('c'))
  })

  it('duplicated sends an event twice', async () => {
    const { emit, open } = create({ faults: { stream: { duplicated: { next: 1 } } } })
    const stream = await open()
    emit('a')
    emit('b')
    expect(await stream.read()).toBe(line('a') + line('a') + line('b'))
  })

  it('split sends an event in two pieces', async () => {
    const { emit, open } = create({ faults: { stream: { split: { next: 1 } } } })
    const stream = await open()
    emit('a')
    expect(await stream.read()).toBe('{"data|":"a"}\r\n|')
  })

  it('occurs for each connection', async () => {
    const { emit, open } = create({ faults: { stream: { closed: { next: 1 } } } })
    const streams = [await open(), await open()]
    emit('a')
    expect([await streams[0]?.read(), streams[0]?.end]).toEqual(['', 'ended'])
    expect([await streams[1]?.read(), streams[1]?.end]).toEqual([line('a'), undefined])
  })
})
