/**
 * Calls an asynchronous function with each item, at most `concurrency` of them at a time.
 *
 * @throws what the first failed call rejected with, after the calls in progress have ended. No further calls are made.
 */
export async function forEachConcurrent<T>(
  items: readonly T[],
  concurrency: number,
  call: (item: T) => Promise<void>,
): Promise<void> {
  const remaining = items.values()
  let hasFailed = false
  const callRemaining = async () => {
    try {
      for (const item of remaining) {
        if (hasFailed) return
        await call(item)
      }
    } catch (error) {
      hasFailed = true
      throw error
    }
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(concurrency, items.length) }, callRemaining))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
