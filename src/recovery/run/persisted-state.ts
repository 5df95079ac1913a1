import { isPromise } from '../../internal/awaitable.ts'
import { createMutex } from '../../internal/mutex.ts'
import { withTimeout } from '../../internal/timers.ts'
import type { RecoveryStore } from '../../stores/recovery/recovery-store.ts'
import type { Settings } from '../settings.ts'
import { LeaseLostError } from '../state/lease.ts'
import { emptyState, type RecoveryState, readState } from '../state/recovery-state.ts'

/** The state of a recovery, which several processes may share: it is read from the store before each change. */
export interface PersistedState {
  /**
   * Changes the state, and resolves to what `change` returned. Changes run one at a time. `change` is called again when
   * another process has changed the state in the meantime, so it must change nothing else.
   */
  readonly update: <T extends { readonly state: RecoveryState }>(change: (state: RecoveryState) => T) => Promise<T>
  /** The state after the last change; empty before the first. */
  readonly current: () => RecoveryState
}

/** Where the state is, and what happens with it. */
export interface PersistedStateOptions extends Pick<Settings, 'store' | 'storeTimeoutMs' | 'now' | 'sleep'> {
  readonly key: string
  /** The state after the store has lost the last one. */
  readonly createFreshState: () => RecoveryState
  /** Called when a state with what the store has lost is written. */
  readonly onStateLost: (error: unknown, state: RecoveryState) => void
  /** Called with the state after each change. */
  readonly onChange: (state: RecoveryState) => void
}

/** How often a change is tried again because another process was faster. */
const maxConflicts = 1000

export function createPersistedState(options: PersistedStateOptions): PersistedState {
  const { store, key, createFreshState, onStateLost, onChange } = options
  const runExclusive = createMutex()
  let known: RecoveryState | undefined

  const read = async (): Promise<{
    readonly value: unknown
    readonly state: RecoveryState
    readonly lost?: unknown
  }> => {
    try {
      const value = (await inTime(options, 'get', () => store.get(key))) ?? undefined
      return { value, state: readState(value) }
    } catch (error) {
      if (Object(error).isStateLost !== true) throw error
      return { value: undefined, state: createFreshState(), lost: error }
    }
  }

  const write = async (value: unknown, state: RecoveryState): Promise<boolean> => {
    if (store.compareAndSet === undefined) {
      await inTime(options, 'set', () => store.set(key, state))
      return true
    }
    return inTime(options, 'compareAndSet', () => store.compareAndSet?.(key, value, state) ?? false)
  }

  return {
    update: (change) =>
      runExclusive(async () => {
        for (let conflicts = 0; ; conflicts += 1) {
          const { value, state, lost } = await read()
          const result = change(state)
          const isUnchanged = result.state === state && lost === undefined
          if (isUnchanged || (await write(value, result.state))) {
            known = result.state
            if (lost !== undefined) onStateLost(lost, state)
            onChange(result.state)
            return result
          }
          if (conflicts >= maxConflicts) throw conflictError(key)
        }
      }),
    current: () => known ?? emptyState,
  }
}

function conflictError(key: string): Error {
  return new Error(
    `The recovery store refused ${maxConflicts} writes to the key ${key}, because the value had changed. ` +
      'Check that "compareAndSet" of the store compares with the value that "get" returned.',
  )
}

/** @throws Error when the store does not answer in time. */
async function inTime<T>(
  { storeTimeoutMs, sleep, now }: PersistedStateOptions,
  method: keyof RecoveryStore,
  call: () => T | PromiseLike<T>,
): Promise<T> {
  const answer = call()
  if (!isPromise(answer)) return answer as T
  const settled = Promise.resolve(answer).then((value) => ({ value }))
  const result = await withTimeout(settled, storeTimeoutMs, { sleep, now }, new AbortController().signal)
  if (result !== undefined) return result.value
  settled.catch(() => {})
  throw new Error(
    `The recovery store did not answer "${method}" within ${storeTimeoutMs} ms. ` +
      'Check whether it can be reached, or set "storeTimeoutMs" to a longer time.',
  )
}

/** The state for the holder of a lease: a change is refused after another process has taken the lease. */
export function withLease(persisted: PersistedState, token: number): PersistedState {
  return {
    ...persisted,
    update: (change) =>
      persisted.update((state) => {
        if (state.lease?.token !== token) throw new LeaseLostError()
        return change(state)
      }),
  }
}
