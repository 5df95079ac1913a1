import type { DatabaseSync } from 'node:sqlite'
import { expect, it, vi } from 'vitest'
import { useWriteAheadLog } from '../../src/stores/open-sqlite.node.ts'

/** SQLITE_BUSY and SQLITE_CANTOPEN: https://sqlite.org/rescode.html */
const busy = Object.assign(new Error('database is locked'), { errcode: 5 })
const cannotOpen = Object.assign(new Error('unable to open database file'), { errcode: 14 })

/** A database that refuses the first statements, as SQLite does while another process opens the same new file. */
function createRefusingDatabase(times: number, error: Error) {
  const exec = vi.fn<(sql: string) => void>()
  for (let time = 0; time < times; time += 1) {
    exec.mockImplementationOnce(() => {
      throw error
    })
  }
  return { database: { exec } as Partial<DatabaseSync> as DatabaseSync, exec }
}

it('tries again while another process opens the same new file', () => {
  const { database, exec } = createRefusingDatabase(2, busy)
  useWriteAheadLog(database)
  expect(exec.mock.calls).toEqual(Array(3).fill(['PRAGMA journal_mode = WAL']))
})

it('gives up after a number of attempts', () => {
  const { database, exec } = createRefusingDatabase(3, busy)
  expect(() => useWriteAheadLog(database, 3)).toThrow(busy)
  expect(exec).toHaveBeenCalledTimes(3)
})

it('throws any other error without another attempt', () => {
  const { database, exec } = createRefusingDatabase(1, cannotOpen)
  expect(() => useWriteAheadLog(database)).toThrow(cannotOpen)
  expect(exec).toHaveBeenCalledOnce()
})
