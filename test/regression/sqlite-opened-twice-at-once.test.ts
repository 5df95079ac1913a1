import type { DatabaseSync } from 'node:sqlite'
import { expect, it, vi } from 'vitest'
import { writeAhead } from '../../src/stores/open-sqlite.node.ts'

/** SQLITE_BUSY and SQLITE_CANTOPEN: https://sqlite.org/rescode.html */
const busy = Object.assign(new Error('database is locked'), { errcode: 5 })
const cannotOpen = Object.assign(new Error('unable to open database file'), { errcode: 14 })

/** A database that refuses some times, as SQLite does where another process opens the same new file. */
function refusing(times: number, error: Error) {
  const exec = vi.fn<(sql: string) => void>()
  for (let time = 0; time < times; time += 1) {
    exec.mockImplementationOnce(() => {
      throw error
    })
  }
  return { database: { exec } as Partial<DatabaseSync> as DatabaseSync, exec }
}

it('comes again where another process opens the same new file', () => {
  const { database, exec } = refusing(2, busy)
  writeAhead(database)
  expect(exec.mock.calls).toEqual(Array(3).fill(['PRAGMA journal_mode = WAL']))
})

it('gives up in the end', () => {
  const { database, exec } = refusing(3, busy)
  expect(() => writeAhead(database, 3)).toThrow(busy)
  expect(exec).toHaveBeenCalledTimes(3)
})

it('tells any other error at once', () => {
  const { database, exec } = refusing(1, cannotOpen)
  expect(() => writeAhead(database)).toThrow(cannotOpen)
  expect(exec).toHaveBeenCalledOnce()
})
