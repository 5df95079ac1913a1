import { createMutex } from '../../internal/mutex.ts'
import type { RecoveryStore } from '../../stores/recovery/recovery-store.ts'
import { emptyState, type RecoveryState, readState } from '../state/recovery-state.ts'

/** The state of a recovery: held in memory, and written to the store at each change. */
export interface PersistedState {
  /** Changes the state, and resolves to what `change` returned. Changes run one at a time. */
  readonly update: <T extends { readonly state: RecoveryState }>(change: (state: RecoveryState) => T) => Promise<T>
  /** The state after the last change; empty before the first. */
  readonly current: () => RecoveryState
}

export function createPersistedState(store: RecoveryStore, key: string): PersistedState {
  const runExclusive = createMutex()
  let known: RecoveryState | undefined
  return {
    update: (change) =>
      runExclusive(async () => {
        const before = known ?? readState(await store.get(key))
        const result = change(before)
        // If the write fails, the change is kept in memory, and the next write includes it.
        known = result.state
        if (result.state !== before) await store.set(key, result.state)
        return result
      }),
    current: () => known ?? emptyState,
  }
}
