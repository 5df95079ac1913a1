import { givenBackByLength } from '../given-back.ts'

/**
 * The states of an item are those of the inbox in SQLite: `ready`, `queued`, `done`, `dead` and `unhandled`. `due_at` is the
 * time from which a ready item may be taken. For an item in progress, that is when its lease ends. `token` is the fencing token
 * of an item in progress.
 *
 * `ordering` is a hash of the ordering key. It is also the key of the advisory lock that everything takes which changes the
 * order of the key, so that at most one item of it is ready, and `seq` is the order in which its items became visible. Items of
 * two keys with the same hash wait for each other, which does no harm.
 *
 * Everything that needs several statements is a function: it is atomic, and needs one round trip. It takes advisory locks
 * before it locks rows, in one order, so that no two calls wait for each other.
 */
export function inboxTables(prefix: string): string {
  const items = `${prefix}_inbox`
  return `
    CREATE SEQUENCE IF NOT EXISTS ${items}_token;
    CREATE TABLE IF NOT EXISTS ${items} (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      digest bytea NOT NULL UNIQUE,
      id text NOT NULL,
      ordering bigint,
      ordering_key text,
      activity_digest bytea,
      activity_key text,
      body text NOT NULL,
      received_at bigint NOT NULL,
      event_index bigint,
      state text NOT NULL CHECK (state IN ('queued', 'ready', 'done', 'dead', 'unhandled')),
      due_at timestamptz NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      token bigint,
      error text,
      ended_at timestamptz,
      given_back_by text NOT NULL DEFAULT '',
      given_back_at timestamptz
    );
    CREATE INDEX IF NOT EXISTS ${items}_due ON ${items} (due_at, seq) WHERE state = 'ready';
    CREATE UNIQUE INDEX IF NOT EXISTS ${items}_activity ON ${items} (activity_digest)
      WHERE activity_digest IS NOT NULL;
    CREATE UNIQUE INDEX IF NOT EXISTS ${items}_first ON ${items} (ordering) WHERE state = 'ready';
    CREATE INDEX IF NOT EXISTS ${items}_behind ON ${items} (ordering, seq) WHERE state = 'queued';
    CREATE INDEX IF NOT EXISTS ${items}_done ON ${items} (ended_at) WHERE state = 'done';
    CREATE INDEX IF NOT EXISTS ${items}_dead ON ${items} (ended_at, seq) WHERE state = 'dead';
    CREATE INDEX IF NOT EXISTS ${items}_unhandled ON ${items} (given_back_by, seq) WHERE state = 'unhandled';
    CREATE INDEX IF NOT EXISTS ${items}_given_back ON ${items} (given_back_at) WHERE state = 'unhandled';
    ${addFunction(items)}
    ${nextFunction(items)}
    ${takeFunction(items)}
    ${offerFunction(items)}
    ${endFunction(items)}
    ${retryFunction(items)}`
}

/**
 * Returns the ids of the items that are known. The items have their ids, keys and bodies as text, with which PostgreSQL can do
 * everything but U+0000.
 */
function addFunction(items: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${items}_add(new_items json, retention_ms bigint) RETURNS SETOF text LANGUAGE plpgsql AS $$
    DECLARE
      new_item json;
      lock_key bigint;
      item_digest bytea;
      key_digest bytea;
      item_ordering bigint;
      expired timestamptz := clock_timestamp() - retention_ms * interval '1 millisecond';
    BEGIN
      FOR lock_key IN
        SELECT DISTINCT hashtextextended(names.name, 0)
        FROM json_array_elements(new_items) AS item,
          LATERAL (VALUES (item ->> 'orderingKey'), ('activity ' || (item ->> 'activityKey'))) AS names (name)
        WHERE names.name IS NOT NULL ORDER BY 1
      LOOP
        PERFORM pg_advisory_xact_lock(lock_key);
      END LOOP;
      DELETE FROM ${items} WHERE seq IN (
        SELECT seq FROM ${items} WHERE state = 'done' AND ended_at <= expired
        ORDER BY ended_at LIMIT 8 FOR UPDATE SKIP LOCKED);
      FOR new_item IN SELECT * FROM json_array_elements(new_items) LOOP
        item_digest := sha256(convert_to(new_item ->> 'id', 'UTF8'));
        key_digest := sha256(convert_to(new_item ->> 'activityKey', 'UTF8'));
        item_ordering := hashtextextended(new_item ->> 'orderingKey', 0);
        DELETE FROM ${items}
        WHERE (digest = item_digest OR activity_digest = key_digest) AND state = 'done' AND ended_at <= expired;
        IF EXISTS (SELECT 1 FROM ${items} WHERE activity_digest = key_digest) THEN key_digest := NULL; END IF;
        INSERT INTO ${items} (
          digest, id, ordering, ordering_key, activity_digest, activity_key, body, received_at, event_index, due_at, state)
        VALUES (
          item_digest, new_item ->> 'id', item_ordering, new_item ->> 'orderingKey', key_digest,
          CASE WHEN key_digest IS NOT NULL THEN new_item ->> 'activityKey' END,
          new_item ->> 'body', (new_item ->> 'receivedAt')::bigint, (new_item ->> 'eventIndex')::bigint,
          clock_timestamp(),
          CASE WHEN EXISTS (SELECT 1 FROM ${items} WHERE ordering = item_ordering AND state = 'ready')
          THEN 'queued' ELSE 'ready' END)
        ON CONFLICT (digest) DO NOTHING;
        IF NOT FOUND THEN RETURN NEXT new_item ->> 'id'; END IF;
      END LOOP;
    END $$;`
}

/** Makes the next item of an ordering ready. The caller has its advisory lock. */
function nextFunction(items: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${items}_next(of_ordering bigint) RETURNS void LANGUAGE sql AS $$
      UPDATE ${items} SET state = 'ready', due_at = LEAST(due_at, clock_timestamp())
      WHERE seq = (
          SELECT seq FROM ${items} WHERE ordering = of_ordering AND state = 'queued' ORDER BY seq LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM ${items} WHERE ordering = of_ordering AND state = 'ready');
    $$;`
}

