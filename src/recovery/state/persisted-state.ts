import { createMutex } from '../../internal/mutex.ts'
import type { RecoveryStore } from '../../stores/recovery/recovery-store.ts'
import { noState, type RecoveryState, readState } from './recovery-state.ts'

/** The state of a recovery in memory, written to the store at each change. */
export interface PersistedState {
  /** Changes the state, and tells what the change tells; changes are made one after the other. */
  readonly change: <T extends { readonly state: RecoveryState }>(make: (state: RecoveryState) => T) => Promise<T>
  /** The state after the last change. */
  readonly current: () => RecoveryState
}

export function createPersistedState(store: RecoveryStore, key: string): PersistedState {
  const inTurn = createMutex()
  let known: RecoveryState | undefined
  return {
    change: (make) =>
      inTurn(async () => {
        const before = known ?? readState(await store.get(key))
        const made = make(before)
        // What could not be written is still true, and is written with the next change.
        known = made.state
        if (made.state !== before) await store.set(key, made.state)
        return made
      }),
    current: () => known ?? noState,
  }
}
