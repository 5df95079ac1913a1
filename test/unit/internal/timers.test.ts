import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  longestTimer,
  resolveOnAbort,
  runLater,
  type Sleep,
  sleep,
  sleepUntil,
  withTimeout,
} from '../../../src/internal/timers.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const time = { now: () => Date.now(), sleep }
const never = new AbortController().signal

describe('sleep', () => {
  it('resolves after the time, or as soon as the signal aborts, and leaves no timer', async () => {
    const controller = new AbortController()
    const ended: string[] = []
    void sleep(10).then(() => ended.push('time'))
    void sleep(1000, controller.signal).then(() => ended.push('signal'))
    void sleep(1000, AbortSignal.abort()).then(() => ended.push('aborted before'))
    await advance(9)
    expect(ended).toEqual(['aborted before'])
    await advance(1)
    controller.abort()
    await advance(0)
    expect(ended).toEqual(['aborted before', 'time', 'signal'])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('resolveOnAbort', () => {
  const rejecting: Sleep = (_, signal) =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

  it('resolves when a sleep rejects because its signal aborts', async () => {
    const controller = new AbortController()
    const waiting = resolveOnAbort(rejecting)(10, controller.signal)
    controller.abort()
    await expect(waiting).resolves.toBeUndefined()
  })

  it('rejects when a sleep rejects for another reason', async () => {
    const failing: Sleep = () => Promise.reject(new Error('no timers'))
    await expect(resolveOnAbort(failing)(10, never)).rejects.toThrow(new Error('no timers'))
  })
})

describe('sleepUntil', () => {
  it('waits for longer than the longest timer', async () => {
    let hasEnded = false
    void sleepUntil(Date.now() + longestTimer + 10, time, never).then(() => {
      hasEnded = true
    })
    await advance(longestTimer + 9)
    expect(hasEnded).toBe(false)
    await advance(1)
    expect(hasEnded).toBe(true)
  })

  it('throws the reason of the signal', async () => {
    const reason = new Error('stopped')
    await expect(sleepUntil(0, time, AbortSignal.abort(reason))).rejects.toBe(reason)
    const controller = new AbortController()
    const waiting = sleepUntil(Date.now() + 10, time, controller.signal)
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})

describe('withTimeout', () => {
  it('returns the value of a promise that resolves in time, and leaves no timer', async () => {
    expect(await withTimeout(Promise.resolve('value'), 10, time, never)).toBe('value')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('returns undefined after the time', async () => {
    const waiting = withTimeout(new Promise(() => {}), 10, time, never)
    await advance(10)
    expect(await waiting).toBeUndefined()
  })

  it('throws the reason of the signal', async () => {
    const controller = new AbortController()
    const waiting = withTimeout(new Promise(() => {}), 10, time, controller.signal)
    const reason = new Error('stopped')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})

describe.each<[string, Sleep]>([
  ['the default sleep', sleep],
  ['another sleep', (ms, signal) => sleep(ms, signal)],
])('runLater, with %s', (_, sleep) => {
  const onError = vi.fn()
  beforeEach(() => void onError.mockReset())

  it('calls the function once, after the time', async () => {
    const run = vi.fn()
    runLater(run, 10, { sleep, onError })
    await advance(9)
    expect(run).not.toHaveBeenCalled()
    await advance(100)
    expect(run).toHaveBeenCalledOnce()
  })

  it('does not call the function after it is cancelled, and leaves no timer', async () => {
    const run = vi.fn()
    runLater(run, 10, { sleep, onError })()
    await advance(100)
    expect(run).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([longestTimer + 1, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY])(
    'does not call the function immediately after %d ms',
    async (ms) => {
      const run = vi.fn()
      const cancel = runLater(run, ms, { sleep, onError })
      await advance(1000)
      expect(run).not.toHaveBeenCalled()
      cancel()
    },
  )

  it('reports what the function throws', async () => {
    const error = new Error('thrown')
    const run = () => {
      throw error
    }
    runLater(run, 10, { sleep, onError })
    await advance(10)
    expect(onError.mock.calls).toEqual([[error]])
  })
})

describe('runLater, with a sleep that rejects', () => {
  it('reports the error', async () => {
    const [run, onError, error] = [vi.fn(), vi.fn(), new Error('no timers')]
    runLater(run, 10, { sleep: () => Promise.reject(error), onError })
    await advance(10)
    expect(onError.mock.calls).toEqual([[error]])
    expect(run).not.toHaveBeenCalled()
  })

  it('reports nothing when it rejects because the call is cancelled', async () => {
    const onError = vi.fn()
    const rejecting: Sleep = (_, signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    runLater(() => {}, 10, { sleep: rejecting, onError })()
    await advance(0)
    expect(onError).not.toHaveBeenCalled()
  })
})