function takeFunction(items: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${items}_take(most integer, claim_ms bigint, in_progress bigint[])
    RETURNS SETOF ${items} LANGUAGE sql AS $$
      WITH due AS (
        SELECT seq FROM ${items}
        WHERE state = 'ready' AND due_at <= clock_timestamp() AND seq <> ALL (in_progress)
        ORDER BY due_at, seq LIMIT most FOR UPDATE SKIP LOCKED)
      UPDATE ${items} AS item SET
        token = nextval('${items}_token'), attempts = attempts + 1,
        due_at = clock_timestamp() + claim_ms * interval '1 millisecond'
      FROM due WHERE item.seq = due.seq
      RETURNING item.*;
    $$;`
}

/** Reads each value of the index once: there are few of them, for many items. */
function givenBackByOthers(items: string, run: string): string {
  return `
    WITH RECURSIVE runs (ids) AS (
      (SELECT given_back_by FROM ${items} WHERE state = 'unhandled' ORDER BY given_back_by LIMIT 1)
      UNION ALL
      SELECT (
        SELECT given_back_by FROM ${items} WHERE state = 'unhandled' AND given_back_by > runs.ids
        ORDER BY given_back_by LIMIT 1)
      FROM runs WHERE runs.ids IS NOT NULL),
    others AS (SELECT ids FROM runs WHERE ids IS NOT NULL AND position(${run} IN ids) = 0)`
}

/** Makes items ready that other runs gave back, the oldest first. Returns how many. */
function offerFunction(items: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${items}_offer(most integer, run_id text) RETURNS integer LANGUAGE plpgsql AS $$
    DECLARE
      keys bigint[];
      lock_key bigint;
      item_seq bigint;
    BEGIN
      ${givenBackByOthers(items, 'run_id')},
      oldest AS (
        SELECT item.seq FROM others, LATERAL (
          SELECT seq FROM ${items} WHERE state = 'unhandled' AND given_back_by = others.ids ORDER BY seq LIMIT most) AS item
        ORDER BY item.seq LIMIT most)
      SELECT array_agg(seq) INTO keys FROM oldest;
      FOR lock_key IN SELECT DISTINCT ordering FROM ${items}
        WHERE seq = ANY (keys) AND ordering IS NOT NULL ORDER BY 1
      LOOP
        PERFORM pg_advisory_xact_lock(lock_key);
      END LOOP;
      FOREACH item_seq IN ARRAY COALESCE(keys, '{}') LOOP
        UPDATE ${items} AS item SET due_at = clock_timestamp(), state = CASE WHEN EXISTS (
            SELECT 1 FROM ${items} AS other WHERE other.ordering = item.ordering AND other.state = 'ready')
          THEN 'queued' ELSE 'ready' END
        WHERE seq = item_seq AND state = 'unhandled';
      END LOOP;
      RETURN COALESCE(cardinality(keys), 0);
    END $$;`
}

