import type { Schema } from '../open-sqlite.node.ts'
import { givenBackByLength } from './given-back.ts'

/**
 * States of an item:
 * - `ready`: it may be taken, or is in progress. With an ordering key, it is the first one of its key.
 * - `queued`: it waits behind the ready item with the same ordering key.
 * - `done`: it is handled.
 * - `dead`: it is a dead letter.
 * - `unhandled`: it was given back by the runs in `given_back_by`, the first time at `given_back_at`.
 *
 * `due_at` is the time from which a ready item may be taken. For an item in progress, that is when its lease ends. Its process
 * renews the lease for as long as it lives, so the items of a process that died become due by themselves. `due_from` is the
 * time at which `due_at` was set. When it is in the future, the clock was set back since then.
 *
 * `token` is the fencing token of an item in progress. Each call that takes items gets the next one from `inbox_tokens`, so a
 * lost lease is recognised by its token.
 *
 * The body of a delivery with one event is in `body`. The body of one with more events is stored once, in `inbox_bodies`, until
 * the last of its items is handled or deleted.
 */
export const inboxSchema: Schema = {
  name: 'inbox',
  steps: [
    `CREATE TABLE inbox_items (
       seq INTEGER PRIMARY KEY AUTOINCREMENT,
       id TEXT NOT NULL UNIQUE,
       ordering_key TEXT,
       body TEXT NOT NULL,
       body_id INTEGER,
       received_at INTEGER NOT NULL,
       event_index INTEGER,
       activity_key TEXT,
       state TEXT NOT NULL CHECK (state IN ('queued', 'ready', 'done', 'dead', 'unhandled')),
       due_at INTEGER NOT NULL,
       due_from INTEGER NOT NULL,
       attempts INTEGER NOT NULL DEFAULT 0,
       token INTEGER,
       error TEXT,
       ended_at INTEGER,
       given_back_by TEXT NOT NULL DEFAULT '',
       given_back_at INTEGER
     ) STRICT;
     CREATE INDEX inbox_items_due ON inbox_items (due_at, seq) WHERE state = 'ready';
     CREATE UNIQUE INDEX inbox_items_activity ON inbox_items (activity_key) WHERE activity_key IS NOT NULL;
     CREATE INDEX inbox_items_first ON inbox_items (ordering_key) WHERE state = 'ready';
     CREATE INDEX inbox_items_behind ON inbox_items (ordering_key, seq) WHERE state = 'queued';
     CREATE INDEX inbox_items_done ON inbox_items (ended_at) WHERE state = 'done';
     CREATE INDEX inbox_items_dead ON inbox_items (ended_at, seq) WHERE state = 'dead';
     CREATE INDEX inbox_items_unhandled ON inbox_items (given_back_by, seq) WHERE state = 'unhandled';
     CREATE INDEX inbox_items_given_back ON inbox_items (given_back_at) WHERE state = 'unhandled';
     CREATE TABLE inbox_tokens (last INTEGER NOT NULL) STRICT;
     INSERT INTO inbox_tokens VALUES (0);
     CREATE TABLE inbox_bodies (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
     CREATE INDEX inbox_items_body ON inbox_items (body_id) WHERE body_id IS NOT NULL;
     CREATE TRIGGER inbox_item_handled AFTER UPDATE OF body_id ON inbox_items
     WHEN OLD.body_id IS NOT NULL AND NEW.body_id IS NULL BEGIN ${deleteUnusedBody('OLD.body_id')}; END;
     CREATE TRIGGER inbox_item_deleted AFTER DELETE ON inbox_items
     WHEN OLD.body_id IS NOT NULL BEGIN ${deleteUnusedBody('OLD.body_id')}; END;`,
  ],
}

function deleteUnusedBody(id: string): string {
  return `DELETE FROM inbox_bodies WHERE id = ${id} AND NOT EXISTS (SELECT 1 FROM inbox_items WHERE body_id = ${id})`
}

export const addBody = 'INSERT INTO inbox_bodies (body) VALUES (?)'

/** Deletes a body that was added for items which are all known. */
export const discardBody = deleteUnusedBody(':id')

/** All columns of an item, and its body if it shares it with others. */
const columns = '*, (SELECT shared.body FROM inbox_bodies AS shared WHERE shared.id = body_id) AS shared_body'

export const forgetOne = `DELETE FROM inbox_items WHERE id = ? AND state = 'done' AND ended_at <= ?`

export const forgetActivity = `DELETE FROM inbox_items WHERE activity_key = ? AND state = 'done' AND ended_at <= ?`

/** Deletes more than most calls add, so that the table does not grow, and few enough that no call takes long. */
export const forgetSome = `
  DELETE FROM inbox_items
  WHERE seq IN (SELECT seq FROM inbox_items WHERE state = 'done' AND ended_at <= ? ORDER BY ended_at LIMIT 8)`

export const add = `
  INSERT INTO inbox_items (
    id, ordering_key, body, body_id, received_at, event_index, due_at, due_from, activity_key, state)
  VALUES (:id, :orderingKey, :body, :bodyId, :receivedAt, :eventIndex, :now, :now, CASE
    WHEN EXISTS (SELECT 1 FROM inbox_items WHERE activity_key = :activityKey)
    THEN NULL ELSE :activityKey END, CASE
    WHEN EXISTS (SELECT 1 FROM inbox_items WHERE ordering_key = :orderingKey AND state = 'ready')
    THEN 'queued' ELSE 'ready' END)
  ON CONFLICT (id) DO NOTHING`

