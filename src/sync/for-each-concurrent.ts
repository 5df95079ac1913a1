/**
 * Does something about each of many things, so many at a time. When one fails, no more are begun, and those under way
 * are waited for.
 */
export async function forEachConcurrent<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const open = items.values()
  let hasFailed = false
  const worker = async () => {
    for (const item of open) {
      if (hasFailed) return
      await work(item)
    }
  }
  const failing = async () => {
    try {
      await worker()
    } catch (error) {
      hasFailed = true
      throw error
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(concurrency, items.length) }, failing))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
