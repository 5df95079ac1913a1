import type { Tables } from '../state/state.ts'
import type { Reference, StatePath } from './state-path.ts'

/**
 * Whether the tables hold together: every id leads somewhere, nobody shares a handle, and there is an app.
 *
 * @throws RangeError when they do not; it says where.
 */
export function assertConsistent(tables: Tables, at: StatePath): void {
  const lost = at.references.find(({ table, id }) => !tables[table as keyof Tables].has(id))
  if (lost) throw isNowhere(lost)
  const handles = [...tables.users.values()].map(({ screenName }) => screenName.toLowerCase())
  if (new Set(handles).size < handles.length) throw new RangeError(`"${at}.users" must not hold a handle twice`)
  if (tables.apps.size === 0) throw new RangeError(`"${at}.apps" must not be empty`)
}

function isNowhere({ path, table, id }: Reference): RangeError {
  return new RangeError(`"${path}" is ${id}, which is not in "${table}"`)
}
