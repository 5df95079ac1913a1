import type { Tables } from '../state/tables.ts'
import type { Reference, StatePath } from './state-path.ts'

/**
 * Checks that tables are consistent: every id exists, every handle is unique, and there is an app.
 *
 * @throws RangeError when they are not. The message names the path.
 */
export function assertConsistent(tables: Tables, path: StatePath): void {
  const missing = path.references.find(({ table, id }) => !tables[table as keyof Tables].has(id))
  if (missing) throw missingRow(missing)
  const handles = [...tables.users.values()].map(({ screenName }) => screenName.toLowerCase())
  if (new Set(handles).size < handles.length) throw new RangeError(`"${path}.users" must not hold a handle twice`)
  if (tables.apps.size === 0) throw new RangeError(`"${path}.apps" must not be empty`)
}

function missingRow({ path, table, id }: Reference): RangeError {
  return new RangeError(`"${path}" must be an id in "${table}", got ${id}`)
}
