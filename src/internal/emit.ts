import { channel } from '#diagnostics'
import { assertFunction, assertObject } from './assert.ts'

/** Calls a function of the user, if there is one. What it returns, throws or rejects with is ignored. */
export function notify<T>(hook: ((event: T) => unknown) | undefined, event: T): void {
  void new Promise((resolve) => resolve(hook?.(event))).catch(() => undefined)
}

/** Emits a report. `make` is called only when there is a hook or a subscriber, because this is on hot paths. */
export type Emit<T> = (make: () => T) => void

/** Emits to a hook, and in Node.js to a channel of `node:diagnostics_channel`. Errors of both are ignored. */
export function createEmit<T>(name: string, hook: ((report: T) => unknown) | undefined): Emit<T> {
  const listeners = channel(`x-account-activity:${name}`)
  return (make) => {
    if (hook === undefined && !listeners.hasSubscribers) return
    try {
      const report = make()
      notify(hook, report)
      listeners.publish(report)
    } catch {}
  }
}

/**
 * Reads one hook of an object of hooks. The hook is bound to the object, because it can be a method of a logger.
 *
 * @throws TypeError when the hook is not a function.
 */
export function readHook<H extends object, N extends keyof H & string>(hooks: H, name: N): H[N] {
  const hook = hooks[name]
  if (hook === undefined) return hook
  assertFunction(hook, `hooks.${name}`)
  return hook.bind(hooks) as H[N]
}

/** Objects whose functions are called with reports. */
export interface Observers<O extends object> {
  /** Whether there is an observer. */
  readonly isActive: () => boolean
  /** Adds an observer. Returns a function that removes it. */
  readonly add: (observer: O) => () => void
  /** Calls one function of each observer. `make` is called only when there is an observer. */
  readonly emit: <N extends keyof O & string>(name: N, make: () => ReportOf<O, N>) => void
}

/** The report that a function of an observer gets. */
type ReportOf<O, N extends keyof O> = NonNullable<O[N]> extends (report: infer R) => unknown ? R : never

/** Creates a list of observers that can have functions with these names. */
export function createObservers<O extends object>(names: readonly (keyof O & string)[]): Observers<O> {
  const all = new Set<Map<string, (report: never) => unknown>>()
  return {
    isActive: () => all.size > 0,
    add: (observer) => {
      assertObject(observer, 'observer')
      const functions = new Map<string, (report: never) => unknown>()
      for (const name of names) {
        const given: unknown = observer[name]
        if (given === undefined) continue
        assertFunction(given, `observer.${name}`)
        functions.set(name, given.bind(observer))
      }
      all.add(functions)
      return () => void all.delete(functions)
    },
    emit: (name, make) => {
      if (all.size === 0) return
      const report = make()
      for (const functions of all) notify(functions.get(name) as ((report: unknown) => unknown) | undefined, report)
    },
  }
}
