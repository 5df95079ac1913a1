import { channel } from '#diagnostics'
import { assertFunction } from './assert.ts'
import { notify } from './notify.ts'

/** Emits a report. The report is made only when there is a hook or a subscriber for it, because this is on hot paths. */
export type Emit<T> = (make: () => T) => void

/** Emits to a hook, and to a channel of `node:diagnostics_channel` where there is one. Errors of both are ignored. */
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

/** One hook of an object of hooks, checked, and bound to the object: it may be a method of a logger. */
export function readHook<H extends object, N extends keyof H & string>(hooks: H, name: N): H[N] {
  const hook = hooks[name]
  if (hook === undefined) return hook
  assertFunction(hook, `hooks.${name}`)
  return hook.bind(hooks) as H[N]
}
