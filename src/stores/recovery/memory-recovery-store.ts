import type { RecoveryStore } from './recovery-store.ts'

/**
 * Creates a recovery store in the memory of this process: for tests, and for outages that the process survives. It is empty
 * after a restart, so an outage that ends with a restart is not noticed.
 *
 * @example
 * import { createMemoryRecoveryStore } from 'x-account-activity/recovery'
 *
 * const store = createMemoryRecoveryStore()
 * await store.set('webhook', { aliveAt: 0 })
 */
export function createMemoryRecoveryStore(): RecoveryStore {
  const values = new Map<string, string>()
  return {
    get: (key) => {
      const text = values.get(key)
      return text === undefined ? undefined : JSON.parse(text)
    },
    set: (key, value) => void values.set(key, JSON.stringify(value)),
    compareAndSet: (key, before, after) => {
      if (values.get(key) !== JSON.stringify(before)) return false
      values.set(key, JSON.stringify(after))
      return true
    },
  }
}
