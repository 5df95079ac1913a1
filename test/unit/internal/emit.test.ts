import { channel } from 'node:diagnostics_channel'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createClient } from 'x-account-activity'
import { channel as silentChannel } from '../../../src/internal/diagnostics.none.ts'
import { createEmit, readHook } from '../../../src/internal/emit.ts'

function listen(name: string) {
  const heard: unknown[] = []
  const hear = (report: unknown) => void heard.push(report)
  channel(name).subscribe(hear)
  onTestFinished(() => void channel(name).unsubscribe(hear))
  return heard
}

describe('createTell', () => {
  it('makes nothing while nobody listens', () => {
    const make = vi.fn(() => 1)
    createEmit('test', undefined)(make)
    expect(make).not.toHaveBeenCalled()
  })

  it('tells the hook and the channel the same, which is made once', () => {
    const hook = vi.fn()
    const heard = listen('x-account-activity:test')
    const make = vi.fn(() => ({ a: 1 }))
    createEmit('test', hook)(make)
    expect(make).toHaveBeenCalledOnce()
    expect(hook).toHaveBeenCalledExactlyOnceWith({ a: 1 })
    expect(heard).toEqual([{ a: 1 }])
  })

  it('lets nothing out, whoever fails', async () => {
    const tell = createEmit('test', () => Promise.reject(new Error('no')))
    const fail = () => {
      throw new Error('no')
    }
    expect(() => tell(fail)).not.toThrow()
    expect(() => tell(() => 1)).not.toThrow()
    await new Promise(setImmediate)
  })
})

describe('readHook', () => {
  it.each([null, 1, 'log', {}])('throws on %j', (onRequest) => {
    expect(() => readHook({ onRequest } as { onRequest?: () => void }, 'onRequest')).toThrow(
      new TypeError(`"hooks.onRequest" must be a function, got ${onRequest === null ? 'null' : typeof onRequest}`),
    )
  })
})

describe('a channel', () => {
  it('tells of the requests of a client without any hook', async () => {
    const requests = listen('x-account-activity:request')
    const responses = listen('x-account-activity:response')
    const fetch = async () => Response.json({ data: [] })
    await createClient({ consumerKey: 'k', consumerSecret: 's', bearerToken: 'b', fetch, now: () => 1 }).webhooks.list()
    expect(requests).toEqual([{ endpoint: 'webhooks.list', attempt: 1 }])
    expect(responses).toEqual([{ endpoint: 'webhooks.list', attempt: 1, outcome: 200, durationMs: 0 }])
  })

  it('of a runtime that has none has no listeners, and takes everything', () => {
    const silent = silentChannel('x-account-activity:request')
    expect(silent.hasSubscribers).toBe(false)
    expect(silent.publish({})).toBeUndefined()
  })
})
