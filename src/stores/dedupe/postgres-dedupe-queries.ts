/** `owner` is the id of the store that has claimed the event, or NULL once the event is handled. */
export function dedupeTables(prefix: string): string {
  return `
    CREATE SEQUENCE IF NOT EXISTS ${prefix}_dedupe_token;
    CREATE TABLE IF NOT EXISTS ${prefix}_dedupe (
      digest bytea PRIMARY KEY,
      owner text,
      token bigint,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX IF NOT EXISTS ${prefix}_dedupe_expiry ON ${prefix}_dedupe (expires_at);`
}

/** An index has a longest entry, and ids have none. */
const digest = `sha256(convert_to($1::text, 'UTF8'))`
const after = (milliseconds: string) => `clock_timestamp() + ${milliseconds}::bigint * interval '1 millisecond'`

/** The statements of a dedupe store: each is atomic, and needs one round trip. */
export function dedupeQueries(prefix: string) {
  const table = `${prefix}_dedupe`
  /** Deletes more than a commit adds, so that the table does not grow, and few enough that no commit takes long. */
  const forgetSome = `
    forgotten AS (
      DELETE FROM ${table} WHERE digest IN (
        SELECT digest FROM ${table} WHERE expires_at <= clock_timestamp() AND digest <> ${digest}
        ORDER BY expires_at LIMIT 8 FOR UPDATE SKIP LOCKED))`
  return {
    /** No row: another store has claimed the event while this statement ran. */
    claim: `
      WITH taken AS (
        INSERT INTO ${table} AS event (digest, owner, token, expires_at)
        VALUES (${digest}, $2::text, nextval('${prefix}_dedupe_token'), ${after('$3')})
        ON CONFLICT (digest) DO UPDATE
        SET owner = excluded.owner, token = excluded.token, expires_at = excluded.expires_at
        WHERE event.expires_at <= clock_timestamp()
        RETURNING token)
      SELECT 'claimed' AS state, token FROM taken
      UNION ALL
      SELECT CASE WHEN owner IS NULL THEN 'done' ELSE 'in_progress' END, NULL FROM ${table}
      WHERE digest = ${digest} AND NOT EXISTS (SELECT 1 FROM taken)`,
    commit: `
      WITH ${forgetSome}
      INSERT INTO ${table} VALUES (${digest}, NULL, NULL, ${after('$2')})
      ON CONFLICT (digest) DO UPDATE SET owner = NULL, token = NULL, expires_at = excluded.expires_at
      RETURNING 1`,
    /** Does nothing when the claim was lost. */
    commitClaim: `
      WITH ${forgetSome}
      UPDATE ${table} SET owner = NULL, token = NULL, expires_at = ${after('$2')}
      WHERE digest = ${digest} AND token = $3::bigint
      RETURNING 1`,
    release: `
      DELETE FROM ${table}
      WHERE digest = ${digest} AND owner = $2::text AND token = COALESCE($3::bigint, token)`,
    renew: `
      UPDATE ${table} SET expires_at = ${after('$2')} WHERE digest = ${digest} AND token = $3::bigint RETURNING 1`,
  }
}
