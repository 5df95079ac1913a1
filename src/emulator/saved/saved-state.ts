import { assertObject } from '../../internal/assert.ts'
import { assertKeys } from '../options/assert-options.ts'
import type { Platform } from '../platform.ts'
import type { Counters } from '../state/counters.ts'
import { State } from '../state/state.ts'
import { assertConsistent } from './assert-consistent.ts'
import { countersCodec, tablesCodec } from './shapes.ts'
import { StatePath } from './state-path.ts'

/**
 * Everything that an emulator knows, as plain JSON: what is in it is told by `version`, and may change with that.
 *
 * The secrets of its apps and users are in it; they open nothing but emulators.
 */
export interface SavedState {
  readonly version: number
  readonly counters: object
  readonly tables: object
}

const version = 1

/** What is under way, deliveries and replay jobs, is not in it. */
export function writeState({ counters, state }: Platform): SavedState {
  return {
    version,
    counters: countersCodec.write(counters) as object,
    tables: tablesCodec.write(state) as object,
  }
}

/**
 * @throws TypeError when something in it is of the wrong type.
 * @throws RangeError when something in it cannot be; both say where.
 */
export function readState(saved: unknown): { counters: Counters; state: State } {
  assertObject(saved, 'state')
  assertVersion(saved)
  assertKeys(saved, ['version', 'counters', 'tables'], 'state')
  const { counters, tables }: { counters?: unknown; tables?: unknown } = saved
  const at = new StatePath('state.tables')
  const read = tablesCodec.read(tables, at)
  assertConsistent(read, at)
  return { counters: countersCodec.read(counters, new StatePath('state.counters')), state: new State(read) }
}

/** Before anything else: in another version, everything may be different. */
function assertVersion(saved: { version?: unknown }): void {
  if (saved.version !== version) throw new RangeError(`"state.version" must be ${version}: no other can be read`)
}
