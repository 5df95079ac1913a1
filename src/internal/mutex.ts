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
  /** Whether some work with this key has not ended. */
  readonly isLocked: (key: string) => boolean
  /** Runs work when all that came before it with the same key has ended. With a key that is not locked, it starts now. */
  readonly run: <T>(key: string, work: () => Promise<T>) => Promise<T>
}

export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>()
  return {
    isLocked: (key) => last.has(key),
    run: (key, work) => {
      const done = last.get(key)?.then(work, work) ?? work()
      last.set(key, done)
      const unlock = () => {
        if (last.get(key) === done) last.delete(key)
      }
      done.then(unlock, unlock)
      return done
    },
  }
}
