const idLength = 9

/** Keeps the ids of the last 16 runs: more than the processes that work on one inbox at the same time. */
export const givenBackByLength = 16 * idLength

/** The id of a run, ending in a space, so that ids can be joined to one text. */
export function newRunId(): string {
  return `${crypto.randomUUID().slice(0, idLength - 1)} `
}

/** The most ids that an error names. */
const mostIds = 10

/** The error that reports items which were removed because no process had a handler for them. */
export function unhandledItemsError(ids: readonly string[], retentionMs: number): Error {
  const named = ids.slice(0, mostIds).join(', ')
  const others = ids.length > mostIds ? ` and ${ids.length - mostIds} more` : ''
  return new Error(
    `The inbox removed ${ids.length} ${ids.length === 1 ? 'item' : 'items'}, because no process had a handler for them ` +
      `within ${retentionMs} ms ("retentionMs"): ${named}${others}. ` +
      'Add handlers for these events. To ignore them, add a handler for them that does nothing.',
  )
}
