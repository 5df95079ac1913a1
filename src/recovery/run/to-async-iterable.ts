/**
 * What `work` emits, as something to loop over. To leave the loop is to abort the work; either way it has come to rest
 * afterwards.
 *
 * @throws what `work` rejects with, when all that it emitted is out.
 */
export async function* toAsyncIterable<T>(
  work: (emit: (item: T) => void, signal: AbortSignal) => Promise<void>,
): AsyncGenerator<T, void, undefined> {
  const controller = new AbortController()
  const items: T[] = []
  let isOver = false
  let wake = () => {}
  const emit = (item: T) => {
    items.push(item)
    wake()
  }
  const end = work(emit, controller.signal).finally(() => {
    isOver = true
    wake()
  })
  // Whoever loops gets to it below; until then it is not unhandled.
  end.catch(() => {})
  try {
    for (;;) {
      yield* items.splice(0)
      if (isOver && items.length === 0) break
      if (items.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    }
    await end
  } finally {
    controller.abort()
    await end.catch(() => {})
  }
}
