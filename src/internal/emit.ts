import { channel } from '#diagnostics'
import { assertFunction } from './assert.ts'

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
