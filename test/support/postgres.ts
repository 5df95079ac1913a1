import { randomBytes } from 'node:crypto'
import pg from 'pg'
import postgres from 'postgres'
import { describe, it, onTestFinished } from 'vitest'

/** The address of a PostgreSQL server for tests. `.ci/run` starts one. */
export const postgresUrl = process.env.X_AAA_TEST_POSTGRES_URL ?? ''

/** Tests that need a PostgreSQL server. Without one they are skipped with a warning, or fail in CI. */
export function describeWithPostgres(name: string, cases: () => void): void {
  describe(name, postgresUrl === '' ? skip : cases)
}

function skip(): void {
  console.warn(
    '\nSKIPPED: tests that need a PostgreSQL server. Set X_AAA_TEST_POSTGRES_URL, such as postgres://postgres@127.0.0.1:5432/postgres.\n',
  )
  it.skipIf(!process.env.CI)('runs in CI', () => {
    throw new Error('X_AAA_TEST_POSTGRES_URL is not set')
  })
}

/** A `Pool` of the package `pg`. It is closed when the test has ended. */
export function openPgPool(max = 5): pg.Pool {
  const pool = new pg.Pool({ connectionString: postgresUrl, max })
  onTestFinished(() => pool.end())
  return pool
}

/** A client of the package `postgres`. It is closed when the test has ended. */
export function openPostgresJs(max = 5): postgres.Sql {
  const sql = postgres(postgresUrl, { max, onnotice: () => {} })
  onTestFinished(() => sql.end())
  return sql
}

/** A new prefix for tables. They are dropped when the test has ended. */
export function newTablePrefix(): string {
  const tablePrefix = `t_${randomBytes(8).toString('hex')}`
  onTestFinished(async () => {
    const pool = new pg.Pool({ connectionString: postgresUrl, max: 1 })
    const { rows } = await pool.query('SELECT relname FROM pg_class WHERE relkind = $1 AND relname LIKE $2', [
      'r',
      `${tablePrefix}%`,
    ])
    for (const { relname } of rows) await pool.query(`DROP TABLE ${relname} CASCADE`)
    await pool.end()
  })
  return tablePrefix
}
