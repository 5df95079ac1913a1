import type { ApiFlags } from '../credentials/credential-flags.ts'
import type { OutputFlags } from '../output/output.ts'

/** The flags of `subscriptions sync`. */
export type SyncFlags = OutputFlags &
  ApiFlags & {
    /** Whether to unsubscribe the users who are not in the file. */
    readonly prune: boolean
    readonly dryRun: boolean
    readonly yes: boolean
  }
