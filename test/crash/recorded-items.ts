import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'

/**
 * Returns a function that resolves when an SQLite inbox has recorded that an item is handled. The inbox records it later than
 * the end of the handler when another process holds the lock of the file.
 */
export function openRecordedItems(path: string): (id: string) => Promise<void> {
  const database = new DatabaseSync(path, { timeout: 1000 })
  const find = database.prepare('SELECT state FROM inbox_items WHERE id = ?')
  return async (id) => {
    while (find.get(id)?.state !== 'done') await setTimeout(1)
  }
}
