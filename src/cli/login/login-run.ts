import type { ConnectionFlags } from '../credentials/credential-flags.ts'
import type { CommandRun } from '../define-command.ts'
import type { OutputFlags } from '../output/output.ts'

export type LoginFlags = OutputFlags &
  ConnectionFlags & {
    readonly oauth2: boolean
    readonly start: boolean
    readonly pin?: string
    readonly withApp: boolean
    readonly port: number
    /** Separated by commas. */
    readonly scopes?: string
    /** In milliseconds. */
    readonly timeout?: number
  }

export type LoginRun = CommandRun<LoginFlags>

/** A token of a user, as a profile keeps it. A value of `undefined` removes the token of the other kind. */
export interface SignedIn {
  readonly values: Readonly<Record<string, string | undefined>>
  readonly userId?: string
  readonly screenName?: string
}