/** Records the end of an attempt. Returns whether the attempt has its lease: otherwise it does nothing. */
function endFunction(items: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${items}_end(
      item_seq bigint, lease bigint, outcome text, delay_ms bigint, message text, run_id text, max_attempts integer)
    RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE
      item_ordering bigint;
      is_over boolean := outcome IN ('done', 'dead', 'unhandled');
    BEGIN
      SELECT ordering INTO item_ordering FROM ${items} WHERE seq = item_seq;
      IF is_over AND item_ordering IS NOT NULL THEN PERFORM pg_advisory_xact_lock(item_ordering); END IF;
      UPDATE ${items} SET
        state = CASE WHEN is_over THEN outcome ELSE 'ready' END,
        token = NULL,
        body = CASE WHEN outcome = 'done' THEN '' ELSE body END,
        attempts = CASE
          WHEN outcome IN ('postponed', 'unhandled') THEN attempts - 1
          WHEN outcome = 'dead' THEN LEAST(attempts, max_attempts)
          ELSE attempts END,
        due_at = CASE WHEN is_over THEN due_at ELSE clock_timestamp() + delay_ms * interval '1 millisecond' END,
        error = message,
        ended_at = CASE WHEN outcome IN ('done', 'dead') THEN clock_timestamp() END,
        given_back_by = CASE
          WHEN outcome = 'unhandled' THEN right(given_back_by || run_id, ${givenBackByLength})
          ELSE given_back_by END,
        given_back_at = CASE
          WHEN outcome = 'unhandled' THEN COALESCE(given_back_at, clock_timestamp())
          ELSE given_back_at END
      WHERE seq = item_seq AND state = 'ready' AND token = lease;
      IF NOT FOUND THEN RETURN false; END IF;
      IF is_over AND item_ordering IS NOT NULL THEN PERFORM ${items}_next(item_ordering); END IF;
      RETURN true;
    END $$;`
}

function retryFunction(items: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${items}_retry(item_id text) RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE
      item_digest bytea := sha256(convert_to(item_id, 'UTF8'));
      item_ordering bigint;
    BEGIN
      SELECT ordering INTO item_ordering FROM ${items} WHERE digest = item_digest;
      IF item_ordering IS NOT NULL THEN PERFORM pg_advisory_xact_lock(item_ordering); END IF;
      UPDATE ${items} SET attempts = 0, due_at = clock_timestamp(), ended_at = NULL, error = NULL, state = CASE WHEN EXISTS (
          SELECT 1 FROM ${items} WHERE ordering = item_ordering AND state = 'ready')
        THEN 'queued' ELSE 'ready' END
      WHERE digest = item_digest AND state = 'dead';
      RETURN FOUND;
    END $$;`
}

/** The statements of the inbox storage. */
export function inboxQueries(prefix: string) {
  const items = `${prefix}_inbox`
  return {
    add: `SELECT ${items}_add($1::text::json, $2::bigint) AS id`,
    /** Milliseconds until the next item is due, or no row. */
    untilDue: `
      ${givenBackByOthers(items, '$1::text')},
      first AS (
        SELECT due_at FROM ${items} WHERE state = 'ready' AND seq <> ALL ($2::text::bigint[]) ORDER BY due_at, seq LIMIT 1)
      SELECT 0 AS wait_ms WHERE EXISTS (SELECT 1 FROM others)
      UNION ALL SELECT ${millisecondsUntil('due_at')} FROM first
      ORDER BY 1 LIMIT 1`,
    offer: `SELECT ${items}_offer($1::integer, $2::text) AS count`,
    take: `SELECT * FROM ${items}_take($1::integer, $2::bigint, $3::text::bigint[]) ORDER BY seq`,
    end: `
      SELECT ${items}_end($1::bigint, $2::bigint, $3::text, $4::bigint, $5::text, $6::text, $7::integer) AS is_recorded`,
    renew: `
      UPDATE ${items} SET due_at = clock_timestamp() + $2::bigint * interval '1 millisecond'
      FROM json_array_elements($1::text::json) AS lease
      WHERE state = 'ready' AND seq = (lease ->> 0)::bigint AND token = (lease ->> 1)::bigint
      RETURNING seq`,
    untilRemoval: `
      SELECT ${millisecondsUntil("given_back_at + $1::bigint * interval '1 millisecond'")} AS wait_ms
      FROM ${items} WHERE state = 'unhandled' ORDER BY given_back_at LIMIT 1`,
    removeUnhandled: `
      DELETE FROM ${items} WHERE seq IN (
        SELECT seq FROM ${items}
        WHERE state = 'unhandled' AND given_back_at <= clock_timestamp() - $1::bigint * interval '1 millisecond'
        ORDER BY given_back_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
      RETURNING id`,
    /** Reads the indexes of the states that are not `done`: handled items are many. */
    stats: `
      WITH pending AS (
        SELECT received_at, token, due_at > clock_timestamp() AS is_later FROM ${items} WHERE state = 'ready'
        UNION ALL SELECT received_at, NULL, false FROM ${items} WHERE state = 'queued'
        UNION ALL SELECT received_at, NULL, false FROM ${items} WHERE state = 'unhandled')
      SELECT
        COUNT(*) FILTER (WHERE NOT is_later) AS waiting,
        COUNT(*) FILTER (WHERE is_later AND token IS NOT NULL) AS in_progress,
        COUNT(*) FILTER (WHERE is_later AND token IS NULL) AS delayed,
        (SELECT COUNT(*) FROM ${items} WHERE state = 'dead') AS dead,
        MIN(received_at) AS oldest
      FROM pending`,
    deadLetters: `
      SELECT *, EXTRACT(EPOCH FROM ended_at) * 1000 AS failed_at FROM ${items}
      WHERE state = 'dead' ORDER BY ended_at, seq`,
    retry: `SELECT ${items}_retry($1::text) AS is_found`,
    discard: `
      DELETE FROM ${items} WHERE digest = sha256(convert_to($1::text, 'UTF8')) AND state = 'dead' RETURNING 1`,
  }
}

function millisecondsUntil(time: string): string {
  return `EXTRACT(EPOCH FROM ${time} - clock_timestamp()) * 1000`
}
