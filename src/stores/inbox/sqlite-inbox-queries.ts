import type { Schema } from '../open-sqlite.node.ts'

/**
 * An item is `ready` (first of its lane, or without one), `queued` behind the ready one of its lane, `done` or `dead`.
 *
 * `due_at` says when a ready item may be taken. For one that is under way that is the time when its claim ends, which its
 * owner moves on as long as it lives: so the items of a process that died come back by themselves.
 */
export const inboxSchema: Schema = {
  name: 'inbox',
  steps: [
    `CREATE TABLE inbox_items (
       seq INTEGER PRIMARY KEY AUTOINCREMENT,
       id TEXT NOT NULL UNIQUE,
       lane TEXT,
       body TEXT NOT NULL,
       received_at INTEGER NOT NULL,
       state TEXT NOT NULL CHECK (state IN ('queued', 'ready', 'done', 'dead')),
       due_at INTEGER NOT NULL,
       attempts INTEGER NOT NULL DEFAULT 0,
       owner TEXT,
       error TEXT,
       settled_at INTEGER
     ) STRICT;
     CREATE INDEX inbox_items_due ON inbox_items (due_at, seq) WHERE state = 'ready';
     CREATE INDEX inbox_items_first ON inbox_items (lane) WHERE state = 'ready';
     CREATE INDEX inbox_items_behind ON inbox_items (lane, seq) WHERE state = 'queued';
     CREATE INDEX inbox_items_done ON inbox_items (settled_at) WHERE state = 'done';
     CREATE INDEX inbox_items_dead ON inbox_items (settled_at, seq) WHERE state = 'dead';`,
  ],
}

export const forgetOne = `DELETE FROM inbox_items WHERE id = ? AND state = 'done' AND settled_at <= ?`

/** More than an add brings in mostly, and few, so that no add takes long. */
export const forgetSome = `
  DELETE FROM inbox_items
  WHERE seq IN (SELECT seq FROM inbox_items WHERE state = 'done' AND settled_at <= ? ORDER BY settled_at LIMIT 8)`

export const add = `
  INSERT INTO inbox_items (id, lane, body, received_at, due_at, state)
  VALUES (:id, :lane, :body, :receivedAt, :now, CASE
    WHEN EXISTS (SELECT 1 FROM inbox_items WHERE lane = :lane AND state = 'ready') THEN 'queued' ELSE 'ready' END)
  ON CONFLICT (id) DO NOTHING`

const ready = `
  FROM inbox_items WHERE state = 'ready' AND seq NOT IN (SELECT value FROM json_each(:underWay))`

export const firstDue = `SELECT due_at ${ready} ORDER BY due_at, seq LIMIT 1`

export const take = `
  UPDATE inbox_items SET owner = :owner, attempts = attempts + 1, due_at = :claimedUntil
  WHERE seq IN (SELECT seq ${ready} AND due_at <= :now ORDER BY due_at, seq LIMIT :limit)
  RETURNING *`

export const renew = `
  UPDATE inbox_items SET due_at = :claimedUntil
  WHERE state = 'ready' AND owner = :owner AND seq IN (SELECT value FROM json_each(:underWay))`

/** Whoever has it now: it is handled, and that is all that counts. */
export const finish = `
  UPDATE inbox_items SET state = 'done', settled_at = :now, body = '', owner = NULL, error = NULL
  WHERE seq = :key AND state = 'ready'`

/** Only an attempt that is still the last one counts: a slow owner's item may have been taken by another. */
const isMine = `seq = :key AND state = 'ready' AND owner = :owner AND attempts = :attempt`

export const putBack = `UPDATE inbox_items SET owner = NULL, due_at = :dueAt WHERE ${isMine}`

export const giveUp = `
  UPDATE inbox_items SET
    state = 'dead', settled_at = :now, owner = NULL, error = :error, attempts = MIN(attempts, :maxAttempts)
  WHERE ${isMine}`

export const moveUp = `
  UPDATE inbox_items SET state = 'ready'
  WHERE seq = (SELECT seq FROM inbox_items WHERE lane = :lane AND state = 'queued' ORDER BY seq LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM inbox_items WHERE lane = :lane AND state = 'ready')`

export const revive = `
  UPDATE inbox_items SET attempts = 0, due_at = :now, settled_at = NULL, error = NULL, state = CASE
    WHEN EXISTS (SELECT 1 FROM inbox_items AS other WHERE other.lane = inbox_items.lane AND other.state = 'ready')
    THEN 'queued' ELSE 'ready' END
  WHERE id = :id AND state = 'dead'`

export const deadLetters = `SELECT * FROM inbox_items WHERE state = 'dead' ORDER BY settled_at, seq`

export const discard = `DELETE FROM inbox_items WHERE id = ? AND state = 'dead'`
