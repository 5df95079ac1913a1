import { assertObject, kindOf } from '../../internal/assert.ts'
import { assertKeys } from '../options/assert-options.ts'
import type { Platform } from '../platform.ts'
import type { Counters } from '../state/counters.ts'
import { State } from '../state/state.ts'
import { assertConsistent } from './assert-consistent.ts'
import { countersCodec, tablesCodec } from './shapes.ts'
import { StatePath } from './state-path.ts'

/**
 * The state of an emulator, as plain JSON. It contains the secrets of the emulated apps and users, which are valid on
 * emulators only.
 */
export interface SavedState {
  /** The version of the format. An emulator reads only its own version. */
  readonly version: number
  /** The seed, the position of the clock, and counters. The content depends on the version. */
  readonly counters: object
  /** Apps, users, webhooks, posts and more. The content depends on the version. */
  readonly tables: object
}

const version = 1

/** Writes the state of a platform. Pending deliveries and running replay jobs are not included. */
export function writeState({ counters, state }: Platform): SavedState {
  return {
    version,
    counters: countersCodec.write(counters) as object,
    tables: tablesCodec.write(state) as object,
  }
}

/**
 * Reads a saved state.
 *
 * @throws TypeError when a member has the wrong type. The message names the path.
 * @throws RangeError when a member has an impossible value. The message names the path.
 */
export function readState(saved: unknown): { counters: Counters; state: State } {
  assertObject(saved, 'state')
  assertVersion(saved)
  assertKeys(saved, ['version', 'counters', 'tables'], 'state')
  const { counters, tables }: { counters?: unknown; tables?: unknown } = saved
  const path = new StatePath('state.tables')
  const read = tablesCodec.read(tables, path)
  assertConsistent(read, path)
  return { counters: countersCodec.read(counters, new StatePath('state.counters')), state: new State(read) }
}

/** Checked first: in another version, every other member may be different. */
function assertVersion(saved: { version?: unknown }): void {
  if (saved.version === version) return
  const got = typeof saved.version === 'number' ? saved.version : kindOf(saved.version)
  throw new RangeError(`"state.version" must be ${version}, got ${got}`)
}
