import { channel } from 'node:diagnostics_channel'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createEmit, notify, readHook } from '../../../src/internal/emit.ts'

/** Collects what is published on a channel until the test ends. */
function subscribe(name: string): unknown[] {
  const reports: unknown[] = []
  const listen = (report: unknown) => void reports.push(report)
  channel(name).subscribe(listen)
  onTestFinished(() => void channel(name).unsubscribe(listen))
  return reports
}

const fail = () => {
  throw new Error('logger is down')
}

describe('notify', () => {
  it('calls the function with the event before it returns', () => {
    const hook = vi.fn()
    notify(hook, { a: 1 })
    expect(hook).toHaveBeenCalledExactlyOnceWith({ a: 1 })
  })

  it('does nothing without a function', () => {
    expect(() => notify(undefined, 1)).not.toThrow()
  })

  it.each([
    ['throws', fail],
    ['rejects', () => Promise.reject(new Error('logger is down'))],
  ])('ignores that the function %s', async (_, hook) => {
    expect(() => notify(hook, 1)).not.toThrow()
    // An unhandled rejection would fail the run.
    await new Promise(setImmediate)
  })
})

describe('createEmit', () => {
  it('makes no report without a hook and without a subscriber', () => {
    const make = vi.fn(() => 1)
    createEmit('test', undefined)(make)
    expect(make).not.toHaveBeenCalled()
  })

  it('makes one report for the hook and the channel', () => {
    const hook = vi.fn()
    const reports = subscribe('x-account-activity:test')
    const make = vi.fn(() => ({ a: 1 }))
    createEmit('test', hook)(make)
    expect(make).toHaveBeenCalledOnce()
    expect(hook).toHaveBeenCalledExactlyOnceWith({ a: 1 })
    expect(reports).toEqual([{ a: 1 }])
  })

  it('publishes on the channel without a hook', () => {
    const reports = subscribe('x-account-activity:test')
    createEmit('test', undefined)(() => 'report')
    expect(reports).toEqual(['report'])
  })

  it('ignores errors of the hook and of the function that makes the report', async () => {
    const emit = createEmit('test', () => Promise.reject(new Error('logger is down')))
    expect(() => emit(fail)).not.toThrow()
    expect(() => emit(() => 1)).not.toThrow()
    await new Promise(setImmediate)
  })
})

describe('readHook', () => {
  it('returns undefined without the hook', () => {
    expect(readHook<{ onRequest?: () => void }, 'onRequest'>({}, 'onRequest')).toBeUndefined()
  })

  it('binds the hook to its object', () => {
    const hooks = {
      count: 0,
      onRequest() {
        this.count += 1
      },
    }
    readHook(hooks, 'onRequest')()
    expect(hooks.count).toBe(1)
  })

  it.each([
    [null, 'null'],
    [1, 'number'],
    ['log', 'string'],
    [{}, 'object'],
  ])('throws on %j', (onRequest, kind) => {
    expect(() => readHook({ onRequest } as { onRequest?: () => void }, 'onRequest')).toThrow(
      new TypeError(`"hooks.onRequest" must be a function, got ${kind}`),
    )
  })
})
