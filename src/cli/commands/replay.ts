import { apiFlags } from '../credentials/credential-flags.ts'
import { defineCommand } from '../define-command.ts'
import { webhookIdArgument } from '../input/resolve-webhook.ts'
import { outputFlags } from '../output/output.ts'
import type { ReplayFlags } from '../replay/replay-run.ts'

/** Makes X send the events of a time again. */
export const replayCommand = defineCommand<ReplayFlags, [webhookId?: string]>({
  brief: 'Make X send the events of a window of time again',
  description: `Times are yyyymmddhhmm in UTC, ISO 8601 such as 2026-11-29T10:00Z, or "2h ago". X keeps events for 24 hours, with --api
enterprise for five days. --from must be at least 31 minutes ago, --to at least 10 minutes.
A window of more than two hours is split into jobs. X runs one job at a time, so the command waits until X takes the next
one. It ends when X has taken the last job, or with --wait when the last job has ended: X tells the end of a job only to
the webhook, so --wait starts a job for one minute of the window again and again until X takes it.
Exits with 1 when a part of the window could not be replayed.`,
  examples: [
    'x-account-activity replay --from "2h ago"',
    'x-account-activity replay 1146654567674912769 --from "5h ago" --to "1h ago" --wait',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...apiFlags,
      from: { kind: 'parsed', parse: String, brief: 'The beginning of the window, inclusive', placeholder: 'time' },
      to: {
        kind: 'parsed',
        parse: String,
        brief: 'The end of the window, exclusive; without it, the latest time that X accepts',
        placeholder: 'time',
        optional: true,
      },
      wait: { kind: 'boolean', brief: 'Wait until the last job has ended', default: false, withNegated: false },
    },
    positional: { kind: 'tuple', parameters: [webhookIdArgument] },
  },
  async run(run, webhookId) {
    const { replay } = await import('../replay/replay.ts')
    await replay(run, webhookId)
  },
})
