import { type Awaitable, isPromise } from '../../internal/awaitable.ts'

/** Does work, after what was begun before in the same lane has ended; without a lane, at once. */
export type Lanes = <T>(lane: string | undefined, work: () => Awaitable<T>) => Awaitable<T>

export function createLanes(): Lanes {
  const last = new Map<string, Promise<unknown>>()

  return (lane, work) => {
    if (lane === undefined) return work()
    const run = last.get(lane)?.then(work, work) ?? work()
    if (!isPromise(run)) return run
    last.set(lane, run)
    const leave = () => {
      if (last.get(lane) === run) last.delete(lane)
    }
    run.then(leave, leave)
    return run
  }
}
