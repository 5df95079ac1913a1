import { assertFunction, kindOf } from '../internal/assert.ts'

/** The part of a `Pool` of the package `pg` (version 8) that a store uses. */
export interface PgPool {
  /** Runs one statement. */
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
  /** Checks a connection out. Only a pool has this together with `totalCount`. */
  connect(): Promise<unknown>
  /** How many connections the pool has. Tells a pool from a single client. */
  readonly totalCount: number
}

/** The part of a client of the package `postgres` (version 3) that a store uses. */
export interface PostgresJsClient {
  /** Runs one statement, or several without parameters. */
  unsafe(query: string, parameters?: never[]): PromiseLike<readonly unknown[]>
  /** Only the clients of `postgres` have this method. */
  readonly begin: unknown
}

/** A row of a result: PostgreSQL sends 64-bit integers as text. */
export type PostgresRow = Readonly<Record<string, unknown>>

/** Runs one statement, or several without parameters. Parameters are sent as text, so that both packages treat them alike. */
export type RunSql = (text: string, ...parameters: (string | number | null)[]) => Promise<readonly PostgresRow[]>

/**
 * Finds out which package a client comes from by its members, so that neither package needs to be installed.
 *
 * @throws TypeError when it is a client of neither package.
 */
export function readPostgresClient(client: PgPool | PostgresJsClient): RunSql {
  if (client === null || (typeof client !== 'object' && typeof client !== 'function')) {
    throw new TypeError(`"client" must be a Pool of "pg" or a client of "postgres", got ${kindOf(client)}`)
  }
  if ('unsafe' in client) {
    assertFunction(client.unsafe, 'client.unsafe')
    return async (text, ...parameters) => (await client.unsafe(text, toText(parameters) as never[])) as PostgresRow[]
  }
  if (!('query' in client) || !('totalCount' in client)) {
    throw new TypeError('"client" must be a Pool of the package "pg", or a client of the package "postgres"')
  }
  assertFunction(client.query, 'client.query')
  return async (text, ...parameters) => {
    // With an empty list of parameters, "pg" would allow only one statement.
    const { rows } = await (parameters.length === 0 ? client.query(text) : client.query(text, toText(parameters)))
    return (rows ?? []) as PostgresRow[]
  }
}

function toText(parameters: readonly (string | number | null)[]): (string | null)[] {
  return parameters.map((value) => (value === null ? null : String(value)))
}

/** PostgreSQL cannot store the character U+0000 in a text. */
export function toPostgresText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\0', '\\0')
}

/** The text that {@link toPostgresText} was given. */
export function fromPostgresText(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, character: string) => (character === '0' ? '\0' : character))
}
