/** `value` is JSON, as text: it is compared as it was written. */
export function recoveryTables(prefix: string): string {
  return `
    CREATE TABLE IF NOT EXISTS ${prefix}_recovery (
      key text PRIMARY KEY,
      value text NOT NULL
    );`
}

/** The statements of a recovery store. Each is atomic. `create` and `replace` return a row when they have written. */
export function recoveryQueries(prefix: string) {
  const table = `${prefix}_recovery`
  return {
    get: `SELECT value FROM ${table} WHERE key = $1::text`,
    set: `
      INSERT INTO ${table} VALUES ($1::text, $2::text) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    create: `INSERT INTO ${table} VALUES ($1::text, $2::text) ON CONFLICT (key) DO NOTHING RETURNING 1`,
    replace: `UPDATE ${table} SET value = $2::text WHERE key = $1::text AND value = $3::text RETURNING 1`,
  }
}
