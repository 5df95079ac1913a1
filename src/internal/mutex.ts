/** Runs asynchronous operations one at a time, in the order of the calls. A failed operation does not stop the next one. */
export type Mutex = <T>(operation: () => Promise<T>) => Promise<T>

/** Creates a mutex: a queue of its own, empty at first. */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve()
  return (operation) => {
    const result = last.then(operation)
    last = result.catch(() => undefined)
    return result
  }
}

/** A mutex for each key. */
export interface KeyedMutex {
  /** Whether an operation with this key has not ended. */
  readonly isLocked: (key: string) => boolean
  /** Runs an operation after the earlier ones with the same key have ended. If there are none, it starts immediately. */
  readonly run: <T>(key: string, operation: () => Promise<T>) => Promise<T>
}

export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>()
  return {
    isLocked: (key) => last.has(key),
    run: (key, operation) => {
      const result = last.get(key)?.then(operation, operation) ?? operation()
      last.set(key, result)
      const unlock = () => {
        if (last.get(key) === result) last.delete(key)
      }
      result.then(unlock, unlock)
      return result
    },
  }
}