const ready = `
  FROM inbox_items WHERE state = 'ready' AND seq NOT IN (SELECT value FROM json_each(:keysInProgress))`

export const firstDue = `SELECT due_at ${ready} ORDER BY due_at, seq LIMIT 1`

/** Keeps the delay of each item when the clock was set back. Several processes can do this: the second changes nothing. */
export const adjustToClock = `
  UPDATE inbox_items SET due_at = due_at - due_from + :now, due_from = :now
  WHERE state = 'ready' AND due_at > :now AND due_from > :now`

export const nextToken = 'UPDATE inbox_tokens SET last = last + 1 RETURNING last'

export const take = `
  UPDATE inbox_items SET token = :token, attempts = attempts + 1, due_at = :claimedUntil, due_from = :now
  WHERE seq IN (SELECT seq ${ready} AND due_at <= :now ORDER BY due_at, seq LIMIT :limit)
  RETURNING ${columns}`

/** `:leases` is a JSON array of keys and their tokens. */
export const renew = `
  UPDATE inbox_items SET due_at = :claimedUntil, due_from = :now
  FROM json_each(:leases) AS lease
  WHERE state = 'ready' AND seq = lease.value ->> 0 AND token = lease.value ->> 1
  RETURNING seq`

/** The end of an attempt counts only while it has the lease: another process may have taken the item of a slow one. */
const hasLease = `seq = :key AND state = 'ready' AND token = :token`

export const finish = `
  UPDATE inbox_items SET state = 'done', ended_at = :now, body = '', body_id = NULL, token = NULL, error = NULL
  WHERE ${hasLease}`

export const putBack = `UPDATE inbox_items SET token = NULL, due_at = :dueAt, due_from = :now WHERE ${hasLease}`

export const postpone = `
  UPDATE inbox_items SET token = NULL, attempts = attempts - 1, due_at = :dueAt, due_from = :now WHERE ${hasLease}`

export const giveUp = `
  UPDATE inbox_items SET
    state = 'dead', ended_at = :now, token = NULL, error = :error, attempts = MIN(attempts, :maxAttempts)
  WHERE ${hasLease}`

/** Keeps the ids of the last runs only, so that the text does not grow with each start of a process. */
export const giveBack = `
  UPDATE inbox_items SET state = 'unhandled', token = NULL, attempts = attempts - 1,
    given_back_by = substr(given_back_by || :run, -${givenBackByLength}), given_back_at = COALESCE(given_back_at, :now)
  WHERE ${hasLease}`

/** The next text of run ids in the index. */
export const nextGivenBackBy = `
  SELECT given_back_by FROM inbox_items WHERE state = 'unhandled' AND given_back_by > ? ORDER BY given_back_by LIMIT 1`

export const firstGivenBackBy = `
  SELECT seq FROM inbox_items WHERE state = 'unhandled' AND given_back_by = ? ORDER BY seq LIMIT ?`

const readyOrQueued = `
  CASE WHEN EXISTS (
    SELECT 1 FROM inbox_items AS other WHERE other.ordering_key = inbox_items.ordering_key AND other.state = 'ready')
  THEN 'queued' ELSE 'ready' END`

export const offerAgain = `UPDATE inbox_items SET due_at = :now, due_from = :now, state = ${readyOrQueued} WHERE seq = :key`

export const firstGivenBackAt = `
  SELECT given_back_at FROM inbox_items WHERE state = 'unhandled' ORDER BY given_back_at LIMIT 1`

export const removeUnhandled = `
  DELETE FROM inbox_items
  WHERE seq IN (
    SELECT seq FROM inbox_items WHERE state = 'unhandled' AND given_back_at <= ? ORDER BY given_back_at LIMIT 1000)
  RETURNING id`

export const makeNextReady = `
  UPDATE inbox_items SET state = 'ready', due_at = MIN(due_at, :now), due_from = MIN(due_from, :now)
  WHERE seq = (SELECT seq FROM inbox_items WHERE ordering_key = :orderingKey AND state = 'queued' ORDER BY seq LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM inbox_items WHERE ordering_key = :orderingKey AND state = 'ready')`

export const retry = `
  UPDATE inbox_items SET attempts = 0, due_at = :now, due_from = :now, ended_at = NULL, error = NULL, state = ${readyOrQueued}
  WHERE id = :id AND state = 'dead'`

export const deadLetters = `SELECT ${columns} FROM inbox_items WHERE state = 'dead' ORDER BY ended_at, seq`

export const discard = `DELETE FROM inbox_items WHERE id = ? AND state = 'dead'`

/** Reads the indexes of the states that are not `done`: handled items are many. */
export const stats = `
  WITH pending AS (
    SELECT received_at, token, due_at FROM inbox_items WHERE state = 'ready'
    UNION ALL SELECT received_at, NULL, 0 FROM inbox_items WHERE state = 'queued'
    UNION ALL SELECT received_at, NULL, 0 FROM inbox_items WHERE state = 'unhandled')
  SELECT
    COUNT(*) FILTER (WHERE due_at <= :now) AS waiting,
    COUNT(*) FILTER (WHERE due_at > :now AND token IS NOT NULL) AS in_progress,
    COUNT(*) FILTER (WHERE due_at > :now AND token IS NULL) AS delayed,
    (SELECT COUNT(*) FROM inbox_items WHERE state = 'dead') AS dead,
    MIN(received_at) AS oldest
  FROM pending`
