import type { RecoveryStore } from './recovery-store.ts'

/**
 * A recovery store in the memory of this process: for tests, and for outages that the process lives through. After a
 * restart it is empty, and what was missed meanwhile is not noticed.
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
  }
}
