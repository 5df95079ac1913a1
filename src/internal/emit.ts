import { channel } from '#diagnostics'
import { assertFunction } from './assert.ts'
import { notify } from './notify.ts'

/** Tells of something. What is told is made only where somebody listens: this lies on hot paths. */
export type Emit<T> = (make: () => T) => void

/** Tells a hook, and a channel of `node:diagnostics_channel` where there is such a thing; lets nothing out of either. */
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

/** One hook out of those that a caller gave, checked, and bound to them, for it may be a method of a logger. */
export function readHook<H extends object, N extends keyof H & string>(hooks: H, name: N): H[N] {
  const hook = hooks[name]
  if (hook === undefined) return hook
  assertFunction(hook, `hooks.${name}`)
  return hook.bind(hooks) as H[N]
}
