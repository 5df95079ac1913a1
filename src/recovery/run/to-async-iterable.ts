/**
 * The items that `produce` emits, as an async iterable. Leaving the loop aborts the signal of `produce` and waits until
 * it has ended.
 *
 * @throws what `produce` rejects with, after all items that it emitted.
 */
export async function* toAsyncIterable<T>(
  produce: (emit: (item: T) => void, signal: AbortSignal) => Promise<void>,
): AsyncGenerator<T, void, undefined> {
  const controller = new AbortController()
  const items: T[] = []
  let hasEnded = false
  let wake = () => {}
  const emit = (item: T) => {
    items.push(item)
    wake()
  }
  const end = produce(emit, controller.signal).finally(() => {
    hasEnded = true
    wake()
  })
  // The loop below awaits it later. Until then, a rejection must not count as unhandled.
  end.catch(() => {})
  try {
    for (;;) {
      yield* items.splice(0)
      if (hasEnded && items.length === 0) break
      if (items.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    }
    await end
  } finally {
    controller.abort()
    await end.catch(() => {})
  }
}
