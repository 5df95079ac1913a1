import { assertText } from '../internal/assert.ts'
import { dedupeTables } from './dedupe/postgres-dedupe-queries.ts'
import { inboxTables } from './inbox/postgres/postgres-inbox-tables.ts'
import type { RunSql } from './postgres-client.ts'
import { recoveryTables } from './recovery/postgres-recovery-queries.ts'

/** The tables of a store in PostgreSQL. */
export interface PostgresSchemaOptions {
  /**
   * The beginning of the names of all tables, sequences and functions: 1 to 40 of `a` to `z`, `0` to `9` and `_`. Stores with
   * the same prefix in one schema share their events, so give each environment its own.
   *
   * @defaultValue `x_account_activity`
   */
  readonly tablePrefix?: string | undefined
}

/** How a store in PostgreSQL creates its tables. */
export interface PostgresTableOptions extends PostgresSchemaOptions {
  /**
   * Whether the store creates its tables at its first use, if they do not exist. With `false`, run the statements of
   * `postgresSchema` before, for example with your migrations.
   *
   * @defaultValue true
   */
  readonly createTables?: boolean | undefined
}

/** The version of the tables. It is in the comment of each main table. */
const version = 1

const storeTables = { dedupe: dedupeTables, inbox: inboxTables, recovery: recoveryTables }

/** A store that has tables. */
export type PostgresStoreName = keyof typeof storeTables

/**
 * The SQL statements that create the tables of all stores in PostgreSQL. Run them as they are, in one transaction. They can be
 * run again: they change nothing when the tables exist.
 *
 * @throws TypeError or RangeError when `tablePrefix` is not one.
 *
 * @example
 * import { postgresSchema } from 'x-account-activity/stores/postgres'
 *
 * console.log(postgresSchema({ tablePrefix: 'staging' }))
 */
export function postgresSchema(options: PostgresSchemaOptions = {}): string {
  const prefix = readTablePrefix(options)
  return (['dedupe', 'inbox', 'recovery'] as const).map((store) => statements(store, prefix)).join('\n')
}

/** @throws TypeError or RangeError when it is not a prefix of identifiers. */
export function readTablePrefix({ tablePrefix = 'x_account_activity' }: PostgresSchemaOptions): string {
  assertText(tablePrefix, 'tablePrefix')
  if (/^[a-z_][a-z0-9_]{0,39}$/.test(tablePrefix)) return tablePrefix
  throw new RangeError(
    '"tablePrefix" must be 1 to 40 of the characters a-z, 0-9 and _, and must not begin with a digit',
  )
}

function statements(store: PostgresStoreName, prefix: string): string {
  return `
    SELECT pg_advisory_xact_lock(hashtextextended('${prefix}_${store}', 0));
    ${storeTables[store](prefix)}
    COMMENT ON TABLE ${prefix}_${store} IS '${commentOf(store, version)}';`
}

function commentOf(store: PostgresStoreName, number: number): string {
  return `x-account-activity ${store}, version ${number}`
}

/**
 * Creates a function that creates the tables of a store once, and rejects when they are missing or of another version. After an
 * error it tries again with its next call.
 */
export function createTablesOnce(
  run: RunSql,
  store: PostgresStoreName,
  prefix: string,
  createTables: boolean,
): () => Promise<void> {
  const findComment = async () => {
    const [row] = await run("SELECT obj_description(to_regclass($1), 'pg_class') AS comment", `${prefix}_${store}`)
    return row?.comment
  }
  const create = async () => {
    if ((await findComment()) === commentOf(store, version)) return
    if (createTables) await run(statements(store, prefix))
    const comment = await findComment()
    if (comment === commentOf(store, version)) return
    throw new Error(
      `The table ${prefix}_${store} does not exist or is of another version. ` +
        'Run the statements of postgresSchema(), or set "createTables" to true.',
    )
  }
  let creating: Promise<void> | undefined
  return () => {
    creating ??= create().catch((error) => {
      creating = undefined
      throw error
    })
    return creating
  }
}
