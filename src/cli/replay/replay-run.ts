import type { ApiFlags } from '../credentials/credential-flags.ts'
import type { CommandRun } from '../define-command.ts'
import type { OutputFlags } from '../output/output.ts'

export type ReplayFlags = OutputFlags &
  ApiFlags & {
    readonly from: string
    readonly to?: string
    readonly wait: boolean
  }

export type ReplayRun = CommandRun<ReplayFlags>

/** A window in whole minutes. `from` is inclusive, `to` is not. */
export interface TimeWindow {
  readonly from: Date
  readonly to: Date
}

/** A job that X took. */
export interface StartedJob {
  readonly window: TimeWindow
  readonly jobId: string
  readonly createdAt: Date
}

/** A part of the window that could not be replayed. */
export interface LostWindow {
  readonly window: TimeWindow
  /** Why, in a sentence. */
  readonly reason: string
}
