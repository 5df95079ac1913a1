/** Runs what it is given one after the other, in the order it is given; what fails holds up nothing. */
export type Mutex = <T>(work: () => Promise<T>) => Promise<T>

export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
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
